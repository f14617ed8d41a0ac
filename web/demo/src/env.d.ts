/// <reference types="vite/client" />
declare const __NATIVE__: { readonly digest: string; readonly cases: number } | null;
declare const __VERSION__: string;

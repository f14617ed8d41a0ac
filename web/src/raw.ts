/** The wasm module as embind shows it; checked against the real one when it loads. */
export interface RawHandle {
  delete(): void;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly offset: number;
}

export type Outcome<T> = { readonly value: T; readonly error?: undefined } | { readonly error: Failure };

export interface RawModule {
  readonly HEAPU8: Uint8Array;
  readonly HEAPF64: Float64Array;
  _malloc(bytes: number): number;
  _free(at: number): void;
  trendDrop(values: number, count: number): number;
}

declare module "virtual:reading-assets" {
  /** Where the files lie, relative to the page: hashed, with a slash at the end. */
  export const folders: { readonly ocr: string; readonly pdf: string };
  /** Languages whose data was installed when the page was built. */
  export const languages: readonly { readonly code: string; readonly bytes: number }[];
}

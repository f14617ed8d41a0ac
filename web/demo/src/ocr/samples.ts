import { samples } from "../../samples/samples.json";

// Pictures that the page brings along, drawn and worn by tools/samples: opened as files are.

const ADDRESSES = import.meta.glob<string>("../../samples/*.jpg", { query: "?url", import: "default", eager: true });

export interface Scan {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly images: readonly string[];
}

export const SCANS: readonly Scan[] = samples;

/** The pictures of a sample. @throws Error that says what to do */
export async function scanFiles({ title, images }: Scan): Promise<File[]> {
  return Promise.all(
    images.map(async (name, i) => {
      const response = await fetch(ADDRESSES[`../../samples/${name}`] as string).catch(() => null);
      if (response === null || !response.ok) {
        throw new Error(
          `“${title}” could not be loaded. Check the connection and try again, or open a file of your own.`,
        );
      }
      const number = images.length > 1 ? `, page ${i + 1}` : "";
      return new File([await response.blob()], title + number, { type: "image/jpeg" });
    }),
  );
}

// Decodes pictures away from the page's thread: upright, on white, in the grey values that the reading engine takes.

export interface PictureTask {
  id: number;
  blob: Blob;
  /** Wanted width when the picture is to be smaller than it is; its height follows. */
  width: number | null;
}

export interface PictureDone {
  id: number;
  width: number;
  height: number;
  /** The picture as it should be shown where the file itself will not do. */
  shown: Blob | null;
  /** A PGM file of it. */
  grey: Uint8Array;
  /** How many times larger the grey picture is than the shown one. */
  scale: number;
  /** Nothing stands out of the paper. */
  blank: boolean;
}

const JPEG = { type: "image/jpeg", quality: 0.9 };
const SMALL = 1_600_000; // pixels; below, text of a screen is 10 to 14 pixels high and is read better at twice the size
const FLAT = 24; // grey levels between ink and paper that are no more than noise of a camera

function paint(bitmap: ImageBitmap, scale: number, paper: string): OffscreenCanvas {
  const canvas = new OffscreenCanvas(bitmap.width * scale, bitmap.height * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
  context.fillStyle = paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function pgm(canvas: OffscreenCanvas): { file: Uint8Array; blank: boolean } {
  const { width, height } = canvas;
  const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
  const { data } = context.getImageData(0, 0, width, height);
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`);
  const file = new Uint8Array(header.length + width * height);
  file.set(header);
  const levels = new Uint32Array(256);
  for (let from = 0, to = header.length; from < data.length; from += 4, to += 1) {
    const grey = (77 * data[from]! + 150 * data[from + 1]! + 29 * data[from + 2]!) >> 8;
    file[to] = grey;
    levels[grey]! += 1;
  }
  // Between the darkest and the lightest of all but a few pixels: dust is no text, ten letters on a page are.
  const few = Math.max(20, (width * height) / 50_000);
  const edge = (order: number[]): number => {
    let seen = 0;
    return order.find((level) => (seen += levels[level]!) > few) ?? 0;
  };
  const all = [...levels.keys()];
  return { file, blank: edge(all.toReversed()) - edge(all) < FLAT };
}

async function work({ id, blob, width }: PictureTask): Promise<PictureDone> {
  const resized: ImageBitmapOptions = width === null ? {} : { resizeWidth: width, resizeQuality: "high" };
  const bitmap = await createImageBitmap(blob, resized);
  const scale = bitmap.width * bitmap.height < SMALL ? 2 : 1;
  const seeThrough = !/jpe?g|bmp/.test(blob.type);
  let canvas = paint(bitmap, scale, "#fff");
  let read = pgm(canvas);
  let dark = false;
  if (read.blank && seeThrough) {
    // White writing on nothing: what a transparent picture for dark pages looks like.
    const other = paint(bitmap, scale, "#000");
    const again = pgm(other);
    if (!again.blank) [canvas, read, dark] = [other, again, true];
  }
  // In the size of the bitmap, whatever the engine reads: boxes count its pixels.
  const paper = dark ? "#000" : "#fff";
  const shown =
    width === null && !dark ? null : await (scale === 1 ? canvas : paint(bitmap, 1, paper)).convertToBlob(JPEG);
  const done = { id, width: bitmap.width, height: bitmap.height, shown, grey: read.file, scale, blank: read.blank };
  bitmap.close();
  return done;
}

addEventListener("message", async ({ data }: MessageEvent<PictureTask>) => {
  try {
    const done = await work(data);
    postMessage(done, { transfer: [done.grey.buffer] });
  } catch (error) {
    postMessage({ id: data.id, failed: String(error) });
  }
});

import * as pdfjs from "pdfjs-dist/legacy/build/pdf.mjs";
import { folders } from "virtual:reading-assets";
import type { Reading } from "./intake.js";
import { type PdfItem, layOutPdf } from "./pdf_text.js";
import { ReadProblem, type Sheet, Stopped } from "./types.js";

// PDFs by pdf.js, loaded when the first one is opened: the text layer where there is one, else a picture for the engine.

type PdfDocument = Awaited<ReturnType<typeof pdfjs.getDocument>["promise"]>;
type PdfPage = Awaited<ReturnType<PdfDocument["getPage"]>>;

const MOST_PAGES = 60;
const POINTS = 72; // an inch
const SHOWN_DPI = 150;
const READ_DPI = 300; // what Tesseract is trained on
const MOST_PIXELS = 16_000_000;
const MOST_SIDE = 8192;
const LEAST_TEXT = 16; // letters of a page; fewer are a page number on a scan

const address = (path: string): string => new URL(folders.pdf + path, document.baseURI).href;

async function open(bytes: Uint8Array, name: string, signal: AbortSignal): Promise<PdfDocument> {
  pdfjs.GlobalWorkerOptions.workerSrc = address("worker.js");
  const task = pdfjs.getDocument({
    data: bytes,
    cMapUrl: address("cmaps/"),
    standardFontDataUrl: address("fonts/"),
    wasmUrl: address("wasm/"),
    verbosity: 0,
  });
  const stop = (): void => void task.destroy();
  signal.addEventListener("abort", stop);
  try {
    return await task.promise;
  } catch (error) {
    if (signal.aborted) throw new Stopped();
    const { name: kind, message } = error as Error;
    if (kind === "PasswordException") {
      throw new ReadProblem(
        "password",
        `“${name}” is locked by a password. Open it in a PDF program, save or print it to a PDF without one, and open that.`,
      );
    }
    if (kind === "InvalidPDFException" || kind === "FormatError") {
      throw new ReadProblem(
        "damaged",
        `“${name}” is damaged or cut off. Copy it again from where it came from; if it opens elsewhere, save it anew there.`,
      );
    }
    throw new ReadProblem(
      "pdf",
      `“${name}” could not be opened (${message}). Check the connection, for what reads PDFs is loaded once, and try again; ` +
        "or save its pages as pictures and open those.",
    );
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

async function paint(
  page: PdfPage,
  dpi: number,
): Promise<{ picture: Blob; scale: number; width: number; height: number }> {
  const { width, height } = page.getViewport({ scale: 1 });
  const scale = Math.min(dpi / POINTS, Math.sqrt(MOST_PIXELS / (width * height)), MOST_SIDE / Math.max(width, height));
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)];
  await page.render({ canvas, viewport, background: "#fff" }).promise;
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
  const size = { width: canvas.width, height: canvas.height };
  canvas.width = canvas.height = 0; // Safari keeps the memory of a canvas until then
  if (picture === null) throw new Error("the page is too large to be drawn");
  return { picture, scale, ...size };
}

/** A text layer may be there and hold nothing a reader would see: fonts without a table of their letters. */
function isLegible(text: string): boolean {
  const letters = text.replace(/\s/g, "");
  const strange = letters.match(/[\ufffd\ue000-\uf8ff\u0000-\u001f]/g)?.length ?? 0;
  return letters.length >= LEAST_TEXT && strange * 5 < letters.length;
}

async function sheet(page: PdfPage): Promise<Sheet> {
  const { items } = await page.getTextContent();
  const pieces = items.filter((item): item is (typeof items)[number] & PdfItem => "str" in item);
  const known = isLegible(pieces.map(({ str }) => str).join(" "));
  const { picture, scale, width, height } = await paint(page, known ? SHOWN_DPI : READ_DPI);
  if (!known) return { picture, width, height, known: null };
  const { transform } = page.getViewport({ scale });
  return { picture, width, height, known: layOutPdf(pieces, transform as number[]) };
}

/** The pages of a PDF. @throws ReadProblem `password`, `damaged`, `pdf`, `long_pdf`; Stopped */
export async function pdfSheets(bytes: Uint8Array, name: string, reading: Reading, notes: string[]): Promise<Sheet[]> {
  const { allowed, report, signal } = reading;
  report({ what: "Opening the PDF", share: null });
  const pdf = await open(bytes, name, signal);
  try {
    const count = Math.min(pdf.numPages, MOST_PAGES);
    if (pdf.numPages > MOST_PAGES && !allowed.firstPart) {
      throw new ReadProblem(
        "long_pdf",
        `“${name}” has ${pdf.numPages} pages; up to ${MOST_PAGES} are read at once. Split it, or read its first part.`,
        { label: `Read the first ${MOST_PAGES} pages`, allowed: { ...allowed, firstPart: true } },
      );
    }
    const sheets: Sheet[] = [];
    for (let number = 1; number <= count; number += 1) {
      if (signal.aborted) throw new Stopped();
      report({ what: `Opening page ${number} of ${count}`, share: (number - 1) / count });
      const page = await pdf.getPage(number);
      sheets.push(await sheet(page));
      page.cleanup();
    }
    if (count < pdf.numPages) notes.push(`Only the first ${count} of ${pdf.numPages} pages of “${name}” were read.`);
    const layers = sheets.filter(({ known }) => known !== null).length;
    if (layers > 0) {
      const which = layers === count ? "Its text" : `The text of ${layers} of its ${count} pages`;
      notes.push(`${which} was taken from the PDF itself: no engine has read it, so words have no confidence.`);
    }
    return sheets;
  } catch (error) {
    if (error instanceof ReadProblem || error instanceof Stopped) throw error;
    if (signal.aborted) throw new Stopped();
    throw new ReadProblem(
      "pdf_page",
      `A page of “${name}” could not be drawn (${(error as Error).message}). Save its pages as pictures and open those.`,
    );
  } finally {
    void pdf.loadingTask.destroy();
  }
}

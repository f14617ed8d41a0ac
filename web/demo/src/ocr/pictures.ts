import type { PictureDone, PictureTask } from "./picture_worker.js";
import { ReadProblem, Stopped } from "./types.js";

interface Waiting {
  resolve(done: PictureDone): void;
  reject(error: Error): void;
}

let worker: Worker | null = null;
let count = 0;
const waiting = new Map<number, Waiting>();

function end(error: Error): void {
  worker?.terminate();
  worker = null;
  for (const { reject } of waiting.values()) reject(error);
  waiting.clear();
}

function started(): Worker {
  if (worker !== null) return worker;
  worker = new Worker(new URL("./picture_worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<PictureDone | { id: number; failed: string }>) => {
    const task = waiting.get(data.id);
    waiting.delete(data.id);
    if ("failed" in data) task?.reject(new ReadProblem("undecodable", data.failed));
    else task?.resolve(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    end(new ReadProblem("undecodable", event.message || "the worker that decodes pictures has stopped"));
  };
  return worker;
}

/**
 * A picture, decoded away from the page's thread.
 *
 * @param width wanted width when it is to be made smaller
 * @throws ReadProblem `undecodable` with what the browser says; Stopped
 */
export async function decodePicture(blob: Blob, width: number | null, signal?: AbortSignal): Promise<PictureDone> {
  if (signal?.aborted) throw new Stopped();
  count += 1;
  const task: PictureTask = { id: count, blob, width };
  const done = new Promise<PictureDone>((resolve, reject) => waiting.set(task.id, { resolve, reject }));
  const stop = (): void => end(new Stopped());
  signal?.addEventListener("abort", stop);
  started().postMessage(task);
  try {
    return await done;
  } finally {
    signal?.removeEventListener("abort", stop);
    // Decoding leaves large buffers behind; a new worker starts in milliseconds.
    if (waiting.size === 0) end(new Stopped());
  }
}

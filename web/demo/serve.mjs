// A small server on 127.0.0.1 with a strict Content-Security-Policy. As a program it serves the page: node serve.mjs PORT
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

// Nothing is loaded that is not named, and nothing but from here; a page that is given away needs the same header.
export const CSP = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");
const TYPES = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  jpg: "image/jpeg",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
  woff2: "font/woff2",
};

/** A server of `files` ({"/path": bytes, text, or a status that is all of the answer}) at a port, 0 for any free one; gives its address and how to stop it. */
export async function serve(files, port = 0) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const body = Object.hasOwn(files, path) ? files[path] : undefined;
    if (body === undefined || typeof body === "number") return response.writeHead(body ?? 404).end();
    const headers = {
      "Content-Type": TYPES[path.split(".").pop()] ?? "application/octet-stream",
      "Content-Security-Policy": CSP,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      // Names in assets/ change with their bytes; all else is asked for anew.
      "Cache-Control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    };
    response.writeHead(200, headers).end(body);
  });
  await new Promise((resolve, reject) => server.on("error", reject).listen(port, "127.0.0.1", resolve));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://127.0.0.1:${server.address().port}`, stop };
}

/** The page as Vite has built it. */
export function demoFiles() {
  const built = new URL("../../build/page/", import.meta.url);
  if (!existsSync(new URL("index.html", built)))
    throw new Error("build/page is not there: make page builds and serves it");
  const files = { "/favicon.ico": "" };
  for (const name of readdirSync(built, { recursive: true })) {
    const file = new URL(name, built);
    if (statSync(file).isFile()) files[`/${name}`] = readFileSync(file);
  }
  return files;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { address } = await serve(demoFiles(), Number(process.argv[2] ?? 8080));
  console.log(`The page is at ${address}/ (Ctrl-C stops it)`);
}

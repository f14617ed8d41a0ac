// A small server on 127.0.0.1 with a strict Content-Security-Policy. As a program it serves the page: node serve.mjs PORT
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

export const CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const TYPES = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
};

/** A server of `files` ({"/path": bytes or text}) at a port, 0 for any free one; gives its address and how to stop it. */
export async function serve(files, port = 0) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const body = Object.hasOwn(files, path) ? files[path] : undefined;
    if (body === undefined) return response.writeHead(404).end();
    const type = TYPES[path.split(".").pop()] ?? "application/octet-stream";
    response.writeHead(200, { "Content-Type": type, "Content-Security-Policy": CSP }).end(body);
  });
  await new Promise((resolve, reject) => server.on("error", reject).listen(port, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

/** The page, the built package beside it and the sample texts of demo/. */
export function demoFiles() {
  const root = new URL("../../", import.meta.url);
  const files = { "/favicon.ico": "" };
  for (const name of ["index.html", "demo.css", "demo.js", "dom.js", "search.js"]) {
    files[`/${name}`] = readFileSync(new URL(`web/demo/${name}`, root));
  }
  for (const name of ["source.txt", "answer.txt"]) files[`/${name}`] = readFileSync(new URL(`demo/${name}`, root));
  for (const name of readdirSync(new URL("dist/", root))) {
    files[`/paritas/${name}`] = readFileSync(new URL(`dist/${name}`, root));
  }
  return files;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { address } = await serve(demoFiles(), Number(process.argv[2] ?? 8080));
  console.log(`The page is at ${address}/ (Ctrl-C stops it)`);
}

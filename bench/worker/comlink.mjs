// The worker of run.mjs that offers by Comlink what paritas/worker offers by itself.
import { parentPort } from "node:worker_threads";
import * as Comlink from "comlink";
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";
import { BM25, init, norm } from "../../dist/index.js";

await init();
const index = new BM25({ storeText: true });
Comlink.expose(
  {
    norm,
    add: (ids, texts) => index.addDocuments(ids, texts),
    query: (text, n) => index.query(text, n),
    toBytes: () => index.toBytes(),
  },
  nodeEndpoint(parentPort),
);

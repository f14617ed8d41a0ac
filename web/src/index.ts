// What a room offers is listed in its own file, which is an entry of the package too.
export * from "./room_chunk.js";
export * from "./room_guard.js";
export * from "./room_match.js";
export * from "./room_ocr.js";
export * from "./room_repair.js";
export * from "./room_search.js";
export * from "./room_stream.js";
export * from "./room_text.js";
export * from "./room_vectors.js";
export * from "./room_verify.js";
export { init, type InitOptions } from "./init.js"; // of all of them
export { selfcheck, selfcheckReport, type FeatureDigest, type SelfcheckReport } from "./selfcheck.js";
export { version } from "./version.js";
export { VectorOps } from "./vector_ops.js";

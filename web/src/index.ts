export { init, ParitasError, ParitasTypeError, type InitOptions } from "./module.js";
export { trendDrop } from "./trend.js";

export { init, ParitasError, ParitasTypeError, type InitOptions } from "./module.js";
export { selfcheck, selfcheckReport, type FeatureDigest, type SelfcheckReport } from "./selfcheck.js";
export { stem } from "./stem_light.js";
export { trendDrop } from "./trend.js";
export { version } from "./version.js";

// Where a scan is shown: its image with the words, and the fields that were found.
export { mountFields } from "./fields/panel.js";
export { mountImage } from "./ocr/image_view.js";

// normalizeText beside String.prototype.normalize with regular expressions; median time.
import { init, normalizeText } from "../../dist/index.js";

await init();
const QUOTES = { "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"' };

function chain(text, lines) {
  let out = text
    .replace(/\r\n|[\r\u0085\u2028\u2029]/g, "\n")
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "")
    .replace(/[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, "")
    .normalize("NFC")
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, " ");
  if (lines) {
    out = out
      .replace(/[‘-‟′″]/g, (ch) => QUOTES[ch])
      .replace(/[ \t]+/g, " ")
      .replace(/ ?\n ?/g, "\n")
      .replace(/\n{3,}/g, "\n\n");
  }
  return out.trim();
}

function median(call, runs = 7) {
  call();
  const times = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    call();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[runs >> 1] / 1000;
}

const SAMPLES = {
  ASCII:
    "The quick brown fox jumps over the lazy dog, and the dog does not mind.\nIt sleeps on; the fox goes.\n\n".repeat(
      50000,
    ),
  mixed: "Der Fuchs läuft über die Brücke – « très vite », сказал он. 狐は速い。 “Quick”, he said.\n\n".repeat(30000),
  spoilt: "A  line with\u00a0odd  spaces \r\n\r\n\r\n\r\nand “quotes”, e\u0301 and\u200b more …\t end \r\n".repeat(
    30000,
  ),
};
for (const [name, text] of Object.entries(SAMPLES)) {
  const size = new TextEncoder().encode(text).length;
  for (const lines of [false, true]) {
    const options = lines ? { collapse: "lines", quotes: "straight" } : {};
    const ours = median(() => normalizeText(text, options));
    const peer = median(() => chain(text, lines), 3);
    const speed = (seconds) => `${Math.round(size / seconds / 1e6)} MB/s`;
    console.log(
      `${name}, ${lines ? "lines and quotes" : "defaults"}: ${speed(ours)}; normalize and replace ${speed(peer)}, ${(peer / ours).toFixed(1)} times`,
    );
  }
}

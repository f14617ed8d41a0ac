// Microseconds a token of HaltMonitor and of streamTokens in Node, best of many rounds.
import { HaltMonitor, init, StreamingKernel } from "../../dist/index.js";

await init();
const words = ["The", " quick", " brown", " fox", " jumps", " over", " it", "."];
const tokens = Array.from({ length: 10_000 }, (_, i) => words[i % 8]);

async function best(run, rounds = 40) {
  let least = Infinity;
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    await run();
    least = Math.min(least, performance.now() - start);
  }
  return ((least * 1000) / tokens.length).toFixed(3);
}

function processed(options) {
  const monitor = new HaltMonitor(options);
  for (const token of tokens) monitor.processToken(token, 0.85);
  monitor.dispose();
}
const kernel = new StreamingKernel();
console.log(`processToken: ${await best(() => processed({}))} us a token`);
console.log(`  release: "sentence": ${await best(() => processed({ release: "sentence" }))} us`);
console.log(`streamTokens: ${await best(() => kernel.streamToSession(tokens, () => 0.85), 8)} us a token`);

// VerifiedScorer in Node on the texts of run.py: answers of 1 KB against sources of 4 KB. Goal: at most 2.5 times the
// time of the native module, which run.py prints in Python on the same machine; here beside it when Python is there.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PreparedSource, VerifiedScorer, init } from "../../dist/index.js";

await init();
const data = join(process.env.PARITAS_DATA ?? "../shared/data", "grounding");
const [RESPONSE, SOURCE, PAIRS] = [1024, 4096, 40];

function texts() {
  const pairs = [];
  let [response, source] = ["", ""];
  for (const file of readdirSync(data).filter((name) => name.endsWith(".jsonl")).sort()) {
    for (const line of readFileSync(join(data, file), "utf8").trimEnd().split("\n")) {
      const row = JSON.parse(line);
      const more = row.source ?? row.source_sentences.join(" ");
      if (source.length < SOURCE) {
        const piece = more.slice(0, SOURCE + 200 - source.length);
        const end = piece.lastIndexOf(". ");
        source += `${(end < 0 ? piece : piece.slice(0, end)).trim()}. `;
      }
      if (response.length < RESPONSE) response += `${row.response.trim().replace(/\.+$/, "")}. `;
      if (source.length >= SOURCE && response.length >= RESPONSE) {
        pairs.push([response.slice(0, RESPONSE), source.slice(0, SOURCE)]);
        [response, source] = ["", ""];
      }
    }
  }
  const step = Math.max(1, Math.floor(pairs.length / PAIRS));
  return pairs.filter((_, i) => i % step === 0).slice(0, PAIRS);
}

const used = () => process.cpuUsage().user + process.cpuUsage().system;

/** Microseconds of processor time for each pair: the median of some rounds. */
function measure(call, rounds = 25) {
  for (let i = 0; i < 5; ++i) call();
  const times = Array.from({ length: rounds }, () => {
    const start = used();
    call();
    return (used() - start) / pairs.length;
  });
  return times.sort((a, b) => a - b)[rounds >> 1];
}

const pairs = texts();
const scorer = new VerifiedScorer();
const prepared = pairs.map(([, source]) => new PreparedSource(source));
const claims = pairs.reduce((sum, [response, source]) => sum + scorer.verify(response, source).claims.length, 0);
console.log(`${pairs.length} answers of ${RESPONSE} units, ${(claims / pairs.length).toFixed(1)} claims each`);
const whole = measure(() => pairs.forEach(([response, source]) => scorer.verify(response, source)));
const ready = measure(() => pairs.forEach(([response], i) => scorer.verify(response, prepared[i])));
console.log(`verify                    ${whole.toFixed(1)} µs`);
console.log(`  with a PreparedSource   ${ready.toFixed(1)} µs, ${((ready * pairs.length) / claims).toFixed(1)} µs a claim`);

const script = `
import json, sys, statistics, time, paritas
pairs = json.load(sys.stdin)
scorer = paritas.VerifiedScorer()
times = []
for _ in range(30):
    start = time.process_time()
    for response, source in pairs:
        scorer.verify(response, source)
    times.append((time.process_time() - start) / len(pairs) * 1e6)
print(statistics.median(times[5:]))
`;
try {
  const python = process.env.PYTHON ?? ".venv/bin/python";
  const native = Number(execFileSync(python, ["-c", script], { input: JSON.stringify(pairs), encoding: "utf8" }));
  console.log(`verify in Python, native  ${native.toFixed(1)} µs: Node takes ${(whole / native).toFixed(2)} times as long`);
} catch {
  console.log("no Python with paritas here to compare with");
}

// How the tests drive a monitor: a whole stream as the vectors tell it.
import { HaltMonitor } from "paritas";

const camel = (name) => name.replace(/_[a-z]/g, (pair) => pair[1].toUpperCase());
export const fields = (config) => Object.fromEntries(Object.entries(config).map(([key, value]) => [camel(key), value]));
export const tokensOf = (given) => given.tokens ?? given.scores.map((_, i) => `t${i} `);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** With brokenAt it is saved there and goes on in another monitor. */
export function driven(given, brokenAt) {
  let monitor = new HaltMonitor(fields(given.config));
  try {
    const tokens = tokensOf(given);
    const wants = [];
    const events = [];
    for (const [i, score] of given.scores.entries()) {
      if (i === brokenAt) {
        const data = monitor.saveState();
        monitor.dispose();
        monitor = new HaltMonitor();
        monitor.restoreState(data);
      }
      wants.push(monitor.wantsScore());
      events.push(monitor.processToken(tokens[i], score, given.times?.[i]));
      if (events.at(-1).halted) break;
    }
    const state = hex(monitor.saveState());
    const session = monitor.finish();
    const emits = events.map(({ emit }) => emit);
    const end = session.events.at(-1);
    if (end && end.token === "" && end.index === events.length) emits.push(end.emit);
    const evidence = session.haltEvidenceStructured;
    return {
      haltIndex: session.haltIndex,
      haltReason: session.haltReason,
      haltCode: session.haltCode,
      halted: session.halted,
      softHalted: session.softHalted,
      output: session.output,
      tokens: session.tokens.length,
      emits,
      scores: events.map(({ score }) => score),
      wants,
      tokenCount: session.tokenCount,
      warningCount: session.warningCount,
      invalidCount: session.invalidCount,
      uncheckedCount: session.uncheckedCount,
      avgCoherence: session.avgCoherence,
      minCoherence: session.minCoherence,
      windowMean: events.at(-1)?.windowMean ?? 0,
      trendDrop: events.at(-1)?.trendDrop ?? 0,
      evidence: evidence && {
        trendSe: evidence.trendSe,
        scores: evidence.scores,
        textTail: evidence.textTail,
        tokenSpan: evidence.tokenSpan,
        suggestedAction: evidence.suggestedAction,
        lastScore: evidence.lastScore,
      },
      state,
    };
  } finally {
    monitor.dispose();
  }
}

// Findings of `paritas scan` as SARIF 2.1.0, as python/paritas/cli_sarif.py writes them.
import type { Finding } from "./cli_scan.js";
import { listSecretPatterns, version } from "./index.js";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
const LEVELS = { critical: "error", high: "error", medium: "warning", low: "note" } as const;
const SCORES = { critical: "9.5", high: "8.0", medium: "5.5", low: "3.0" } as const; // as GitHub reads security-severity

/** One run. Never the secret itself: only what maskSecrets leaves of it. */
export function log(found: readonly Finding[], unreadable: readonly string[]): unknown {
  const patterns = new Map(listSecretPatterns().map((pattern) => [pattern.name, pattern]));
  const severities = new Map(found.map(({ match }) => [match.secretType, match.severity]));
  const names = [...severities.keys()].sort();
  const rules = names.map((name) => ({
    id: name,
    shortDescription: { text: patterns.get(name)?.description ?? name },
    defaultConfiguration: { level: LEVELS[severities.get(name)!] },
    properties: { tags: ["security"], "security-severity": SCORES[severities.get(name)!] },
  }));
  const notes = unreadable.map((path) => ({ level: "error", message: { text: `cannot read ${path}` } }));
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "paritas", version, rules } },
        columnKind: "unicodeCodePoints",
        invocations: [{ executionSuccessful: notes.length === 0, toolExecutionNotifications: notes }],
        results: found.map((finding) => resultOf(finding, names.indexOf(finding.match.secretType))),
      },
    ],
  };
}

function resultOf({ path, line, column, endLine, endColumn, match, fingerprint }: Finding, rule: number) {
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return {
    ruleId: match.secretType,
    ruleIndex: rule,
    level: LEVELS[match.severity],
    message: { text: `${match.secretType}: ${match.maskedText}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: uri(path) }, region } }],
    partialFingerprints: { "paritasSecret/v1": fingerprint },
    properties: { severity: match.severity, confidence: match.confidence, checksum: match.checksum },
  };
}

/** A path as a reference: relative ones stay so. */
function uri(path: string): string {
  if (path === "-") return "stdin";
  const text = path.split("/").map(encodeURIComponent).join("/");
  return text.startsWith("/") ? `file://${text}` : path.split("/")[0]!.includes(":") ? `./${text}` : text;
}

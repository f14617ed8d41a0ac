// How the command writes values: the same bytes as the Python command (python/paritas/cli_output.py). Numbers need no
// code here: String() and JSON.stringify() are the layout that Python follows.

/** Without control characters, which could move the cursor; at most so many code points, 0 for all. */
export function oneLine(text: string, most = 0): string {
  const line = text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, " ");
  if (most === 0) return line;
  const points = Array.from(line);
  return points.length <= most ? line : points.slice(0, most - 1).join("") + "\u2026";
}

/** As in JSON: what is no finite number is null, and there is no negative zero. */
export function numberText(value: number): string {
  return JSON.stringify(value);
}

/** Counts the code points before each UTF-16 unit of a text: spans are printed in code points, as Python counts. */
export function codePoints(text: string): (unit: number) => number {
  if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return (unit) => unit;
  const before = new Uint32Array(text.length + 1);
  let points = 0;
  for (let unit = 0; unit < text.length;) {
    const units = text.codePointAt(unit)! > 0xffff ? 2 : 1;
    points += 1;
    for (let i = 0; i < units; ++i) before[++unit] = points;
  }
  return (unit) => before[unit]!;
}

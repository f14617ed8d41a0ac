import { string } from "./convert.js";
import { Handle } from "./handle.js";
import { type JsonOptions, packOptions, type RepairResult, readResult } from "./json_repair.js";
import { withJson } from "./json_text.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";

function created(options: JsonOptions): number {
  const packed = packOptions(options, ["coerce", "nonFinite", "maxDepth"]);
  return unwrap(packed.lend((at, bytes) => core().jsonStreamCreate(at, bytes))).f64();
}

/**
 * A JSON text that is still arriving, however it is cut: the best value so far.
 *
 * While the text is the beginning of valid JSON, containers only gain members from one snapshot to the next, strings only grow at
 * their end, and finished values never change.
 */
export class JsonStream extends Handle {
  #held = "";

  constructor(options: JsonOptions = {}) {
    super(created(options), core().jsonStreamDelete);
  }

  /**
   * Takes the next piece of the text; an empty one adds nothing, half a surrogate pair at the end waits for the other half.
   *
   * @throws ParitasError `stream_finished` after finish()
   */
  feed(delta: string): void {
    const text = this.#held + string(delta);
    const whole = /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
    const raw = this.raw;
    unwrap(withJson(whole, (at, bytes) => core().jsonStreamFeed(raw, at, bytes)));
    this.#held = text.slice(whole.length);
  }

  /** repairJson of the text so far, with `partial`; after finish() the text of its result. */
  snapshot(): string {
    return unwrap(core().jsonStreamSnapshot(this.raw)).text();
  }

  /** Whether a value was found and has ended. */
  get complete(): boolean {
    return Boolean(core().jsonStreamComplete(this.raw));
  }

  /** The JSON pointer of the value that is being written; "" for the outermost one, or none. */
  path(): string {
    return unwrap(core().jsonStreamPath(this.raw)).text();
  }

  /**
   * Ends the stream; repairJsonReport of the whole text.
   *
   * @throws ParitasError `stream_finished` the second time
   */
  finish(): RepairResult {
    const raw = this.raw;
    if (this.#held !== "") unwrap(withJson(this.#held, (at, bytes) => core().jsonStreamFeed(raw, at, bytes)));
    this.#held = "";
    return readResult(unwrap(core().jsonStreamFinish(raw)), "");
  }

  /** Makes it equal to a new one. */
  reset(): void {
    this.#held = "";
    core().jsonStreamReset(this.raw);
  }
}

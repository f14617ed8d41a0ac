import { settle, whole, withBytes, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { metadataBytes, metadataOf, type Metadata } from "./metadata.js";
import { core, ParitasTypeError } from "./module.js";
import { Packer, unwrap, type DocId, type Unpacker } from "./packed.js";

export interface FactStoreOptions {
  /** How much a repeated term still adds, 0 to 1e100. */
  k1?: number;
  /** How much long facts pay, 0 to 1. */
  b?: number;
}

/** A text of a FactStore. */
export interface Fact {
  readonly id: DocId;
  readonly text: string;
  /** How well it fits the query; 0 where there was none. */
  readonly score: number;
  readonly metadata: Metadata | null;
}

/**
 * Facts by tenant, found by BM25 over content stems and numbers: "2 hours" finds "120 minutes". Every tenant has an index
 * of its own: it never sees, counts or influences another; "" is a tenant like others. After any history of changes,
 * results and bytes equal those of a fresh store of the facts in their order.
 */
export class FactStore extends Handle {
  /** @throws ParitasError `invalid_argument` for an option without meaning */
  constructor(options?: FactStoreOptions);
  /** @internal */
  constructor(options: FactStoreOptions, raw?: number);
  constructor(options: FactStoreOptions = {}, raw: number = create(options)) {
    super(raw, core().factStoreDelete);
  }

  /** The store of toBytes; reads every text again. @throws ParitasError `corrupt_data` for any other bytes */
  static fromBytes(data: Uint8Array): FactStore {
    if (!(data instanceof Uint8Array)) throw new ParitasTypeError(`a Uint8Array is needed, not ${typeof data}`);
    return new FactStore({}, unwrap(withBytes(data, (at, bytes) => core().factStoreFromBytes(at, bytes))).f64());
  }

  /** @internal Lends the address of the store to one call. */
  lend<T>(call: (raw: number) => T): T {
    return call(this.raw);
  }

  /** Adds a fact, or replaces the one of that id, which moves to the end. True if the id is new. */
  add(id: DocId, text: string, tenantId: string = "", metadata?: Metadata): boolean {
    const block = new Packer().id(id).text(tenantId).text(text).optional(metadataBytes(metadata));
    return unwrap(block.lend((at, bytes) => core().factStoreAdd(this.raw, at, bytes))).f64() !== 0;
  }

  /** Removes a fact. True if there was one. */
  remove(id: DocId, tenantId: string = ""): boolean {
    const block = new Packer().id(id).text(tenantId);
    return block.lend((at, bytes) => core().factStoreRemove(this.raw, at, bytes)) !== 0;
  }

  /** The fact of that id with score 0, or null. */
  get(id: DocId, tenantId: string = ""): Fact | null {
    const block = new Packer().id(id).text(tenantId);
    const input = unwrap(block.lend((at, bytes) => core().factStoreGet(this.raw, at, bytes)));
    return input.done ? null : fact(input);
  }

  /** How many facts a tenant has. */
  count(tenantId: string = ""): number {
    return withText(tenantId, (at, bytes) => core().factStoreCount(this.raw, at, bytes));
  }

  /** Removes all facts of a tenant. */
  clear(tenantId: string = ""): void {
    withText(tenantId, (at, bytes) => core().factStoreClear(this.raw, at, bytes));
  }

  /** The tenants that have facts, sorted by code points. */
  tenants(): string[] {
    const input = unwrap(core().factStoreTenants(this.raw));
    return input.all(() => input.text());
  }

  /**
   * The best facts of a tenant: score descending, then order of adding; none that shares no term with the text.
   *
   * @throws ParitasError `invalid_argument` for a negative k
   */
  query(text: string, k: number = defaults().k, tenantId: string = ""): Fact[] {
    const most = whole(k);
    const block = new Packer().text(tenantId).text(text);
    const input = unwrap(block.lend((at, bytes) => core().factStoreQuery(this.raw, at, bytes, most)));
    return input.all(() => fact(input));
  }

  /**
   * The texts of the best facts joined by "; ", or null when there is none.
   *
   * @throws ParitasError `invalid_argument` for a negative topK
   */
  retrieveContext(query: string, topK: number = defaults().k, tenantId: string = ""): string | null {
    const most = whole(topK);
    const block = new Packer().text(tenantId).text(query);
    const input = unwrap(block.lend((at, bytes) => core().factStoreContext(this.raw, at, bytes, most)));
    return input.done ? null : input.text();
  }

  /** The store in one form: equal facts in equal order give equal bytes, on every target. */
  toBytes(): Uint8Array {
    return unwrap(core().factStoreToBytes(this.raw)).copy();
  }
}

/** The name that others publish. */
export const GroundTruthStore = FactStore;
export type GroundTruthStore = FactStore;

function defaults(): { k1: number; b: number; k: number } {
  const standard = unwrap(core().factStoreDefaults());
  return { k1: standard.f64(), b: standard.f64(), k: standard.f64() };
}

function create(options: FactStoreOptions): number {
  const standard = defaults();
  const { k1, b } = settle({ k1: standard.k1, b: standard.b }, options);
  return unwrap(core().factStoreCreate(k1, b)).f64();
}

function fact(input: Unpacker): Fact {
  const [id, text, score, metadata] = [input.id(), input.text(), input.f64(), input.optional()];
  return { id, text, score, metadata: metadata === undefined ? null : metadataOf(metadata) };
}

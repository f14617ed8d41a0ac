import { metadataBytes, putScalar, putText, type Metadata, type MetadataScalar } from "./metadata.js";
import { core, ParitasTypeError } from "./module.js";
import { Packer, unwrap } from "./packed.js";

/** What one key must be: a value alone means `$eq`. */
export type FilterCondition = MetadataScalar | readonly MetadataScalar[] | FilterOperators;

/** All of them must hold. */
export interface FilterOperators {
  readonly $eq?: MetadataScalar | readonly MetadataScalar[];
  readonly $ne?: MetadataScalar | readonly MetadataScalar[];
  readonly $gt?: string | number | bigint;
  readonly $gte?: string | number | bigint;
  readonly $lt?: string | number | bigint;
  readonly $lte?: string | number | bigint;
  readonly $in?: readonly MetadataScalar[];
  readonly $nin?: readonly MetadataScalar[];
  readonly $exists?: boolean;
  /** An item of a list, or a part of a string. */
  readonly $contains?: MetadataScalar;
  readonly $not?: FilterCondition;
}

/**
 * Which documents a query may return, by their metadata: `{ lang: "en", year: { $gte: 2020, $lt: 2025 } }`.
 *
 * All keys of a filter must hold; one without keys holds always. A value alone means `$eq`. Of a key: `$eq $ne $gt $gte
 * $lt $lte $in $nin $exists $contains` and `$not`; of filters: `$and`, `$or` (arrays of filters) and `$not`. A key that is
 * missing satisfies only `$ne`, `$nin`, `$exists: false` and a `$not` of what fails. Numbers compare by value, exactly (a
 * bigint is a whole number like any other, true is no number), strings by code points, arrays item by item; values of
 * different kinds are never equal and have no order.
 */
export interface Filter {
  readonly $and?: readonly Filter[];
  readonly $or?: readonly Filter[];
  readonly $not?: Filter;
  readonly [key: string]: FilterCondition | Filter | readonly Filter[] | undefined;
}

function put(out: Packer, value: unknown, path: string, nesting: number, deepest: number): void {
  if (typeof value !== "object" || value === null) {
    if (value !== null && !["boolean", "number", "bigint", "string"].includes(typeof value)) {
      const needed = `a string, number, bigint, boolean, null, array or object as ${path}`;
      throw new ParitasTypeError(`${needed} is needed, not ${typeof value}`);
    }
    putScalar(out, value);
  } else if (nesting > deepest) {
    putScalar(out, null); // the core refuses it further up; an object may hold itself
  } else if (Array.isArray(value)) {
    out.u8(6).varint(value.length);
    for (let i = 0; i < value.length; ++i) put(out, value[i], `${path}[${i}]`, nesting + 1, deepest);
  } else {
    const pairs = Object.entries(value);
    out.u8(7).varint(pairs.length);
    for (const [key, item] of pairs) {
      putText(out, key);
      put(out, item, `${path}.${key}`, nesting + 1, deepest);
    }
  }
}

/** The bytes that the core reads (see filter.hpp), which says what is wrong with them; none without a filter. */
export function filterBytes(filter: Filter | undefined): Uint8Array | undefined {
  if (filter === undefined) return undefined;
  if (typeof filter !== "object" || filter === null || Array.isArray(filter)) {
    const got = filter === null ? "null" : Array.isArray(filter) ? "array" : typeof filter;
    throw new ParitasTypeError(`an object as filter is needed, not ${got}`);
  }
  const out = new Packer();
  put(out, filter, "filter", 0, 2 * core().filterDepth() + 2);
  return out.bytes().slice();
}

/**
 * Whether a document of that metadata passes a filter.
 *
 * @param metadata a flat object; undefined or null is a document without keys
 * @throws ParitasError `invalid_argument` with the path of the wrong place ("filter.year.$gte must be a text or a
 *   number"), `limit_exceeded` for filters more than 32 deep
 */
export function matchesFilter(metadata: Metadata | null | undefined, filter: Filter): boolean {
  const block = new Packer().optional(metadataBytes(metadata ?? undefined));
  block.optional(filterBytes(filter ?? null)); // a filter must be there, though a query may go without
  return unwrap(block.lend((at, bytes) => core().matchesFilter(at, bytes))).f64() !== 0;
}

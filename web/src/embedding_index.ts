import { number, whole } from "./convert.js";
import { type Matrix, matrix, type Vector, vector, withFloats } from "./floats.js";
import { Handle } from "./handle.js";
import type { MatrixOptions } from "./matrix.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";
import { hitsAt } from "./topk.js";

/**
 * A flat, exact index of labelled vectors, normalised when they come in. They stay on the heap of the module, so a query
 * copies nothing but itself. A score is the dot product of unit vectors, so its last bits may differ from
 * `cosineSimilarity`.
 */
export class EmbeddingIndex<Label = number> extends Handle {
  #labels: Label[] = [];

  /** @param labels one for each vector, of any type; by default the numbers of the rows */
  constructor(vectors: Matrix | null = null, labels: readonly Label[] | null = null, options: MatrixOptions = {}) {
    super(core().embeddingIndexCreate(), core().embeddingIndexDelete);
    if (vectors !== null || labels !== null) this.#add(vectors ?? [], labels, options);
  }

  /**
   * Adds rows and their labels; the first ones decide the dimension.
   *
   * @throws ParitasError `length_mismatch` for another number of labels than vectors, "Vector dimension 3 != index
   *   dimension 4"; the index is unchanged after an error
   */
  add(vectors: Matrix, labels: readonly Label[], options: MatrixOptions = {}): void {
    this.#add(vectors, labels, options);
  }

  #add(vectors: Matrix, labels: readonly Label[] | null, { dim }: MatrixOptions): void {
    const rows = matrix(vectors, dim);
    const start = this.length;
    const names = labels ?? (Array.from({ length: rows.rows }, (_, i) => start + i) as Label[]);
    withFloats(rows.values, (at) => unwrap(core().embeddingIndexAdd(this.raw, at, rows.rows, rows.dim, names.length)));
    this.#labels.push(...names);
  }

  /** The best [label, score] with a score of at least threshold: score descending, then order of adding. */
  query(query: Vector, k: number = core().topKDefault(), threshold: number = 0): [label: Label, score: number][] {
    const values = vector(query);
    const flat = withFloats(values, (at) =>
      unwrap(core().embeddingIndexQuery(this.raw, at, values.length, whole(k), number(threshold))).f64s(),
    );
    return hitsAt(flat, 0).hits.map(([index, score]) => [this.#labels[index]!, score]);
  }

  /** The score of every vector in order of adding. */
  similarities(query: Vector): Float32Array {
    const values = vector(query);
    return withFloats(values, (at) => unwrap(core().embeddingIndexSimilarities(this.raw, at, values.length)).f32s());
  }

  /** How many vectors there are. */
  get length(): number {
    return core().embeddingIndexSize(this.raw);
  }

  /** Values in a vector; 0 before the first add. */
  get dim(): number {
    return core().embeddingIndexDim(this.raw);
  }
}

const mark = Symbol.for("paritas.error");

/** A call that could not be answered. `code` is the same word on every target. */
export class ParitasError extends Error {
  override readonly name: string = "ParitasError";
  readonly [mark] = true;
  constructor(
    readonly code: string,
    message: string,
    readonly offset: number = 0,
  ) {
    super(message);
  }
  /** A `ParitasTypeError` counts too, and so does an error of a second copy of this module. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && mark in value;
  }
}

/** A value of the wrong type: JavaScript's own TypeError, and a ParitasError of the code "invalid_argument" too. */
export class ParitasTypeError extends TypeError {
  override readonly name: string = "ParitasTypeError";
  readonly [mark] = true;
  readonly code = "invalid_argument";
  readonly offset = 0;
}

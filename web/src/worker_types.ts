import type { ParitasError } from "./errors.js";
import type { Handle } from "./handle.js";

/** An object of the package that lives in the worker: its methods and properties give promises. */
export type Remote<T> = {
  readonly [Key in Exclude<keyof T, typeof Symbol.dispose | "dispose">]: T[Key] extends (
    ...args: infer Args
  ) => infer Result
    ? (...args: RemoteArguments<Args>) => RemoteResult<Result>
    : Promise<Kept<T[Key]>>;
} & RemoteHandle;

export interface RemoteHandle {
  /** Frees the memory of the object in the worker; a second call does nothing. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What becomes of a value that a call returns. */
type Kept<T> = T extends Stays ? Remote<T> : T;
type RemoteResult<T> = T extends AsyncGenerator ? T : Promise<Kept<Awaited<T>>>;

/** What calls give that stays where it was made; objects of other classes stay too, but only `new` makes those. */
type Stays = Handle;

/** What a call takes: where the package takes an object of its own, its stand-in. */
export type RemoteArguments<Args extends readonly unknown[]> = { [Key in keyof Args]: RemoteArgument<Args[Key]> };

// WebAssembly.Module is not among them: its type has no members, so everything would be one.
type Cloned = string | number | bigint | boolean | null | undefined | ArrayBufferView | ArrayBuffer | AbortSignal | URL;

export type RemoteArgument<T> = T extends Cloned
  ? T
  : T extends Stays
    ? Remote<T>
    : T extends (...args: never[]) => unknown
      ? T
      : T extends readonly unknown[]
        ? { [Key in keyof T]: RemoteArgument<T[Key]> }
        : T extends Iterable<infer Item>
          ? Iterable<RemoteArgument<Item>>
          : T extends AsyncIterable<unknown>
            ? T
            : T extends object
              ? { [Key in keyof T]: RemoteArgument<T[Key]> }
              : T;

type RemoteClass<T extends abstract new (...args: never[]) => unknown> = T extends abstract new (
  ...args: infer Args
) => infer Instance
  ? { new (...args: RemoteArguments<Args>): Promise<Remote<Instance>> } & RemoteNames<Omit<T, "prototype">>
  : never;

type RemoteExport<T> = T extends abstract new (...args: never[]) => unknown
  ? InstanceType<T> extends Error
    ? T
    : RemoteClass<T>
  : T extends (...args: infer Args) => infer Result
    ? (...args: RemoteArguments<Args>) => RemoteResult<Result>
    : T;

/** What changes the caller's own array cannot do so from a worker. */
type RemoteNames<T> = {
  readonly [Key in keyof T as Key extends `${string}Inplace` ? never : Key]: RemoteExport<T[Key]>;
};

/** The whole package, run by a worker. */
export type RemoteParitas = RemoteNames<typeof import("./index.js")> & {
  /** Ends the worker: calls that wait, and all later ones, fail with a `ParitasError` of the code "closed". */
  terminate(): void;
  [Symbol.asyncDispose](): Promise<void>;
  /** How many objects the worker keeps for this page: to look for those that nobody has disposed of. */
  held(): Promise<number>;
  /** Why the worker is gone; undefined as long as it lives. */
  readonly closed: ParitasError | undefined;
  /** Resolves with the reason when the worker is gone. */
  readonly whenClosed: Promise<ParitasError>;
};

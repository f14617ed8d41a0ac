// Which files of folders a command reads: the same, in the same order, as python/paritas/cli_files.py lists.
//
// What a .gitignore means is git's to say, so git is asked, with a repository and a configuration of our own: nothing in
// the folder that is scanned is run, and what the user's git ignores elsewhere changes nothing.
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { devNull, tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { InputError } from "./cli_input.js";

/** Paths are kept byte by byte, in Latin-1: a name need not be UTF-8. */
type Bytes = string;

export interface File {
  /** With "/", as the output names it. */
  readonly shown: Bytes;
  readonly path: Bytes;
  /** By its own name, and not by that of its folder. */
  readonly given: boolean;
}

export interface Rules {
  readonly gitignore: boolean;
  /** Patterns of .gitignore. */
  readonly exclude: readonly string[];
}

export const toBytes = (text: string): Bytes => Buffer.from(text).toString("latin1");
export const raw = (path: Bytes): Buffer => Buffer.from(path, "latin1");
export const text = (path: Bytes): string => raw(path).toString("utf8");
const compare = (a: Bytes, b: Bytes): number => (a < b ? -1 : a > b ? 1 : 0);

/** The files of all arguments, each once, sorted by the bytes of what is shown; "-" is standard input. */
export function findFiles(names: readonly string[], rules: Rules): File[] {
  const found = new Map<Bytes, File>();
  for (const name of names) {
    const path = toBytes(name);
    const about = name === "-" ? undefined : statSync(raw(path), { throwIfNoEntry: false });
    if (about?.isDirectory()) {
      for (const part of filesOf(path, rules)) {
        const shown = joined(plain(path), part);
        if (!found.has(shown)) found.set(shown, { shown, path: joined(path, part), given: false });
      }
    } else {
      if (name !== "-" && about === undefined) throw new InputError(`cannot read ${name}`);
      const shown = name === "-" ? path : plain(path);
      found.set(shown, { shown, path, given: true });
    }
  }
  return [...found.values()].sort((a, b) => compare(a.shown, b.shown));
}

/** Without what says nothing: "./a/" is a, "." nothing. */
function plain(path: Bytes): Bytes {
  let rest = path;
  while (rest.startsWith("./")) rest = rest.slice(2).replace(/^\/+/, "");
  const kept = rest.replace(/\/+$/, "") || rest.slice(0, 1);
  return kept === "." ? "" : kept;
}

function joined(folder: Bytes, name: Bytes): Bytes {
  return folder === "" ? name : folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}

/** The files below a folder, by their names from there. */
function filesOf(folder: Bytes, rules: Rules): Bytes[] {
  if (rules.gitignore || rules.exclude.length > 0) {
    return byGit(realpathSync(raw(folder), { encoding: "latin1" }), rules);
  }
  const out: Bytes[] = [];
  const folders: Bytes[] = [""];
  for (let inside = folders.pop(); inside !== undefined; inside = folders.pop()) {
    const place = inside === "" ? folder : joined(folder, inside);
    let names: Bytes[];
    try {
      names = readdirSync(raw(place), { encoding: "latin1" });
    } catch {
      throw new InputError(`cannot read ${text(joined(folder, inside))}`);
    }
    for (const name of names) {
      if (name === ".git") continue;
      const part = joined(inside, name);
      const about = lstatSync(raw(joined(folder, part)), { throwIfNoEntry: false });
      (about?.isDirectory() ? folders : out).push(part);
    }
  }
  return out;
}

function byGit(folder: Bytes, rules: Rules): Bytes[] {
  const top = rules.gitignore ? topOf(folder) : folder;
  const prefix = top === folder ? "" : relative(top, folder).replaceAll(sep, "/");
  const own = mkdtempSync(join(tmpdir(), "paritas-"));
  try {
    const git = new Git(own, top);
    git.run(["init", "-q", "--template="]);
    if (rules.gitignore) {
      git.exclude(joined(repositoryOf(top).rules, "info/exclude"));
      // Asked for by name: what is in it counts, with its own rules alone.
      if (prefix !== "" && git.ignores(prefix)) return new Git(own, folder).files("", rules);
    }
    return git.files(prefix, rules);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** git on a work tree, with a repository of our own that is empty. */
class Git {
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(
    readonly own: string,
    readonly top: Bytes,
  ) {
    this.#folder = join(own, ".git");
    const kept = Object.entries(process.env).filter(([key]) => !/^(GIT_|LC_|LANG)/.test(key));
    this.#env = { ...Object.fromEntries(kept), LC_ALL: "C", GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: devNull };
  }

  run(args: readonly string[], more: NodeJS.ProcessEnv = {}): SpawnSyncReturns<Buffer> {
    const env = { ...this.#env, ...more };
    const told = spawnSync("git", args, { cwd: this.own, env, maxBuffer: 2 ** 30, stdio: ["ignore", "pipe", "pipe"] });
    if ((told.error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") {
      throw new InputError("git is needed to read .gitignore files: install it, or pass --no-gitignore");
    }
    return told;
  }

  #ask(args: readonly string[], more: NodeJS.ProcessEnv = {}): SpawnSyncReturns<Buffer> {
    const places = [`--git-dir=${this.#folder}`, `--work-tree=${text(this.top)}`, "-C", text(this.top)];
    const options = ["-c", `core.excludesFile=${devNull}`, "-c", "core.quotePath=false"];
    return this.run([...places, ...options, ...args], more);
  }

  /** Takes over the rules of a repository that are not in its tree. */
  exclude(file: Bytes): void {
    let patterns: Buffer;
    try {
      patterns = readFileSync(raw(file));
    } catch {
      return;
    }
    mkdirSync(join(this.#folder, "info"), { recursive: true });
    writeFileSync(join(this.#folder, "info", "exclude"), patterns);
  }

  ignores(path: Bytes): boolean {
    return this.#ask(["check-ignore", "-q", "--no-index", "--", `./${text(path)}`]).status === 0;
  }

  /** What no rule names, and what the repository of the work tree has all the same. */
  files(prefix: Bytes, rules: Rules): Bytes[] {
    const how = rules.gitignore ? ["--exclude-standard"] : [];
    const patterns = rules.exclude.map((pattern) => `--exclude=${pattern}`);
    const below = ["--", ...(prefix === "" ? [] : [text(prefix)])];
    const told = this.#ask(["--literal-pathspecs", "ls-files", "-z", "--others", ...how, ...patterns, ...below]);
    if (told.status !== 0 || told.stderr.length > 0) {
      const message = (told.stderr.toString("utf8") || "git failed").split("\n")[0];
      throw new InputError(`cannot list ${text(this.top)}: ${message}`);
    }
    const names = new Set(told.stdout.toString("latin1").split("\0").slice(0, -1));
    if (rules.gitignore) {
      const dropped = new Set(patterns.length > 0 ? this.#tracked(["--ignored", ...patterns, ...below]) : []);
      for (const name of this.#tracked(below)) if (!dropped.has(name)) names.add(name);
    }
    const out: Bytes[] = [];
    for (const name of names) {
      const part = prefix === "" ? name : name.slice(prefix.length + 1);
      if (!name.endsWith("/")) {
        out.push(part);
        continue;
      }
      // A repository in this one, with rules of its own.
      for (const file of byGit(joined(this.top, name.slice(0, -1)), rules)) out.push(part + file);
    }
    return out;
  }

  /** The files in the index of the work tree's repository; none where it cannot be read. */
  #tracked(which: readonly string[]): Bytes[] {
    const index = joined(repositoryOf(this.top).index, "index");
    if (!isFile(index)) return [];
    const told = this.#ask(["--literal-pathspecs", "ls-files", "-z", "--cached", ...which], {
      GIT_INDEX_FILE: text(index),
    });
    const names = told.status === 0 ? told.stdout.toString("latin1").split("\0").slice(0, -1) : [];
    return names.filter((name) => isFile(joined(this.top, name)));
  }
}

/** The work tree that a folder is in, or the folder itself. */
function topOf(folder: Bytes): Bytes {
  let at = folder;
  while (!existsSync(raw(joined(at, ".git")))) {
    const above = dirname(at);
    if (above === at) return folder;
    at = above;
  }
  return at;
}

/** Where the index of a work tree is, and where its rules are: apart for a linked one, whose .git is a file. */
function repositoryOf(top: Bytes): { index: Bytes; rules: Bytes } {
  const from = (base: Bytes, path: Bytes): Bytes => (path.startsWith("/") ? path : joined(base, path));
  const line = (file: Bytes): Bytes => readFileSync(raw(file)).subarray(0, 65536).toString("latin1").trim();
  const place = joined(top, ".git");
  if (!isFile(place)) return { index: place, rules: place };
  const index = from(top, line(place).replace(/^gitdir: /, ""));
  const common = joined(index, "commondir");
  return { index, rules: isFile(common) ? from(index, line(common)) : index };
}

/** A file and no link, which could lead out of the folder or around in it. */
export function isFile(path: Bytes): boolean {
  return lstatSync(raw(path), { throwIfNoEntry: false })?.isFile() ?? false;
}

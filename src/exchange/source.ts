import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { createGunzip } from 'node:zlib';
import { Refusal } from '../refusal.ts';
import { unzstd } from './reading/zstd.ts';
import { Unreadable } from './unreadable.ts';

// What an import reads from: a file, a folder, or standard input.

/** One file. */
export interface SourceFile {
  /** As the person who named it knows it, without `.gz` or `.zst`. */
  name: string;
  /** In bytes, as it is stored; undefined when that is not known. */
  size?: number;
  /** Its bytes, decompressed. */
  bytes(): AsyncIterable<Uint8Array>;
  /** Its text, in pieces that end between characters. @throws {Unreadable} when it isn't UTF-8. */
  text(): AsyncIterable<string>;
}

export interface Source {
  /** As it was named. */
  name: string;
  /** In the order of their names; those of a folder with those of its folders. */
  files: readonly SourceFile[];
}

/** Reports how many bytes were read, as they are stored. */
export type OnBytes = (count: number) => void;

/**
 * Opens what a person named: a file, a folder, or `-` for standard input.
 * @throws {Refusal} when it isn't there.
 */
export async function openSource(path: string, onBytes: OnBytes = () => {}): Promise<Source> {
  if (path === '-') return { name: 'standard input', files: [file('standard input', undefined, () => process.stdin, onBytes)] };
  const kind = await stat(path).catch(() => undefined);
  if (!kind) throw new Refusal(`There is no file or folder "${path}".`);
  if (!kind.isDirectory()) return { name: basename(path), files: [file(basename(path), kind.size, () => createReadStream(path), onBytes)] };
  const files: SourceFile[] = [];
  for (const each of await filesIn(path)) {
    const { size } = await stat(each);
    files.push(file(relative(path, each), size, () => createReadStream(each), onBytes));
  }
  if (files.length === 0) throw new Refusal(`The folder "${path}" has no files.`);
  return { name: basename(path), files };
}

/** A source of texts that are there already: a request, or a test. */
export function sourceOf(texts: Readonly<Record<string, string | Uint8Array>>, name = 'input'): Source {
  return {
    name,
    files: Object.entries(texts).map(([each, text]) => {
      const bytes = typeof text === 'string' ? Buffer.from(text) : text;
      return file(each, bytes.length, async function* () {
        yield bytes;
      });
    }),
  };
}

/** The SHA-256 of all that a source holds; undefined for standard input, which can be read once. */
export async function fingerprint(source: Source): Promise<string | undefined> {
  if (source.files.some(({ size }) => size === undefined)) return undefined;
  const hash = createHash('sha256');
  for (const { name, bytes } of source.files) {
    hash.update(`${name.length}:${name}`);
    try {
      for await (const chunk of bytes()) hash.update(chunk);
    } catch (error) {
      // The reader tells it, and may read the other files.
      if (!(error instanceof Unreadable)) throw error;
      hash.update(error.message);
    }
  }
  return hash.digest('hex');
}

/** Sorted by code units, so that every machine reads them in one order. Hidden files are left alone, and links are not followed. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await filesIn(path)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

function file(stored: string, size: number | undefined, open: () => AsyncIterable<Uint8Array>, onBytes: OnBytes = () => {}): SourceFile {
  const name = stored.replace(/\.(gz|zst)$/, '');
  const packing = /\.(gz|zst)$/.exec(stored)?.[1];
  async function* stored_(): AsyncGenerator<Uint8Array> {
    for await (const chunk of open()) {
      onBytes(chunk.length);
      yield chunk;
    }
  }
  const bytes = () => unpack(stored_(), packing, name);
  return { name, ...(size === undefined ? {} : { size }), bytes, text: () => decode(bytes(), name) };
}

function unpack(bytes: AsyncIterable<Uint8Array>, packing: string | undefined, name: string): AsyncIterable<Uint8Array> {
  if (packing === 'gz') return gunzip(bytes, name);
  return packing === 'zst' ? unpackZstd(bytes, name) : bytes;
}

async function* gunzip(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const { Readable } = await import('node:stream');
  const unzipped = createGunzip();
  const stored = Readable.from(bytes, { objectMode: false });
  stored.on('error', (error) => unzipped.destroy(error));
  try {
    yield* stored.pipe(unzipped) as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (!(error as { code?: string }).code?.startsWith('Z_')) throw error;
    throw new Unreadable(`It can't be decompressed: ${(error as Error).message}.`, { file: name });
  } finally {
    stored.destroy();
  }
}

async function* unpackZstd(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const unpacked = unzstd(outside(bytes));
  try {
    yield* unpacked;
  } catch (error) {
    if (error instanceof Outside) throw error.cause;
    throw new Unreadable(`It can't be decompressed: ${(error as Error).message}.`, { file: name });
  }
}

/** What goes wrong where the bytes come from is no fault of theirs. */
class Outside extends Error {}

async function* outside(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw new Outside('The bytes could not be read.', { cause: error });
  }
}

async function* decode(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  const read = (chunk?: Uint8Array) => {
    try {
      const text = chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) line += 1;
      return text;
    } catch {
      throw new Unreadable('The text is not UTF-8 (somewhere from this line on). Convert it first.', { file: name, line });
    }
  };
  for await (const chunk of bytes) {
    const text = read(chunk);
    if (text !== '') yield text;
  }
  const rest = read();
  if (rest !== '') yield rest;
}

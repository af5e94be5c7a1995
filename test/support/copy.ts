import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MemoryFS, PGlite } from '@electric-sql/pglite';
import { embeddedOptions } from '../../src/database/embedded-options.js';

// Embedded databases that are copies of one another, made faster than PGlite makes them from its own dumps.

/** Where PGlite keeps the database's files. */
const root = '/pglite/data';

/** The files of a database, as a tar archive of PGlite's. */
interface Dump {
  archive: Uint8Array;
  entries: Entry[];
}

interface Entry {
  path: string;
  isFolder: boolean;
  from: number;
  to: number;
}

const dumps = new Map<string, Promise<Dump>>();

/** Read once in a process. */
function dumpIn(file: string): Promise<Dump> {
  const known = dumps.get(file);
  if (known) return known;
  const dump = readDump(file);
  dumps.set(file, dump);
  return dump;
}

/** Opens a copy of the database whose files are in this dump, in memory. */
export async function openCopyOf(file: string): Promise<PGlite> {
  return PGlite.create({ ...embeddedOptions, fs: new Copied(await dumpIn(file)) });
}

/** Puts a copy of the database whose files are in this dump into a new data folder. */
export async function writeCopyOf(file: string, dataDir: string): Promise<void> {
  const { archive, entries } = await dumpIn(file);
  const files = join(dataDir, 'postgres');
  await mkdir(files, { recursive: true, mode: 0o700 });
  for (const { path, isFolder, from, to } of entries) {
    if (isFolder) await mkdir(join(files, path), { mode: 0o700 });
    else await writeFile(join(files, path), archive.subarray(from, to), { mode: 0o600 });
  }
}

/** The files of a database that is in use. */
export async function dumpOf(pglite: PGlite): Promise<Uint8Array> {
  // Else each copy would begin by doing again what was done since the last one.
  await pglite.exec('CHECKPOINT');
  return new Uint8Array(await (await pglite.dumpDataDir('none')).arrayBuffer());
}

class Copied extends MemoryFS {
  readonly #dump: Dump;

  constructor(dump: Dump) {
    super();
    this.#dump = dump;
  }

  override async initialSyncFs(): Promise<void> {
    const { FS } = this.pg?.Module ?? {};
    if (!FS) throw new Error('PGlite has no file system.');
    // One copy in one go; the files are parts of it.
    const archive = this.#dump.archive.slice();
    FS.mkdirTree(root);
    for (const { path, isFolder, from, to } of this.#dump.entries) {
      if (isFolder) FS.mkdir(root + path);
      else FS.writeFile(root + path, archive.subarray(from, to), { canOwn: true });
    }
  }
}

async function readDump(file: string): Promise<Dump> {
  const archive = new Uint8Array(await readFile(file));
  const text = (from: number, length: number) =>
    Buffer.from(archive.subarray(from, from + length))
      .toString()
      .replace(/[\0 ].*$/s, '');
  const entries: Entry[] = [];
  for (let header = 0; archive[header]; ) {
    const from = header + 512;
    const to = from + Number.parseInt(text(header + 124, 12) || '0', 8);
    entries.push({ path: text(header, 100), isFolder: text(header + 156, 1) === '5', from, to });
    header = from + Math.ceil((to - from) / 512) * 512;
  }
  return { archive, entries };
}

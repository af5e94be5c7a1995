import { createReadStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceFile } from '../source.ts';

/** Text that has to be read later and may be larger than memory: a file of its own, which goes when it is closed. */
export class Spool {
  readonly #folder: string;
  readonly #file: FileHandle;

  private constructor(folder: string, file: FileHandle) {
    this.#folder = folder;
    this.#file = file;
  }

  static async create(): Promise<Spool> {
    const folder = await mkdtemp(join(tmpdir(), 'verbatim-'));
    return new Spool(folder, await open(join(folder, 'spool'), 'wx', 0o600));
  }

  async write(text: string | Uint8Array): Promise<void> {
    await this.#file.appendFile(text);
  }

  bytes(): AsyncIterable<Uint8Array> {
    return createReadStream(join(this.#folder, 'spool'));
  }

  /** In pieces that end between characters. */
  text(): AsyncIterable<string> {
    return createReadStream(join(this.#folder, 'spool'), 'utf8');
  }

  async close(): Promise<void> {
    await this.#file.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Works with files that are read more than once: standard input is spooled, others can be opened again. */
export async function* withRereadable<T>(
  files: readonly SourceFile[],
  work: (files: readonly SourceFile[]) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const spools: Spool[] = [];
  try {
    const opened: SourceFile[] = [];
    for (const file of files) {
      if (file.size === undefined) {
        const spool = await Spool.create();
        spools.push(spool);
        // Its text, which is known to be UTF-8 then.
        for await (const text of file.text()) await spool.write(text);
        opened.push({ ...file, bytes: () => spool.bytes(), text: () => spool.text() });
      } else opened.push(file);
    }
    yield* work(opened);
  } finally {
    for (const spool of spools) await spool.close();
  }
}

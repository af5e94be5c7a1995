import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createGzip, Gzip } from 'node:zlib';
import type { Command } from 'commander';
import type { Format, Output } from '../exchange/format.ts';
import { Refusal } from '../refusal.ts';
import { beFrugal, onDatabase, say, write } from './shared.ts';

// `verbatim export`: the record, out of here.

interface Given {
  where?: string;
  out?: string;
  all?: boolean;
}

export function addExport(verbatim: Command): void {
  verbatim
    .command('export')
    .description(
      'Writes the record, as it is at one moment. The native format carries all of it, drafts too; the others what is published.',
    )
    .argument('<format>', 'verbatim, jsonld, csv, timelinejs or popolo')
    .option('--where <filter>', 'which records, such as { statements: { date: { after: "2020" } } }, with what they refer to')
    .option('--out <path>', 'a file, or a folder for csv; standard output, if it isn’t given; .gz is packed')
    .option('--all', 'what isn’t published too, in a format that leaves it out otherwise')
    .action(async (name: string, given: Given) => {
      const { formats } = await import('../exchange/formats.ts');
      const format = formats.get(name);
      if (!format?.write) {
        const written = [...formats.values()].filter((each) => each.write).map((each) => each.name);
        throw new Refusal(`There is no format "${name}" to write. There are: ${written.join(', ')}.`);
      }
      await takeOut(format, given);
    });
}

async function takeOut(format: Format, { where, out, all }: Given): Promise<void> {
  if (format.files && out === undefined) throw new Refusal(`The format ${format.name} writes several files: name a folder with --out.`);
  beFrugal();
  // The filters are those of the API.
  const { schema } = await import('../schema.ts');
  const { askedFor } = await import('../exchange/export/asked.ts');
  const { exportTo } = await import('../exchange/export/export.ts');
  const asked = where === undefined ? undefined : askedFor(where, schema, { id: null, role: 'ADMIN' });
  const { output, close, discard } =
    out === undefined ? { output: { write }, close: async () => {}, discard: async () => {} } : await files(format, out);
  try {
    const done = await onDatabase(({ prisma }) => {
      const statuses = all || format.name === 'verbatim' ? 'all' : 'published';
      return exportTo(prisma, format, output, { statuses, ...(asked ? { asked } : {}) }, (records) => {
        if (process.stderr.isTTY) process.stderr.write(`\r${records.toLocaleString('en')} records`);
      });
    });
    await close();
    if (process.stderr.isTTY) process.stderr.write('\r');
    say(`${done.records.toLocaleString('en')} records were written.`);
    const left = [...done.left].sort(([a], [b]) => (a < b ? -1 : 1));
    if (left.length > 0) say(`Not carried: ${left.map(([what, count]) => `${what} (${count.toLocaleString('en')})`).join(', ')}.`);
  } catch (error) {
    await discard();
    throw error;
  }
}

/** Files that take their names when all is written: what was there before stays until then. */
async function files(format: Format, out: string): Promise<{ output: Output; close(): Promise<void>; discard(): Promise<void> }> {
  const open = new Map<string, { end: WriteStream; start: NodeJS.WritableStream; path: string; failed?: Error }>();
  const partOf = (path: string) => `${path}.part`;
  if (format.files) await mkdir(out, { recursive: true });
  const fileOf = (name: string) => {
    const known = open.get(name);
    if (known) return known;
    const path = format.files ? join(out, name) : out;
    const end = createWriteStream(partOf(path));
    const made: NonNullable<ReturnType<typeof open.get>> = { end, start: end, path };
    end.on('error', (error) => {
      made.failed = new Refusal(`"${path}" can’t be written: ${error.message}.`);
      // Whoever waits for what is packed is told.
      if (made.start instanceof Gzip) made.start.destroy(made.failed);
    });
    if (path.endsWith('.gz')) {
      const gzip = createGzip();
      gzip.on('error', () => {});
      gzip.pipe(end);
      made.start = gzip;
    }
    open.set(name, made);
    return made;
  };
  for (const name of format.files ?? ['']) fileOf(name);
  return {
    output: {
      write: async (text, name = '') => {
        const file = fileOf(name);
        await new Promise<void>((resolve, reject) => {
          const done = (error?: Error | null) => {
            if (error) reject(file.failed ?? new Refusal(`"${file.path}" can’t be written: ${error.message}.`));
            else resolve();
          };
          file.start.write(text, done);
        });
      },
    },
    close: async () => {
      for (const file of open.values()) {
        if (file.failed) throw file.failed;
        const closed = once(file.end, 'close');
        file.start.end();
        await closed;
        if (file.failed) throw file.failed;
      }
      for (const { path } of open.values()) await rename(partOf(path), path);
    },
    discard: async () => {
      for (const { end, path } of open.values()) {
        end.destroy();
        await rm(partOf(path), { force: true });
      }
    },
  };
}

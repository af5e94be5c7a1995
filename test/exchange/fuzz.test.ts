import childProcess from 'node:child_process';
import dns from 'node:dns';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { article } from '../../src/exchange/article/article.ts';
import { claimreview } from '../../src/exchange/claimreview/claimreview.ts';
import type { Entry, Format, ReadOptions } from '../../src/exchange/format.ts';
import { total } from '../../src/exchange/import/told.ts';
import { parlamint } from '../../src/exchange/parlamint/parlamint.ts';
import { popolo } from '../../src/exchange/popolo/popolo.ts';
import { exchangeRecord } from '../../src/exchange/record.ts';
import { type Source, sourceOf } from '../../src/exchange/source.ts';
import { Unreadable, type Where } from '../../src/exchange/unreadable.ts';
import { verbatim } from '../../src/exchange/verbatim.ts';
import { wikidata } from '../../src/exchange/wikidata/wikidata.ts';
import { verify } from '../../src/verify/verify.ts';
import { Random, seed } from '../support/chance.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { bring } from './exchange.ts';
import { type Input, inputs, mangle, zst } from './mangle.ts';

// Readers get what is truncated, damaged and hostile, and have to tell what is wrong with it. Each round has a seed of
// its own, which is printed when it fails: VERBATIM_SEED=<seed> FUZZ_ROUNDS=1 repeats it.

const rounds = (() => {
  const given = process.env.FUZZ_ROUNDS;
  const number = Number(given ?? 16);
  if (!Number.isInteger(number) || number < 1) throw new Error(`FUZZ_ROUNDS must be a whole number from 1 on, not "${given}".`);
  return {
    /** Of reading alone, for each input. */
    read: number,
    /** Of these, so many are imported. */
    imported: Math.ceil(number / 24),
    isLong: given !== undefined && number > 16,
  };
})();

/** How long one input may take, in milliseconds: no more than a guard against what never ends. */
const patience = 60_000;

const watch = new (class {
  /** What was opened while a reader was at work. */
  readonly opened: string[] = [];
  isOn = false;
  readonly #undo: (() => void)[] = [];

  /** Notes every call of these functions. */
  on(module: object, name: string, functions: readonly string[]): void {
    const entries = module as Record<string, unknown>;
    for (const each of functions) {
      const original = entries[each];
      if (typeof original !== 'function') throw new Error(`${name} has no ${each}.`);
      const { opened } = this;
      const isOn = () => this.isOn;
      entries[each] = function (this: unknown, ...args: unknown[]): unknown {
        if (isOn()) opened.push(`${name}.${each}(${String(args[0]).slice(0, 100)})`);
        return Reflect.apply(original, this, args);
      };
      this.#undo.push(() => {
        entries[each] = original;
      });
    }
  }

  off(): void {
    for (const undo of this.#undo) undo();
    syncBuiltinESMExports();
  }
})();

beforeAll(() => {
  const ofBoth = [
    'open',
    'readFile',
    'writeFile',
    'appendFile',
    'readdir',
    'opendir',
    'stat',
    'lstat',
    'readlink',
    'mkdir',
    'mkdtemp',
    'rm',
  ];
  const more = ['readFileSync', 'openSync', 'writeFileSync', 'statSync', 'existsSync', 'readdirSync'];
  watch.on(fs, 'fs', [...ofBoth, ...more, 'createReadStream', 'createWriteStream']);
  watch.on(fs.promises, 'fs.promises', ofBoth);
  watch.on(net.Socket.prototype, 'net.Socket', ['connect']);
  watch.on(http, 'http', ['request', 'get']);
  watch.on(https, 'https', ['request', 'get']);
  watch.on(dns, 'dns', ['lookup', 'resolve']);
  watch.on(childProcess, 'child_process', ['spawn', 'exec', 'execFile', 'fork', 'spawnSync', 'execFileSync']);
  watch.on(globalThis, 'globalThis', ['fetch']);
  syncBuiltinESMExports();
});
afterAll(() => watch.off());

interface ReadOut {
  entries: Entry[];
  stopped?: Unreadable;
}

/** Reads to the end, or to where it can't be read. */
async function readAll({ read }: Format, source: Source, options: ReadOptions): Promise<ReadOut> {
  if (!read) throw new Error('The format is not read.');
  const entries: Entry[] = [];
  watch.isOn = true;
  try {
    for await (const entry of read(source, options)) entries.push(entry);
    return { entries };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { entries, stopped: error };
  } finally {
    watch.isOn = false;
  }
}

/** How many lines there are in each file, as far as it can be decompressed. */
async function linesOf(source: Source): Promise<Map<string, number>> {
  const lines = new Map<string, number>();
  for (const file of source.files) {
    let count = 1;
    let last = 0;
    try {
      for await (const bytes of file.bytes()) {
        for (const byte of bytes) {
          // A line ends with \n, \r or \r\n.
          if (byte === 0x0d || (byte === 0x0a && last !== 0x0d)) count += 1;
          last = byte;
        }
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
    }
    lines.set(file.name, Math.max(count, lines.get(file.name) ?? 0));
  }
  return lines;
}

function checkPlace(at: Where, lines: ReadonlyMap<string, number>, source: Source): void {
  const { file, line, column, id } = at;
  const last = lines.get(file) ?? (file === source.name ? 0 : undefined);
  if (last === undefined) throw new Error(`There is no file "${file}".`);
  if (line !== undefined && !(Number.isInteger(line) && line >= 1 && line <= last))
    throw new Error(`"${file}" has ${last} lines, not ${line}.`);
  if (column !== undefined && !(Number.isInteger(column) && column >= 1)) throw new Error(`The column is ${column}.`);
  if (id !== undefined && typeof id !== 'string') throw new Error(`The id is no text: ${typeof id}.`);
}

function checkAll({ entries, stopped }: ReadOut, lines: ReadonlyMap<string, number>, source: Source): void {
  for (const entry of entries) {
    checkPlace(entry.at, lines, source);
    if ('record' in entry) exchangeRecord.parse(entry.record);
    else if ('problem' in entry) checkMessage(entry.problem);
    else if (!(entry.count >= 1)) throw new Error(`"${entry.left}" is counted ${entry.count} times.`);
  }
  if (!stopped) return;
  checkPlace(stopped.at, lines, source);
  checkMessage(stopped.message);
}

/** What is told is for people. */
function checkMessage(message: string): void {
  if (message === '' || /\[object /.test(message.replace(/["“].*["”]/gs, ''))) throw new Error(`It is told badly: ${message}`);
  if (message.length > 2000) throw new Error(`What is told is ${message.length} characters long: ${message.slice(0, 200)}…`);
}

const natives = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const ownKeys = () => natives.map((each) => Reflect.ownKeys(each).length);

/** Says which round failed. */
async function inRound(round: number, done: readonly string[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new Error(`VERBATIM_SEED=${round} FUZZ_ROUNDS=1: ${done.join('; ')}`, { cause: error });
  }
}

/** Each round has its own, so that it can be repeated by itself. */
const chanceOf = (round: number, input: number) => new Random(round + 1_000_003 * input);

const optionsOf = (random: Random): ReadOptions => ({
  by: random.pick(['speech', 'paragraph']),
  ...(random.chance(0.3) ? { scheme: random.pick(['land', 'wikidata', 'x']) } : {}),
  ...(random.chance(0.3) ? { language: 'de' } : {}),
});

/** The same, whatever was done to it. */
const nameOf = ({ format, files }: Input) => `${format.name} (${Object.keys(files)[0]})`;

describe('readers', () => {
  it('are watched', () => {
    watch.isOn = true;
    fs.existsSync('.');
    watch.isOn = false;
    expect(watch.opened.splice(0)).toEqual(['fs.existsSync(.)']);
  });

  it.each(inputs.map((input) => [nameOf(input), input] as const))('read %s as it is', async (_, { format, files }) => {
    const { entries, stopped } = await readAll(format, sourceOf(files), { by: 'speech' });
    expect(stopped).toBeUndefined();
    expect(entries.filter((entry) => 'record' in entry).length).toBeGreaterThan(1);
    watch.opened.splice(0);
  });

  it.each(inputs.map((input, i) => [nameOf(input), input, i] as const))('tell what is wrong with a mangled %s', async (_, input, i) => {
    const before = ownKeys();
    for (let round = 0; round < rounds.read; round += 1) {
      const random = chanceOf(seed + round, i);
      const { files, done } = mangle(random, input);
      await inRound(seed + round, done, async () => {
        const source = sourceOf(files);
        const start = performance.now();
        const found = await readAll(input.format, source, optionsOf(random));
        expect(performance.now() - start, 'milliseconds').toBeLessThan(patience);
        checkAll(found, await linesOf(source), source);
        expect(watch.opened).toEqual([]);
        expect(ownKeys()).toEqual(before);
      });
    }
  });
});

/** Whether the source gives a record, or a link, more than once: which of them holds depends on what was there before. */
function givesTwice({ entries }: ReadOut): boolean {
  const seen = new Set<string>();
  let isTwice = false;
  const see = (name: string) => {
    isTwice ||= seen.has(name);
    seen.add(name);
  };
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) walk(each);
    else if (value !== null && typeof value === 'object') {
      const { id, identifiers, url } = value as { id?: unknown; identifiers?: unknown; url?: unknown };
      const isRecord = 'type' in value || Object.keys(value).length > 1;
      if (typeof id === 'string' && isRecord) see(`id ${id.toLowerCase()}`);
      if (Array.isArray(identifiers)) for (const { scheme, value } of identifiers) see(`${scheme} ${value}`);
      if (typeof url === 'string' && isRecord) see(`url ${url}`);
      for (const each of Object.values(value)) walk(each);
    }
  };
  for (const entry of entries) if ('record' in entry) walk(entry.record);
  return isTwice;
}

describe('imports', () => {
  it('of what is mangled leave a sound record, and change nothing when they are done again', async () => {
    let created = 0;
    for (let round = 0; round < rounds.imported; round += 1) {
      const database = await openTestDatabase();
      try {
        for (const [i, input] of inputs.entries()) created += await importTwice(database, input, seed + round, i);
        await inRound(seed + round, ['all that was imported'], async () => {
          expect((await verify(database.prisma)).findings).toEqual([]);
        });
      } finally {
        await database.close();
      }
    }
    expect(created).toBeGreaterThan(0);
  });
});

/** @returns how many records were made. */
async function importTwice(database: TestDatabase, input: Input, round: number, i: number): Promise<number> {
  const random = chanceOf(round, i);
  const { files, done } = mangle(random, input);
  // One status a round: inputs give the same records again, and drafts would become published from the second on.
  const options = { read: optionsOf(random), ...(new Random(round).chance(0.3) ? { status: 'PUBLISHED' as const } : {}) };
  let created = 0;
  await inRound(round, [nameOf(input), ...done], async () => {
    const first = await bring(database, input.format, files, options);
    created = total(first.result, 'created');
    const importAgain = () => bring(database, input.format, files, options);
    let { result, told } = await importAgain();
    if (givesTwice(await readAll(input.format, sourceOf(files), options.read))) return;
    // What another input gave may have been in the way, such as its identifiers, and gone by the end.
    if (first.told.some(({ model }) => model)) ({ result, told } = await importAgain());
    const changes = { created: total(result, 'created'), updated: total(result, 'updated') };
    expect(changes, JSON.stringify(told.slice(0, 3))).toEqual({ created: 0, updated: 0 });
  });
  return created;
}

/** Compressed, it is small: the beginning, so many MB of what is repeated, and the end. */
function bomb(start: string, repeated: string, end = '', megabytes = 50): Uint8Array {
  const once = gzipSync(repeated.repeat(Math.ceil(2 ** 20 / repeated.length)));
  return Buffer.concat([gzipSync(start), ...Array.from({ length: megabytes }, () => once), gzipSync(end)]);
}

const bombs: readonly (readonly [what: string, format: Format, name: string, bytes: () => Uint8Array])[] = [
  ['one line', verbatim, 'a.jsonl.gz', () => bomb('{"type": "Person", "name": "', 'x', '"}\n')],
  ['one text', popolo, 'a.json.gz', () => bomb('{"persons": [{"id": "', 'x', '"}]}')],
  ['one number', popolo, 'a.json.gz', () => bomb('{"persons": [{"id": ', '1', '}]}')],
  ['one object, which takes its time', popolo, 'a.json.gz', () => bomb('{"persons": [{"id": "a"', ',"a":1', '}]}', 18)],
  ['brackets, which takes its time', popolo, 'a.json.gz', () => bomb('{"persons": [', '[', '', 18)],
  ['blanks', wikidata, 'a.json.gz', () => bomb('{"entities":', ' ', '{}}')],
  ['one text', wikidata, 'a.json.gz', () => bomb('[{"id": "Q1", "labels": {"en": {"value": "', 'x', '"}}}]')],
  ['one key', claimreview, 'a.json.gz', () => bomb('{"@type": "ClaimReview", "', 'x', '": 1}')],
  ['one cell', claimreview, 'a.tsv.gz', () => bomb('url\tclaimReviewed\n', 'x')],
  ['one heading, which takes its time', claimreview, 'a.csv.gz', () => bomb('url,claimReviewed', ',x', '', 10)],
  ['one attribute', parlamint, 'a.xml.gz', () => bomb('<TEI xml:id="', 'x', '"/>')],
  ['one comment', parlamint, 'a.xml.gz', () => bomb('<TEI><!-- ', 'x', ' --></TEI>')],
  ['one DOCTYPE', parlamint, 'a.xml.gz', () => bomb('<!DOCTYPE TEI [', '<!ELEMENT a ANY>', ']><TEI/>')],
  ['elements, which takes its time', parlamint, 'a.xml.gz', () => bomb('<TEI>', '<a/>', '</TEI>')],
  ['open tags', parlamint, 'a.xml.gz', () => bomb('<TEI>', '<a>')],
  ['one text', article, 'a.txt.gz', () => bomb('', 'x')],
  ['text of Zstandard', article, 'a.txt.zst', () => zst(Array.from({ length: 10_000 }, () => ({ times: 100_000, byte: 0x20 })))],
  ['a front matter', article, 'a.md.gz', () => bomb('---\n', 'a: b\n', '---\n')],
];

describe('memory', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return (heapUsed + arrayBuffers) / 2 ** 20;
  };

  it.each(bombs.filter(([what]) => rounds.isLong || !what.includes('takes its time')))('is bounded: %s', async (_, format, name, bytes) => {
    const [file] = sourceOf({ [name]: bytes() }).files;
    if (!file) throw new Error('There is no file.');
    let most = 0;
    const before = held();
    async function* measured(pieces: AsyncIterable<string>): AsyncGenerator<string> {
      let read = 0;
      let next = 2 ** 20;
      for await (const piece of pieces) {
        yield piece;
        read += piece.length;
        if (read < next) continue;
        // Seldom, since all of the heap is looked at, and what is held can only grow.
        next = read + Math.max(2 ** 23, read / 2);
        // What is held when so much was read, and not what is waiting to be collected.
        most = Math.max(most, held() - before);
      }
    }
    const source = { name: 'input', files: [{ ...file, text: () => measured(file.text()) }] };
    const found = await readAll(format, source, { by: 'speech' });
    most = Math.max(most, held() - before);
    expect(most, 'MB').toBeLessThan(150);
    expect(found.entries.filter((entry) => 'record' in entry)).toEqual([]);
    expect(found.stopped ?? found.entries.find((entry) => 'problem' in entry)).toBeDefined();
  });
});

import type { Entry, Format, ReadOptions } from '../format.ts';
import { LeftNames } from '../reading/left-names.ts';
import type { ExchangeRecord } from '../record.ts';
import type { Source, SourceFile } from '../source.ts';
import type { Where } from '../unreadable.ts';
import { linked } from './linked.ts';
import { type Findings, Properties } from './properties.ts';
import { recordsOf } from './records.ts';
import { rows } from './table.ts';

// What fact checkers publish: schema.org ClaimReview. docs/formats/claimreview.md

const isTable = ({ name }: SourceFile) => /\.(csv|tsv)$/i.test(name);
const isJson = ({ name }: SourceFile) => /\.(json|jsonld|jsonl|ndjson)$/i.test(name);

export const claimreview: Format = {
  name: 'claimreview',
  description: 'Fact checks as schema.org ClaimReview: JSON-LD, a data feed, or a table (.csv, .tsv).',
  async *read(source: Source, options: ReadOptions) {
    const reader = new Reader(options);
    for (const file of source.files) {
      if (isTable(file)) for await (const { at, thing } of rows(file)) yield* reader.read(thing, at);
      else if (source.files.length === 1 || isJson(file)) yield* reader.readJson(file);
      else yield { at: { file: file.name }, left: 'files that are neither JSON nor a table', count: 1 };
    }
  },
};

/** How many records are remembered as given: those of a reviewer or an article come again with each of its claims. */
const remembered = 50_000;

class Reader {
  readonly #options: ReadOptions;
  readonly #names = new LeftNames();
  /** How many fields each had, by id. */
  readonly #given = new Map<string, number>();

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  async *readJson(file: SourceFile): AsyncGenerator<Entry> {
    for await (const found of linked(file)) {
      if ('thing' in found) yield* this.read(found.thing, found.at);
      else if ('other' in found) yield { at: found.at, left: this.#names.of('other things', found.other), count: 1 };
      else yield found;
    }
  }

  *read(thing: object, at: Where): Generator<Entry> {
    const findings: Findings = { problems: [], left: [] };
    const records = recordsOf(new Properties('ClaimReview', thing, findings), this.#options);
    for (const problem of findings.problems) yield { at, problem };
    for (const record of records) {
      if (record.type === 'Statement' || this.#saysMore(record)) yield { at, record };
    }
    for (const { kind, property } of findings.left) yield { at, left: this.#names.of(kind, property), count: 1 };
  }

  /** Whether it says more than what was given under its id: an article may be named before it is read. */
  #saysMore(record: ExchangeRecord): boolean {
    const length = Object.keys(record).length;
    const id = record.id ?? '';
    if (length <= (this.#given.get(id) ?? 0)) return false;
    if (this.#given.size >= remembered) this.#given.clear();
    this.#given.set(id, length);
    return true;
  }
}

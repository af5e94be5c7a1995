import { stringify } from 'csv-stringify/sync';
import type { Output } from '../format.ts';
import type { NamesSeen } from '../writing/names-seen.ts';

export type Cell = string | number | boolean | undefined;

/** One file: its columns by their headings, and what a row of each says. */
export interface Sheet<Row> {
  file: string;
  columns: Readonly<Record<string, (row: Row, names: NamesSeen) => Cell>>;
}

export function sheet<Row>(file: string, columns: Sheet<Row>['columns']): Sheet<Row> {
  return { file, columns };
}

/** Spreadsheets take a file for UTF-8 only when it starts with this. */
const byteOrderMark = '\uFEFF';

/** How many characters of rows are held before they are written. */
const longest = 64 * 1024;

/** Writes rows to their files, as RFC 4180 has it. */
export class Sheets {
  readonly #output: Output;
  readonly #names: NamesSeen;
  readonly #pending = new Map<string, { rows: Cell[][]; length: number }>();

  constructor(output: Output, names: NamesSeen) {
    this.#output = output;
    this.#names = names;
  }

  /** Writes the headings: a file without rows has them too. */
  async start({ file, columns }: Pick<Sheet<never>, 'file' | 'columns'>): Promise<void> {
    await this.#output.write(byteOrderMark + format([Object.keys(columns)]), file);
  }

  async add<Row>({ file, columns }: Sheet<Row>, row: Row): Promise<void> {
    const pending = this.#pending.get(file) ?? { rows: [], length: 0 };
    this.#pending.set(file, pending);
    const cells = Object.values(columns).map((cell) => cell(row, this.#names));
    pending.rows.push(cells);
    for (const cell of cells) pending.length += typeof cell === 'string' ? cell.length + 3 : 8;
    if (pending.length > longest) await this.#flush(file);
  }

  async end(): Promise<void> {
    for (const file of this.#pending.keys()) await this.#flush(file);
  }

  async #flush(file: string): Promise<void> {
    const pending = this.#pending.get(file);
    this.#pending.delete(file);
    if (pending) await this.#output.write(format(pending.rows), file);
  }
}

function format(rows: Cell[][]): string {
  return stringify(rows, {
    record_delimiter: '\r\n',
    // A line break of another kind than that between rows needs quotes too.
    quoted_match: /[\r\n]/,
    // A text that starts like a formula would be run by the spreadsheet: it gets an apostrophe in front.
    escape_formulas: true,
    cast: { boolean: (value) => (value ? 'yes' : 'no') },
  });
}

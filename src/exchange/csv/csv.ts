import type { Format, Output } from '../format.ts';
import type { ExchangeCitation, ExchangeEvent, ExchangeMembership, ExchangeName, ExchangeRecord, ExchangeStatement } from '../record.ts';
import { NamesSeen } from '../writing/names-seen.ts';
import { Tally } from '../writing/tally.ts';
import * as link from './links.ts';
import * as noun from './nouns.ts';
import { Sheets } from './sheet.ts';

// Tables for spreadsheets, one file a noun and a kind of link. docs/formats/csv.md

const sheets = [...Object.values(noun), ...Object.values(link)];

export const csv: Format = {
  name: 'csv',
  description: 'Tables for a spreadsheet, in a folder: one file for each kind of record and link.',
  files: sheets.map(({ file }) => file),
  async write(records: AsyncIterable<ExchangeRecord>, output: Output) {
    const writer = new Writer(output);
    await writer.start();
    for await (const record of records) await writer.add(record);
    await writer.end();
    return writer.left.counts;
  },
};

type CitationsOf = 'event' | 'membership' | 'participation' | 'link';

class Writer {
  readonly left = new Tally();
  readonly #names = new NamesSeen();
  readonly #sheets: Sheets;

  constructor(output: Output) {
    this.#sheets = new Sheets(output, this.#names);
  }

  async start(): Promise<void> {
    for (const sheet of sheets) await this.#sheets.start(sheet);
  }

  async end(): Promise<void> {
    await this.#sheets.end();
  }

  async add(record: ExchangeRecord): Promise<void> {
    switch (record.type) {
      case 'Place':
        this.#see(record.id, record.name, record.names);
        return this.#sheets.add(noun.places, record);
      case 'Organization':
        this.#see(record.id, record.name, record.names);
        await this.#sheets.add(noun.organizations, record);
        return this.#memberships(record.id, record.memberships);
      case 'Person':
        this.#see(record.id, record.name, record.names);
        await this.#sheets.add(noun.people, record);
        return this.#memberships(record.id, record.memberships);
      case 'Document':
        this.#see(record.id, record.title ?? record.url);
        this.left.has('texts of documents', record.text);
        return this.#sheets.add(noun.documents, record);
      case 'Event':
        this.#see(record.id, Object.values(record.title)[0], record.aliases);
        return this.#event(record);
      case 'Statement':
        return this.#statement(record);
    }
  }

  /** Of other names, the sheets have the name alone. */
  #see(id: string | undefined, name: string | undefined, others: readonly ExchangeName[] = []): void {
    this.#names.see(id, name);
    this.left.has('kinds of other names', others);
    for (const { language, script, startDate, endDate } of others) {
      this.left.has('languages of other names', language);
      this.left.has('scripts of other names', script);
      if (startDate !== undefined || endDate !== undefined) this.left.add('dates of other names');
    }
  }

  async #memberships(on: string | undefined, memberships: readonly ExchangeMembership[] = []): Promise<void> {
    for (const each of memberships) {
      await this.#sheets.add(link.memberships, { ...each, on });
      await this.#citations('membership', each.id, each.citations);
    }
  }

  async #event(event: ExchangeEvent): Promise<void> {
    await this.#sheets.add(noun.events, event);
    await this.#citations('event', event.id, event.citations);
    for (const each of event.participations ?? []) {
      await this.#sheets.add(link.participations, { ...each, on: event.id });
      await this.#citations('participation', each.id, each.citations);
    }
    await this.#links('event', event.id, event.links);
  }

  async #statement(statement: ExchangeStatement): Promise<void> {
    const on = statement.id;
    await this.#sheets.add(noun.statements, statement);
    for (const each of statement.translations ?? []) await this.#sheets.add(link.translations, { ...each, on });
    for (const each of statement.appearances ?? []) {
      await this.#sheets.add(link.appearances, { ...each, on });
      const pieces = [...each.content, ...(each.cue ?? []), ...(each.source ?? [])];
      this.left.add('places of spans in their texts', pieces.filter(({ start }) => start !== undefined).length);
    }
    for (const each of statement.reviews ?? []) await this.#sheets.add(link.reviews, { ...each, on, statement: statement.text });
    await this.#links('statement', on, statement.links);
  }

  async #links(of: 'event' | 'statement', on: string | undefined, links: ExchangeEvent['links'] | ExchangeStatement['links']) {
    for (const each of links ?? []) {
      await this.#sheets.add(link.links, { ...each, of, on });
      await this.#citations('link', each.id, each.citations);
    }
  }

  async #citations(of: CitationsOf, on: string | undefined, citations: readonly ExchangeCitation[] = []): Promise<void> {
    for (const each of citations) {
      await this.#sheets.add(link.citations, { ...each, of, on });
      this.left.add('places of spans in their texts', (each.evidence ?? []).filter(({ start }) => start !== undefined).length);
    }
  }
}

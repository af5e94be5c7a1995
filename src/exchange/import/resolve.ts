import { decodeGlobalId } from '../../builder.ts';
import type { RecordStatus } from '../../generated/prisma/enums.ts';
import { mergeable } from '../../mutation/input.ts';
import type { Transaction } from '../../record/values.ts';
import type { Held } from '../../statements/write.ts';
import type { ExchangeIdentifier, Ref } from '../record.ts';
import type { Named } from './given.ts';
import type { Model, Unit } from './unit.ts';

// Which records are meant: by UUID, by identifier, by URL; of what was merged, the one that it was merged into.

export interface Found {
  model: Model;
  id: string;
  status: RecordStatus;
  /** Of a membership. */
  held?: Held;
}

interface Row extends Found {
  mergedIntoId: string | null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const columns = {
  personId: 'Person',
  organizationId: 'Organization',
  placeId: 'Place',
  eventId: 'Event',
  documentId: 'Document',
  statementId: 'Statement',
} as const satisfies Record<string, Model>;

/**
 * The UUID in an id as a source may give it: a UUID, or an id of the API.
 * @throws {RangeError} when it is neither, or that of another model.
 */
export function uuidOf(model: Model, id: string): string {
  const small = id.toLowerCase();
  if (uuid.test(small)) return small;
  try {
    const decoded = decodeGlobalId(id);
    if (decoded.typename === model) return decoded.id;
  } catch {
    // Told below.
  }
  throw new RangeError(`"${id.slice(0, 60)}" is neither a UUID nor the id of a ${model}.`);
}

/** What names a record, in the words of a message. */
export function nameOf(ref: Ref): string {
  if ('id' in ref) return `the id ${ref.id}`;
  return 'url' in ref ? `the URL ${ref.url}` : `the identifier ${ref.identifier.scheme} ${ref.identifier.value}`;
}

/** The same, with the id as the database has it. @throws {RangeError} */
export function readable(named: Named): Named {
  const { model, ref } = named;
  return 'id' in ref ? { ...named, ref: { id: uuidOf(model, ref.id) } } : named;
}

/** What a noun may be found again by. */
export function identityOf({ given }: Unit): { identifiers: readonly ExchangeIdentifier[]; url: string | undefined } {
  return {
    identifiers: ('identifiers' in given && given.identifiers) || [],
    url: 'url' in given ? given.url : undefined,
  };
}

/** All that names a unit itself. Its id becomes the one that the database has. @throws {RangeError} */
export function namesOf(unit: Unit): { model: Model; ref: Ref }[] {
  const { model, given } = unit;
  if (given.id !== undefined) given.id = uuidOf(model, given.id);
  const { identifiers, url } = identityOf(unit);
  return [
    ...(given.id === undefined ? [] : [{ model, ref: { id: given.id } }]),
    ...identifiers.map((identifier) => ({ model, ref: { identifier } })),
    ...(url === undefined ? [] : [{ model, ref: { url } }]),
  ];
}

const identifierKey = ({ scheme, value }: ExchangeIdentifier) => `${scheme} ${value}`;

/** The records that a batch names. All that it is asked for has to be loaded before. */
export class Resolver {
  readonly #tx: Transaction;
  /** What is in the database, by its UUID. */
  readonly #rows = new Map<string, Row>();
  /** Whether a record of the database, or one of this batch, holds it. */
  readonly #identifiers = new Map<string, { model: Model; id: string }>();
  readonly #urls = new Map<string, string>();
  /** What this batch makes. */
  readonly #made = new Map<string, Found>();

  constructor(tx: Transaction) {
    this.#tx = tx;
  }

  /** Looks up what is named, in few statements, and keeps others from merging or removing it until the transaction ends. */
  async load(wanted: Iterable<{ model: Model; ref: Ref }>): Promise<void> {
    const ids = new Map<Model, Set<string>>();
    const identifiers = new Map<string, ExchangeIdentifier>();
    const urls = new Set<string>();
    const want = (model: Model, id: string) => ids.set(model, (ids.get(model) ?? new Set()).add(id));
    for (const { model, ref } of wanted) {
      if ('id' in ref) want(model, ref.id);
      else if ('url' in ref) urls.add(ref.url);
      else identifiers.set(identifierKey(ref.identifier), ref.identifier);
    }
    for (const { model, id, key } of await this.#lookUpIdentifiers([...identifiers.values()])) {
      this.#identifiers.set(key, { model, id });
      want(model, id);
    }
    for (const { id, url } of await this.#lookUpUrls([...urls])) {
      this.#urls.set(url, id);
      want('Document', id);
    }
    for (const [model, each] of ids) await this.#lookUpIds(model, [...each]);
  }

  async #lookUpIdentifiers(identifiers: readonly ExchangeIdentifier[]) {
    if (identifiers.length === 0) return [];
    const rows = await this.#tx.$queryRawUnsafe<Record<string, string | null>[]>(
      `SELECT i."scheme", i."value", ${Object.keys(columns)
        .map((column) => `i."${column}"::text`)
        .join(', ')}
       FROM unnest($1::text[], $2::text[]) AS w ("scheme", "value")
       JOIN "Identifier" AS i ON i."scheme" = w."scheme" AND i."value" = w."value"`,
      identifiers.map(({ scheme }) => scheme),
      identifiers.map(({ value }) => value),
    );
    return rows.flatMap((row) =>
      Object.entries(columns).flatMap(([column, model]) => {
        const id = row[column];
        return id ? [{ model, id, key: identifierKey(row as unknown as ExchangeIdentifier) }] : [];
      }),
    );
  }

  async #lookUpUrls(urls: readonly string[]): Promise<{ id: string; url: string }[]> {
    if (urls.length === 0) return [];
    return this.#tx.$queryRawUnsafe('SELECT id::text, "url" FROM "Document" WHERE "url" = ANY ($1::text[])', urls);
  }

  async #lookUpIds(model: Model, ids: readonly string[]): Promise<void> {
    const more =
      model === 'Membership'
        ? `"personId"::text, "memberOrganizationId"::text, "startDate", "endDate", "startEarliest", "endLatest"`
        : mergeable.has(model)
          ? '"mergedIntoId"::text'
          : 'NULL::text AS "mergedIntoId"';
    const asked = ids.filter((id) => !this.#rows.has(id));
    if (asked.length === 0) return;
    // The dates of a membership must stay too, lest it no longer fit as a capacity. In one order, lest two wait for each other.
    const rows = await this.#tx.$queryRawUnsafe<(Held & { id: string; status: RecordStatus; mergedIntoId?: string | null })[]>(
      `SELECT id::text, "status"::text, ${more} FROM "${model}" WHERE id = ANY ($1::uuid[]) ORDER BY id
       ${model === 'Membership' ? 'FOR SHARE' : 'FOR KEY SHARE'}`,
      asked,
    );
    for (const { id, status, mergedIntoId = null, ...held } of rows) {
      this.#rows.set(id, { model, id, status, mergedIntoId, ...(model === 'Membership' ? { held } : {}) });
    }
    const survivors = rows.flatMap(({ mergedIntoId }) => (mergedIntoId ? [mergedIntoId] : []));
    if (survivors.length > 0) await this.#lookUpIds(model, survivors);
  }

  /** The record that is meant; undefined when there is none. */
  find(model: Model, ref: Ref): Found | undefined {
    if ('id' in ref) return this.#byId(model, ref.id);
    if ('url' in ref) return this.#byId('Document', this.#urls.get(ref.url) ?? '');
    const holder = this.#identifiers.get(identifierKey(ref.identifier));
    return holder && holder.model === model ? this.#byId(model, holder.id) : undefined;
  }

  /** The model of the record that holds an identifier, whatever was expected. */
  holderOf(identifier: ExchangeIdentifier): Model | undefined {
    return this.#identifiers.get(identifierKey(identifier))?.model;
  }

  /** Whether the database has it, as opposed to this batch. */
  isThere(id: string): boolean {
    return this.#rows.has(id);
  }

  /** The record itself, even if it was merged into another. */
  itself(model: Model, id: string): Found | undefined {
    const row = this.#rows.get(id);
    return row?.model === model ? row : undefined;
  }

  #byId(model: Model, id: string): Found | undefined {
    const made = this.#made.get(id);
    if (made) return made.model === model ? made : undefined;
    const row = this.itself(model, id) as Row | undefined;
    return row?.mergedIntoId ? this.#byId(model, row.mergedIntoId) : row;
  }

  /** A record that this batch makes, with what names it. */
  make(found: Found, identifiers: readonly ExchangeIdentifier[] = [], url?: string): void {
    this.#made.set(found.id, found);
    for (const each of identifiers) this.#identifiers.set(identifierKey(each), found);
    if (url !== undefined) this.#urls.set(url, found.id);
  }

  /** A record of the database that got another status. */
  change(id: string, status: RecordStatus): void {
    const row = this.#rows.get(id);
    if (row) row.status = status;
  }

  /** What this batch was to make under one id is there under another. */
  rename(id: string, found: Found): void {
    this.#made.set(id, found);
  }

  /** What was to be made, and can't be. */
  unmake(id: string): void {
    this.#made.delete(id);
  }
}

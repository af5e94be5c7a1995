import type {
  ExchangeAppearance,
  ExchangeCitation,
  ExchangeDocument,
  ExchangeEvent,
  ExchangeMembership,
  ExchangeOrganization,
  ExchangePerson,
  ExchangePlace,
  ExchangeRecord,
  ExchangeReview,
  ExchangeStatement,
} from '../record.ts';
import type { Where } from '../unreadable.ts';

// A record with its links, taken apart: what is written, refused, updated or put off by itself.

/** What is given of a record of each model. */
export interface Given {
  Place: ExchangePlace;
  Organization: ExchangeOrganization;
  Person: ExchangePerson;
  Document: ExchangeDocument;
  Event: ExchangeEvent;
  Statement: ExchangeStatement;
  Membership: ExchangeMembership;
  Participation: NonNullable<ExchangeEvent['participations']>[number];
  EventLink: NonNullable<ExchangeEvent['links']>[number];
  Appearance: ExchangeAppearance;
  Review: ExchangeReview;
  StatementLink: NonNullable<ExchangeStatement['links']>[number];
  Citation: ExchangeCitation;
}

export type Model = keyof Given;

/** In the order in which they are written: none refers to one of a later model. */
export const models: readonly Model[] = [
  'Place',
  'Organization',
  'Person',
  'Membership',
  'Document',
  'Event',
  'Participation',
  'EventLink',
  'Statement',
  'Appearance',
  'Review',
  'StatementLink',
  'Citation',
];

export const nouns: ReadonlySet<Model> = new Set<Model>(['Place', 'Organization', 'Person', 'Document', 'Event', 'Statement']);

/** The record that a link hangs on. */
export interface Owner {
  model: Model;
  /** Its UUID, once it is known. */
  id?: string;
}

export interface Unit<M extends Model = Model> {
  model: M;
  /** What is given of it, its links left out. */
  given: Given[M];
  at: Where;
  /** Where it stands in its line, such as `memberships[2]`; empty for the noun itself. */
  path: string;
  /** Absent for a noun. */
  owner?: Unit | Owner;
  /** Its UUID, once it is known. */
  id?: string;
}

/** The lists of links in a record, each with the model of its links. */
const lists: Readonly<Partial<Record<Model, Readonly<Record<string, Model>>>>> = {
  Organization: { memberships: 'Membership' },
  Person: { memberships: 'Membership' },
  Membership: { citations: 'Citation' },
  Event: { participations: 'Participation', links: 'EventLink', citations: 'Citation' },
  Participation: { citations: 'Citation' },
  EventLink: { citations: 'Citation' },
  Statement: { appearances: 'Appearance', reviews: 'Review', links: 'StatementLink' },
  StatementLink: { citations: 'Citation' },
};

/** A record and its links, each after what it hangs on. */
export function unitsOf(record: ExchangeRecord, at: Where): Unit[] {
  const { type, ...given } = record;
  return take(type, given, at, '', undefined);
}

/** A unit that was kept, and what hangs on it. */
export function unitsOfLink(model: Model, given: object, at: Where, path: string, owner: Owner | undefined): Unit[] {
  return take(model, given, at, path, owner);
}

function take(model: Model, given: object, at: Where, path: string, owner: Unit | Owner | undefined): Unit[] {
  const rest: Record<string, unknown> = { ...given };
  // The shapes are those of the model: what is left out is its links.
  const unit = { model, given: rest, at, path, ...(owner ? { owner } : {}) } as unknown as Unit;
  const units: Unit[] = [unit];
  for (const [list, of] of Object.entries(lists[model] ?? {})) {
    const links = rest[list] as object[] | undefined;
    delete rest[list];
    for (const [i, link] of (links ?? []).entries()) units.push(...take(of, link, at, `${path && `${path}.`}${list}[${i}]`, unit));
  }
  return units;
}

/** The same as it was read: the unit with all that hangs on it, to be read again later. */
export function gather(unit: Unit, units: readonly Unit[]): object {
  const whole: Record<string, unknown> = { ...unit.given };
  for (const [list, of] of Object.entries(lists[unit.model] ?? {})) {
    const links = units.filter((each) => each.owner === unit && each.model === of);
    if (links.length > 0) whole[list] = links.map((link) => gather(link, units));
  }
  return whole;
}

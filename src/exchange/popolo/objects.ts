import { pickLanguage } from '../../language.ts';
import { present } from '../reading/fields.ts';
import type { ExchangeIdentifier, ExchangeMembership, ExchangeName, ExchangeRecord, Ref } from '../record.ts';
import { refText } from '../writing/reference.ts';
import type { Tally } from '../writing/tally.ts';
import { nameNotes } from './parts.ts';

// From a record to an object of Popolo.

export type PopoloObject = Readonly<Record<string, unknown>>;

type Noun = Extract<ExchangeRecord, { type: 'Place' | 'Organization' | 'Person' | 'Event' }>;

/** The languages of which one is written where Popolo has room for one. */
const preferred = ['en', 'fr', 'es', 'de'];

/** The object of a place, organization, person or event, without its memberships. What isn't carried is counted. */
export function objectOf(record: ExchangeRecord, tally: Tally): PopoloObject {
  switch (record.type) {
    case 'Place':
      return { ...common(record, tally), ...placeFields(record, tally) };
    case 'Organization':
      return {
        ...common(record, tally),
        ...present({
          classification: record.classification,
          parent_id: refText(record.parent),
          founding_date: iso(record.foundingDate, 'Organization.foundingDate', tally),
          dissolution_date: iso(record.dissolutionDate, 'Organization.dissolutionDate', tally),
          abstract: oneOf(record.summary, 'Organization.summary', tally),
        }),
      };
    case 'Person':
      return {
        ...common(record, tally),
        ...present({
          sort_name: record.sortName,
          given_name: record.givenName,
          family_name: record.familyName,
          gender: record.gender,
          birth_date: iso(record.birthDate, 'Person.birthDate', tally),
          death_date: iso(record.deathDate, 'Person.deathDate', tally),
          summary: oneOf(record.summary, 'Person.summary', tally),
        }),
      };
    case 'Event':
      return { ...common(record, tally), ...eventFields(record, tally) };
    default:
      throw new RangeError(`Popolo has no ${record.type}.`);
  }
}

/** A membership of a person or an organization. Popolo says what a member is by having the whole of it; its id and type are enough. */
export function membershipObject(member: ExchangeRecord, membership: ExchangeMembership, tally: Tally): PopoloObject {
  tally.has('Membership.citations', membership.citations);
  tellCommon('Membership', membership, tally);
  const memberId = 'identifiers' in member ? idOf(member) : member.id;
  return present({
    id: membership.id,
    ...(member.type === 'Person' ? { person_id: memberId } : { member: { '@type': 'Organization', id: memberId } }),
    organization_id: refText(membership.organization),
    on_behalf_of_id: refText(membership.onBehalfOf),
    role: membership.role,
    label: membership.label,
    start_date: iso(membership.startDate, 'Membership.startDate', tally),
    end_date: iso(membership.endDate, 'Membership.endDate', tally),
  });
}

function common(record: Noun, tally: Tally): PopoloObject {
  tellCommon(record.type, record, tally);
  const names = record.type === 'Event' ? record.aliases : record.names;
  return present({
    id: idOf(record),
    name: record.type === 'Event' ? oneOf(record.title, 'Event.title', tally) : record.name,
    other_names: names?.map((each) => otherName(each, record.type, tally)),
    identifiers: record.identifiers?.map(({ scheme, value }) => ({ scheme, identifier: value })),
  });
}

function placeFields(record: Extract<Noun, { type: 'Place' }>, tally: Tally): PopoloObject {
  tally.has('Place.precision', record.precision);
  const { latitude, longitude } = record;
  const isPoint = latitude !== undefined && longitude !== undefined;
  return present({
    type: record.kind?.toLowerCase().replaceAll('_', ' '),
    parent_id: refText(record.parent),
    geometry: isPoint ? { type: 'Point', coordinates: [longitude, latitude] } : undefined,
  });
}

function eventFields(record: Extract<Noun, { type: 'Event' }>, tally: Tally): PopoloObject {
  for (const name of ['eventType', 'mode', 'auxiliaryMode', 'participations', 'links', 'citations'] as const) {
    tally.has(`Event.${name}`, record[name]);
  }
  return present({
    description: oneOf(record.description, 'Event.description', tally),
    classification: record.classification,
    start_date: iso(record.date, 'Event.date', tally),
    end_date: iso(record.endDate, 'Event.endDate', tally),
    area_id: refText(record.place),
    parent_id: refText(record.parent),
  });
}

function otherName({ name, kind, language, script, startDate, endDate }: ExchangeName, type: string, tally: Tally): PopoloObject {
  tally.has(`${type}.names.script`, script);
  const note = Object.entries(nameNotes).find(([, each]) => each === kind && kind !== 'ALIAS')?.[0];
  return present({
    name,
    lang: language,
    note,
    start_date: iso(startDate, `${type}.names.startDate`, tally),
    end_date: iso(endDate, `${type}.names.endDate`, tally),
  });
}

function tellCommon(type: string, record: { status?: string; retractionReason?: string; mergedInto?: Ref }, tally: Tally): void {
  if (record.status !== undefined && record.status !== 'PUBLISHED') tally.add(`${type}.status`);
  tally.has(`${type}.retractionReason`, record.retractionReason);
  tally.has(`${type}.mergedInto`, record.mergedInto);
}

/** Popolo's dates are ISO 8601: years, months and days. */
function iso(date: string | undefined, name: string, tally: Tally): string | undefined {
  if (date === undefined || /^\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?$/.test(date)) return date;
  tally.add(`${name} that is not a plain date`);
  return undefined;
}

/** One of the languages of a text: Popolo doesn't say which. */
function oneOf(texts: Readonly<Record<string, string>> | undefined, name: string, tally: Tally): string | undefined {
  const languages = Object.keys(texts ?? {});
  tally.add(`${name} in further languages`, languages.length - 1);
  const language = pickLanguage(languages, preferred);
  return language === undefined ? undefined : texts?.[language];
}

function idOf({ id, identifiers: [first] = [] }: { id?: string; identifiers?: readonly ExchangeIdentifier[] }): string | undefined {
  return id ?? (first && refText({ identifier: first }));
}

import { z } from 'zod';
import type { PlaceKind } from '../../generated/prisma/enums.ts';
import { Fields, lookUp, present } from '../reading/fields.ts';
import type { Findings } from '../reading/findings.ts';
import type { ExchangeRecord } from '../record.ts';
import type { Where } from '../unreadable.ts';
import type { PopoloClass } from './classes.ts';
import type { Identity } from './identity.ts';
import type { Memberships } from './memberships.ts';
import { code, identifiers, otherNames, placeOf, refId, text } from './parts.ts';

// From an object of Popolo to a record. docs/formats/popolo.md has the tables.

export interface Reading {
  identity: Identity;
  memberships: Memberships;
  findings: Findings;
  /** The language of what says none. */
  language: string | undefined;
  /** The objects that were read, to tell those that come twice. */
  seen: Set<string>;
}

export type Noun = Exclude<PopoloClass, 'memberships' | 'posts'>;

/** The words for types of areas that are kinds of places; another is left. */
export const placeKinds: Readonly<Record<string, PlaceKind | undefined>> = {
  country: 'COUNTRY',
  region: 'REGION',
  city: 'CITY',
  town: 'CITY',
  village: 'CITY',
  constituency: 'ADMINISTRATIVE_AREA',
  district: 'ADMINISTRATIVE_AREA',
  province: 'ADMINISTRATIVE_AREA',
  state: 'ADMINISTRATIVE_AREA',
  county: 'ADMINISTRATIVE_AREA',
  department: 'ADMINISTRATIVE_AREA',
  municipality: 'ADMINISTRATIVE_AREA',
  'administrative area': 'ADMINISTRATIVE_AREA',
  facility: 'FACILITY',
  building: 'FACILITY',
};

const point = z.object({ type: z.literal('Point'), coordinates: z.array(z.number()).min(2) }, { error: 'it is not a point of GeoJSON' });

/** The record of an object; undefined, and a problem is told, when it has no name or was there before. */
export function recordOf(kind: Noun, at: Where, value: object, reading: Reading): ExchangeRecord | undefined {
  const { identity, findings, seen } = reading;
  const fields = new Fields(value, kind, placeOf(at, value), findings);
  const id = fields.take('id', code);
  const name = fields.take('name', text)?.trim();
  if (name === undefined) {
    findings.problem(fields.at, `${kind}.name is missing: it was left out.`);
    return undefined;
  }
  const recordId = identity.id(kind, id, name);
  if (seen.has(recordId)) {
    findings.problem(
      fields.at,
      `Another of the ${kind} has ${id === undefined ? `the name "${name}"` : `the id "${id}"`}: this one was left out.`,
    );
    return undefined;
  }
  seen.add(recordId);
  const names = otherNames(fields, kind, name, findings);
  const common: Pick<ExchangeRecord, 'id'> = present({
    id: recordId,
    identifiers: some(identifiers(fields, kind, identity.identifier(kind, id), findings)),
    [kind === 'events' ? 'aliases' : 'names']: some(names),
  });
  const record: ExchangeRecord = { ...readers[kind](fields, name, id, reading), ...common };
  fields.leaveRest();
  return record;
}

const readers: Readonly<Record<Noun, (fields: Fields, name: string, id: string | undefined, reading: Reading) => ExchangeRecord>> = {
  persons: (fields, name, id, { memberships, language }) => {
    // Those that stand in the person were gathered before.
    fields.take('memberships', z.unknown());
    return present({
      type: 'Person',
      name,
      sortName: fields.take('sort_name', text),
      givenName: fields.take('given_name', text),
      familyName: fields.take('family_name', text),
      gender: fields.take('gender', text),
      birthDate: fields.date('birth_date', text),
      deathDate: fields.date('death_date', text),
      summary: localized(fields, ['summary', 'biography'], language),
      memberships: some(memberships.of('persons', id)),
    });
  },
  organizations: (fields, name, id, { identity, memberships, language }) => {
    const parent = refId(fields, 'parent');
    return present({
      type: 'Organization',
      name,
      classification: fields.take('classification', text),
      parent: parent === undefined ? undefined : identity.ref('organizations', parent),
      foundingDate: fields.date('founding_date', text),
      dissolutionDate: fields.date('dissolution_date', text),
      summary: localized(fields, ['abstract', 'description'], language),
      memberships: some(memberships.of('organizations', id)),
    });
  },
  areas: (fields, name, _id, { identity }) => {
    const parent = refId(fields, 'parent');
    const [longitude, latitude] = fields.take('geometry', point)?.coordinates ?? [];
    return present({
      type: 'Place',
      name,
      kind: placeKind(fields),
      parent: parent === undefined ? undefined : identity.ref('areas', parent),
      latitude,
      longitude,
    });
  },
  events: (fields, name, _id, { identity, language }) => {
    const parent = refId(fields, 'parent');
    const area = refId(fields, 'area');
    return present({
      type: 'Event',
      title: { [language ?? 'und']: name },
      description: localized(fields, ['description'], language),
      classification: fields.take('classification', text),
      date: fields.date('start_date', text),
      endDate: fields.date('end_date', text),
      place: area === undefined ? undefined : identity.ref('areas', area),
      parent: parent === undefined ? undefined : identity.ref('events', parent),
    });
  },
};

function placeKind(fields: Fields): PlaceKind | undefined {
  for (const name of ['type', 'classification']) {
    const word = fields.take(name, text);
    const kind = lookUp(placeKinds, word?.toLowerCase().replaceAll('_', ' '));
    if (kind) return kind;
    fields.leave(name);
  }
  return undefined;
}

/** The first of these fields that has a text, when its language is known; the others are left. */
function localized(fields: Fields, names: readonly string[], language: string | undefined): Record<string, string> | undefined {
  if (language === undefined) return undefined;
  for (const name of names) {
    const found = fields.take(name, text);
    if (found !== undefined) return { [language]: found };
  }
  return undefined;
}

function some<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

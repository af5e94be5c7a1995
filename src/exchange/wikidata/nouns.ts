import { z } from 'zod';
import type { GeoPrecision } from '../../generated/prisma/enums.ts';
import { stableId } from '../ids.ts';
import { type Fields, lookUp, present } from '../reading/fields.ts';
import type { Findings } from '../reading/findings.ts';
import type { ExchangeIdentifier, ExchangeRecord, Ref } from '../record.ts';
import type { Index } from './index-of-entities.ts';
import type { Kind } from './kinds.ts';
import { membershipsOf } from './memberships.ts';
import { nameOf, otherNames, summaryOf, type Terms } from './names.ts';
import { type Claims, itemOf, textOf } from './statements.ts';
import { dateOf } from './time.ts';

// From an entity to a record. docs/formats/wikidata.md has the tables.

/** An entity that was looked at. */
export interface Entity {
  id: string;
  fields: Fields;
  terms: Terms;
  claims: Claims;
  findings: Findings;
}

export const idOf = (qid: string) => stableId('wikidata', qid);
/** By the identifier, since the record may have been there before, with an id of its own. */
export const refTo = (qid: string): Ref => ({ identifier: { scheme: 'wikidata', value: qid } });

const genders: Readonly<Record<string, string>> = {
  Q6581097: 'male',
  Q6581072: 'female',
  Q1097630: 'intersex',
  Q1052281: 'trans woman',
  Q2449503: 'trans man',
  Q48270: 'non-binary',
};

/** The schemes of the identifiers that are carried, by property. */
const schemes: Readonly<Record<string, string>> = {
  P214: 'viaf',
  P213: 'isni',
  P227: 'gnd',
  P244: 'lcnaf',
  P268: 'bnf',
  P269: 'idref',
  P496: 'orcid',
  P646: 'freebase',
  P2671: 'google-kg',
  P2002: 'twitter',
  P345: 'imdb',
  P1566: 'geonames',
  P297: 'iso-3166-1',
  P298: 'iso-3166-1-alpha-3',
  P300: 'iso-3166-2',
};

/** The record of an entity; undefined when it has no label. */
export function recordOf(
  entity: Entity,
  kind: Exclude<Kind, { type: 'other' }>,
  index: Index,
  language?: string,
): ExchangeRecord | undefined {
  const { id, terms, claims } = entity;
  const label = nameOf(terms, language);
  if (!label) return undefined;
  const common = {
    id: idOf(id),
    name: label.name,
    ...present({ names: some(otherNames(entity, label)) }),
    identifiers: identifiersOf(id, claims),
  };
  if (kind.type === 'Place') {
    entity.findings.left('descriptions', 'of places', Object.keys(terms.descriptions).length);
    return { type: 'Place', ...common, ...present({ kind: kind.kind, parent: placeAround(entity, index) }), ...coordinates(claims) };
  }
  const summary = summaryOf(entity);
  const memberships = some(membershipsOf(entity, kind.type, index));
  if (kind.type === 'Person') {
    return {
      type: 'Person',
      ...common,
      ...present({
        gender: claims.one('P21', ({ mainsnak }) => lookUp(genders, itemOf(mainsnak))),
        birthDate: claims.one('P569', dateOf),
        deathDate: claims.one('P570', dateOf),
        summary,
        memberships,
      }),
    };
  }
  return {
    type: 'Organization',
    ...common,
    ...present({
      classification: kind.classification,
      parent: parentOrganization(entity, index),
      foundingDate: claims.one('P571', dateOf),
      dissolutionDate: claims.one('P576', dateOf),
      summary,
      memberships,
    }),
  };
}

function identifiersOf(id: string, claims: Claims): ExchangeIdentifier[] {
  const all = [{ scheme: 'wikidata', value: id }];
  for (const [property, scheme] of Object.entries(schemes)) {
    for (const { mainsnak } of claims.all(property)) {
      const value = textOf(mainsnak)?.trim();
      if (value === undefined) claims.leave(property, 'no value');
      else if (!all.some((each) => each.scheme === scheme && each.value === value)) all.push({ scheme, value });
    }
  }
  return all;
}

/** The place around one, when it is in the source too: what isn't there would keep this one out as well. */
function placeAround({ id, claims }: Entity, index: Index): Ref | undefined {
  return firstIn(['P131', 'P17'], id, claims, (each) => index.typeOf(each) === 'Place');
}

function parentOrganization({ id, claims }: Entity, index: Index): Ref | undefined {
  return firstIn(['P749', 'P361'], id, claims, (each) => index.typeOf(each) === 'Organization');
}

function firstIn(properties: readonly string[], self: string, claims: Claims, fits: (id: string) => boolean): Ref | undefined {
  let found: string | undefined;
  for (const property of properties) {
    const targets = claims.best(property).map(({ mainsnak }) => itemOf(mainsnak));
    for (const target of targets) {
      if (target !== undefined && target !== self && found === undefined && fits(target)) found = target;
      else claims.leave(property);
    }
  }
  return found === undefined ? undefined : refTo(found);
}

const globeCoordinate = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  precision: z.number().nullish(),
  globe: z.string().regex(/\/Q2$/, 'it is not on Earth'),
});

/** How closely they fit, by the precision in degrees: about 100 metres, about 10 kilometres, or less. */
function coordinates(claims: Claims): { latitude?: number; longitude?: number; precision?: GeoPrecision } {
  const text = claims.one('P625', ({ mainsnak }) => {
    const { data } = globeCoordinate.safeParse(mainsnak.datavalue?.value);
    return data && JSON.stringify(data);
  });
  if (text === undefined) return {};
  const { latitude, longitude, precision } = globeCoordinate.parse(JSON.parse(text));
  if (!precision) return { latitude, longitude };
  return { latitude, longitude, precision: precision <= 0.001 ? 'EXACT' : precision <= 0.1 ? 'NEAR' : 'AREA' };
}

export function some<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

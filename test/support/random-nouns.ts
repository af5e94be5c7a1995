import { GeoPrecision, Medium, NameKind, PlaceKind, QuoteType, SpeechAct } from '../../src/generated/prisma/enums.ts';
import type { Random, RandomDate } from './chance.ts';

// What random records hold of their own; their relations are drawn in random.ts.

/** The values of an enum. */
export const valuesOf = <T extends string>(all: Readonly<Record<string, T>>): T[] => Object.values(all);

const plover = [
  ['CONSULT', 'VISIT'],
  ['CONSULT', undefined],
  ['RETREAT', 'WITHDRAW'],
  ['SANCTION', 'WITHDRAW'],
  ['MOBILIZE', 'TROOPS'],
  ['ASSAULT', 'DRONE'],
] as const;

/** Two dates, or one, or none, of which the second is not before the first. */
export function someDates(r: Random): { start?: RandomDate; end?: RandomDate } {
  const [start, end] = [r.maybe(0.75, () => r.date()), r.maybe(0.5, () => r.date())];
  return start?.earliest && end?.latest && end.latest < start.earliest ? { start: end, end: start } : { start, end };
}

function someNames(r: Random) {
  return r.list(r.below(3), () => {
    const { start, end } = someDates(r);
    return {
      name: r.words(1 + r.below(2)),
      kind: r.pick(valuesOf(NameKind)),
      language: r.maybe(0.7, () => r.language()),
      script: r.maybe(0.5, () => r.pick(['Arab', 'Latn'])),
      startDate: start?.edtf,
      endDate: end?.edtf,
    };
  });
}

export function someIdentifiers(r: Random) {
  return r.list(r.below(4), () => ({ scheme: r.pick(['wikidata', 'wikidata', 'viaf', 'isni']), value: `Q${r.below(1e9)}` }));
}

export function aPerson(r: Random) {
  const { start, end } = someDates(r);
  return {
    name: r.words(2),
    sortName: r.words(1 + r.below(2)),
    givenName: r.maybe(0.5, () => r.words(1)),
    familyName: r.maybe(0.5, () => r.words(1)),
    gender: r.maybe(0.6, () => r.pick(['female', 'male', 'Female'])),
    birthDate: start?.edtf,
    deathDate: end?.edtf,
    summary: r.maybe(0.6, () => r.localized()),
    names: someNames(r),
    identifiers: someIdentifiers(r),
  };
}

export function anOrganization(r: Random) {
  const { start, end } = someDates(r);
  return {
    name: r.words(2),
    classification: r.maybe(0.7, () => r.pick(['state', 'State', 'news agency', '100% _'])),
    foundingDate: start?.edtf,
    dissolutionDate: end?.edtf,
    summary: r.maybe(0.6, () => r.localized()),
    names: someNames(r),
    identifiers: someIdentifiers(r),
  };
}

export function aPlace(r: Random) {
  const located = r.chance(0.7);
  return {
    name: r.words(2),
    kind: r.maybe(0.8, () => r.pick(valuesOf(PlaceKind))),
    latitude: located ? r.pick([-90, 0, 90, 33.3, -r.below(90), r.below(90)]) : undefined,
    longitude: located ? r.pick([-180, 0, 180, 44.4, r.below(360) - 180]) : undefined,
    precision: located ? r.maybe(0.8, () => r.pick(valuesOf(GeoPrecision))) : undefined,
    names: someNames(r),
    identifiers: someIdentifiers(r),
  };
}

export function anEvent(r: Random) {
  const { start, end } = someDates(r);
  const [type, mode] = r.maybe(0.8, () => r.pick(plover)) ?? [];
  return {
    title: r.localized(),
    description: r.maybe(0.5, () => r.localized()),
    type,
    mode,
    auxiliaryMode: r.maybe(0.4, () => r.pick(['FUTURE', 'NEGATION'] as const)),
    classification: r.maybe(0.6, () => r.pick(['air strike', 'Air Strike', 'talks'])),
    date: start?.edtf,
    endDate: end?.edtf,
    aliases: someNames(r),
    identifiers: someIdentifiers(r),
  };
}

export function aDocument(r: Random) {
  const url = r.maybe(0.7, () => `https://example.org/${r.uuid()}?q=100%25_${r.below(9)}`);
  return {
    url,
    title: url && r.chance(0.3) ? undefined : r.text(),
    language: r.maybe(0.8, () => r.language()),
    kind: r.maybe(0.8, () => r.pick(['NEWS_ARTICLE', 'SOCIAL_MEDIA_POSTING', 'TRANSCRIPT'] as const)),
    publishedAt: r.maybe(0.8, () => r.date().edtf),
    text: r.maybe(0.7, () => r.list(5, () => r.text()).join('\n')),
    archivedUrl: r.maybe(0.3, () => `https://archive.example/${r.uuid()}`),
    identifiers: someIdentifiers(r),
  };
}

export function aStatement(r: Random) {
  const isTranslation = r.chance(0.3);
  return {
    text: r.text(),
    language: r.language(),
    isTranslation,
    originalLanguage: isTranslation ? r.maybe(0.6, () => r.language()) : undefined,
    quoteType: r.pick(valuesOf(QuoteType)),
    speechAct: r.maybe(0.7, () => r.pick(valuesOf(SpeechAct))),
    medium: r.maybe(0.7, () => r.pick(valuesOf(Medium))),
    translations: r.list(r.below(3), () => ({ language: r.language(), text: r.text() })),
    identifiers: someIdentifiers(r),
  };
}

export function aReview(r: Random) {
  const [worst, best] = r.pick([
    [1, 5],
    [0, 1],
    [-1, 1],
    [0, 100],
  ] as const);
  const rating = r.maybe(0.8, () => r.pick(['False', 'false', 'Mostly true', 'Pants on fire!', '100% _']));
  const ratingValue = rating === undefined || r.chance(0.7) ? worst + ((best - worst) * r.below(5)) / 4 : undefined;
  return {
    rating,
    ratingValue,
    bestRating: r.maybe(0.6, () => best),
    worstRating: r.maybe(0.6, () => worst),
    date: r.maybe(0.8, () => r.date().edtf),
  };
}

/** A stretch of a text, of whole characters; of one that isn't kept, any words. */
export function aSpan(r: Random, text: string | undefined) {
  if (text === undefined) return { exact: r.text() };
  const characters = [...text];
  const from = r.below(characters.length - 1);
  const start = characters.slice(0, from).join('').length;
  return { start, exact: characters.slice(from, from + 1 + r.below(20)).join('') };
}

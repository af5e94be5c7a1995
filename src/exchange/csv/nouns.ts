import type { ExchangeDocument, ExchangeEvent, ExchangeOrganization, ExchangePerson, ExchangePlace, ExchangeStatement } from '../record.ts';
import { refText } from '../writing/reference.ts';
import { actor, common, identifiers, localized, merged, otherNames, referring, several } from './cells.ts';
import { sheet } from './sheet.ts';

// One sheet a noun.

export const places = sheet<ExchangePlace>('places.csv', {
  ...common,
  name: ({ name }) => name,
  kind: ({ kind }) => kind,
  ...referring('parent', ({ parent }) => parent),
  latitude: ({ latitude }) => latitude,
  longitude: ({ longitude }) => longitude,
  precision: ({ precision }) => precision,
  ...otherNames,
  ...identifiers,
  ...merged,
});

export const organizations = sheet<ExchangeOrganization>('organizations.csv', {
  ...common,
  name: ({ name }) => name,
  classification: ({ classification }) => classification,
  ...referring('parent', ({ parent }) => parent),
  founding_date: ({ foundingDate }) => foundingDate,
  dissolution_date: ({ dissolutionDate }) => dissolutionDate,
  ...localized('summary', 'other_summaries', ({ summary }) => summary),
  ...otherNames,
  ...identifiers,
  ...merged,
});

export const people = sheet<ExchangePerson>('people.csv', {
  ...common,
  name: ({ name }) => name,
  sort_name: ({ sortName }) => sortName,
  given_name: ({ givenName }) => givenName,
  family_name: ({ familyName }) => familyName,
  gender: ({ gender }) => gender,
  birth_date: ({ birthDate }) => birthDate,
  death_date: ({ deathDate }) => deathDate,
  ...localized('summary', 'other_summaries', ({ summary }) => summary),
  ...otherNames,
  ...identifiers,
  ...merged,
});

export const documents = sheet<ExchangeDocument>('documents.csv', {
  ...common,
  title: ({ title }) => title,
  url: ({ url }) => url,
  language: ({ language }) => language,
  kind: ({ kind }) => kind,
  ...referring('publisher', ({ publisher }) => publisher),
  published_at: ({ publishedAt }) => publishedAt,
  ...several('author_ids', 'authors', ({ authors }) => authors),
  archived_url: ({ archivedUrl }) => archivedUrl,
  ...referring('derived_from', ({ derivedFrom }) => derivedFrom),
  ...identifiers,
  ...merged,
});

export const events = sheet<ExchangeEvent>('events.csv', {
  ...common,
  ...localized('title', 'other_titles', ({ title }) => title),
  ...localized('description', 'other_descriptions', ({ description }) => description),
  event_type: ({ eventType }) => eventType,
  mode: ({ mode }) => mode,
  auxiliary_mode: ({ auxiliaryMode }) => auxiliaryMode,
  classification: ({ classification }) => classification,
  date: ({ date }) => date,
  end_date: ({ endDate }) => endDate,
  ...referring('place', ({ place }) => place),
  ...referring('parent', ({ parent }) => parent),
  other_names: ({ aliases }, names) => otherNames.other_names?.({ names: aliases }, names),
  ...identifiers,
  ...merged,
});

export const statements = sheet<ExchangeStatement>('statements.csv', {
  ...common,
  text: ({ text }) => text,
  language: ({ language }) => language,
  is_translation: ({ isTranslation }) => isTranslation ?? false,
  original_language: ({ originalLanguage }) => originalLanguage,
  quote_type: ({ quoteType }) => quoteType,
  speech_act: ({ speechAct }) => speechAct,
  ...actor('speaker', ({ speaker }) => speaker),
  attribution_text: ({ attributionText }) => attributionText,
  capacity_id: ({ capacity }) => refText(capacity),
  ...actor('addressee', ({ addressee }) => addressee),
  medium: ({ medium }) => medium,
  ...referring('outlet', ({ outlet }) => outlet),
  ...referring('venue', ({ venue }) => venue),
  date: ({ date }) => date,
  ...several('about_ids', 'about', ({ about }) => about),
  ...identifiers,
});

import type {
  ExchangeAppearance,
  ExchangeCitation,
  ExchangeEvent,
  ExchangeMembership,
  ExchangeReview,
  ExchangeStatement,
} from '../record.ts';
import { refText } from '../writing/reference.ts';
import { actor, common, referring, spans } from './cells.ts';
import { sheet } from './sheet.ts';

// One sheet a kind of link. A row has the id of the record that the link hangs on.

/** A link, and the id of the record or link that it hangs on. */
export type On<Link> = Link & { on: string | undefined };

type Participation = NonNullable<ExchangeEvent['participations']>[number];
type Translation = NonNullable<ExchangeStatement['translations']>[number];
type Link = NonNullable<ExchangeEvent['links']>[number] | NonNullable<ExchangeStatement['links']>[number];

/** Two columns: the id of the record that the link hangs on, and its name. */
const hangingOn = (column: string) =>
  referring<{ on: string | undefined }>(column, ({ on }) => (on === undefined ? undefined : { id: on }));

export const memberships = sheet<On<ExchangeMembership>>('memberships.csv', {
  ...common,
  ...hangingOn('member'),
  ...referring('organization', ({ organization }) => organization),
  role: ({ role }) => role,
  label: ({ label }) => label,
  ...referring('on_behalf_of', ({ onBehalfOf }) => onBehalfOf),
  start_date: ({ startDate }) => startDate,
  end_date: ({ endDate }) => endDate,
});

export const participations = sheet<On<Participation>>('participations.csv', {
  ...common,
  ...hangingOn('event'),
  ...actor('participant', ({ participant }) => participant),
  role: ({ role }) => role,
  note: ({ note }) => note,
});

/** Of events to events, and of statements to statements. */
export const links = sheet<On<Link> & { of: 'event' | 'statement' }>('links.csv', {
  ...common,
  of: ({ of }) => of,
  ...hangingOn('from'),
  kind: ({ kind }) => kind,
  ...referring('to', ({ to }) => to),
});

export const translations = sheet<On<Translation>>('translations.csv', {
  statement_id: ({ on }) => on,
  language: ({ language }) => language,
  text: ({ text }) => text,
  ...referring('document', ({ document }) => document),
});

export const appearances = sheet<On<ExchangeAppearance>>('appearances.csv', {
  ...common,
  statement_id: ({ on }) => on,
  ...referring('document', ({ document }) => document),
  printed_text: ({ printedText }) => printedText,
  language: ({ language }) => language,
  is_translation: ({ isTranslation }) => isTranslation ?? false,
  relayed_from_id: ({ relayedFrom }) => refText(relayedFrom),
  content: ({ content }) => spans(content),
  cue: ({ cue }) => spans(cue),
  source: ({ source }) => spans(source),
});

export const reviews = sheet<On<ExchangeReview> & { statement: string }>('reviews.csv', {
  ...common,
  statement_id: ({ on }) => on,
  statement: ({ statement }) => statement,
  ...referring('document', ({ document }) => document),
  ...actor('reviewer', ({ reviewer }) => reviewer),
  rating: ({ rating }) => rating,
  rating_value: ({ ratingValue }) => ratingValue,
  best_rating: ({ bestRating }) => bestRating,
  worst_rating: ({ worstRating }) => worstRating,
  date: ({ date }) => date,
});

/** The evidence for events, and for links. */
export const citations = sheet<On<ExchangeCitation> & { of: 'event' | 'membership' | 'participation' | 'link' }>('citations.csv', {
  ...common,
  of: ({ of }) => of,
  of_id: ({ on }) => on,
  ...referring('document', ({ document }) => document),
  evidence: ({ evidence }) => spans(evidence),
});

import { createHash } from 'node:crypto';
import type { DocumentKind } from '../../generated/prisma/enums.ts';
import type { ReadOptions } from '../format.ts';
import { stableId } from '../ids.ts';
import type { ExchangeAppearance, ExchangeDocument, ExchangeRecord, ExchangeReview } from '../record.ts';
import { reviewer, speaker } from './actor.ts';
import type { Properties } from './properties.ts';
import { ratingOf } from './rating.ts';

/** Who said it when the review doesn't tell: the words of an editor, hence the brackets. A statement needs some. */
export const notNamed = '[not named by the review]';

/**
 * The records of one claim review, in an order in which none refers to a later one.
 * @returns none when it can't be told apart, said or read, which is told as a problem.
 */
export function recordsOf(review: Properties, options: ReadOptions): ExchangeRecord[] {
  const text = review.text('claimReviewed');
  const [url, ...more] = review.addresses('url');
  for (const _further of more) review.leave('url');
  const language = review.language('inLanguage') ?? options.language;
  if (url === undefined) return review.refuse('It has no address (url), by which it would be found again');
  if (text === undefined) return review.refuse('It says no claim (claimReviewed)');
  if (language === undefined) return review.refuse('It says no language (inLanguage); give one with --language');

  const claim = { text, language, key: claimKey(url, text) };
  const [author, ...authors] = review.things('author', 'author', 'name');
  for (const _further of authors) review.leave('author');
  const by = author && reviewer(author, url);
  const date = review.date('datePublished');
  const title = review.text('headline') ?? review.text('name');
  const document: ExchangeDocument = {
    ...documentAt(url),
    ...(title !== undefined && { title }),
    language,
    ...(by && 'organization' in by.ref && { publisher: by.ref.organization }),
    ...(date !== undefined && { publishedAt: date }),
  };
  const rating = ratingOf(review);
  const rated: ExchangeReview = {
    id: stableId('claimreview', 'review', claim.key),
    document: { url },
    ...(by && { reviewer: by.ref }),
    ...rating,
    ...(date !== undefined && { date }),
  };
  const identifier = { scheme: 'claimreview', value: claim.key };
  const said = itemReviewed(review, claim);
  review.leaveRest();
  return [
    ...(by ? [by.record] : []),
    ...said.actors,
    document,
    ...said.documents,
    {
      type: 'Statement',
      id: stableId('identifier', identifier.scheme, identifier.value),
      text,
      language,
      // The reviewer's wording of it, which need not be that of whoever said it.
      quoteType: 'INDIRECT',
      ...said.fields,
      identifiers: [identifier],
      ...(rating && { reviews: [rated] }),
    },
  ];
}

/** One article may review several claims: the words tell them apart. A rating that is corrected leaves them as they are. */
function claimKey(url: string, text: string): string {
  return `${url}#${createHash('sha256').update(text.normalize('NFC').replace(/\s+/g, ' ')).digest('hex').slice(0, 16)}`;
}

interface Claim {
  text: string;
  language: string;
  key: string;
}

/** Who said it, when, and where: it stands on the claim, which may be the work itself in older reviews. */
function itemReviewed(review: Properties, claim: Claim) {
  const [item, ...items] = review.things('itemReviewed', 'itemReviewed', 'name');
  for (const _further of items) review.leave('itemReviewed');
  const [author, ...authors] = item?.things('author', 'itemReviewed.author', 'name') ?? [];
  for (const _further of authors) item?.leave('author');
  const by = author && speaker(author);
  const date = item?.date('datePublished');
  const works = item ? [...item.things('firstAppearance', 'appearance', 'url'), ...item.things('appearance', 'appearance', 'url')] : [];
  const documents = new Map(works.flatMap((work) => appeared(work)).map((document) => [document.id, document]));
  const appearances = [...documents.values()].map((document) => appearance(document, claim));
  item?.leaveRest();
  return {
    actors: by?.actor ? [by.actor.record] : [],
    documents: documents.values(),
    fields: {
      ...(by?.actor && { speaker: by.actor.ref }),
      attributionText: by?.printed ?? notNamed,
      ...(date !== undefined && { date }),
      ...(appearances.length > 0 && { appearances }),
    },
  };
}

const kinds: Readonly<Record<string, DocumentKind>> = {
  NewsArticle: 'NEWS_ARTICLE',
  SocialMediaPosting: 'SOCIAL_MEDIA_POSTING',
  Report: 'REPORT',
  Book: 'BOOK',
  WebPage: 'WEB_PAGE',
};

/** Where the claim appeared; a work without an address can't be found again. */
function appeared(work: Properties): ExchangeDocument[] {
  const url = work.addresses('url')[0] ?? work.address;
  const title = work.text('headline') ?? work.text('name');
  const language = work.language('inLanguage');
  const publishedAt = work.date('datePublished');
  const type = work.types.find((each) => Object.hasOwn(kinds, each));
  work.leaveRest();
  if (url === undefined) {
    work.leave('(without an address)');
    return [];
  }
  const known = { ...(title !== undefined && { title }), ...(language !== undefined && { language }), ...(publishedAt && { publishedAt }) };
  return [{ ...documentAt(url), ...known, ...(type !== undefined && { kind: kinds[type] }) }];
}

/** The words that the work printed are not known, but for those of the review. */
function appearance({ url = '' }: ExchangeDocument, { text, language, key }: Claim): ExchangeAppearance {
  return {
    id: stableId('claimreview', 'appearance', key, url),
    document: { url },
    printedText: text,
    language,
    content: [{ exact: text }],
  };
}

const documentAt = (url: string) => ({ type: 'Document' as const, id: stableId('url', url), url });

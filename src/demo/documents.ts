import type { DocumentInput } from '../documents/write.ts';
import { englishText, frenchText } from './dispatches.ts';
import { idsOf } from './ids.ts';
import { organization } from './organizations.ts';

const sources = {
  // A news report whose words are not the project's to print: the record keeps what it says, not its text.
  // Neither its title nor its publisher is known, nor the day in December 2021. The title is supplied, hence the brackets.
  article: {
    kind: 'NEWS_ARTICLE',
    title: '[La Coalition internationale met fin à ses missions de combat en Irak]',
    language: 'fr',
    publishedAt: '2021-12',
  },
} as const satisfies Record<string, DocumentInput>;

const source = idsOf('document', sources);

const dispatches = {
  'dispatch-fr': {
    kind: 'NEWS_ARTICLE',
    title: 'Irak : la Coalition cesse de combattre, les États-Unis gardent 2 500 soldats',
    language: 'fr',
    publisherId: organization('verbatim-project'),
    authors: [{ organization: organization('verbatim-project') }],
    publishedAt: '2026-11-23',
    text: frenchText,
    derivedFromId: source('article'),
  },
} as const satisfies Record<string, DocumentInput>;

const dispatch = idsOf('document', dispatches);

const relays = {
  'dispatch-en': {
    kind: 'NEWS_ARTICLE',
    title: 'Iraq: Coalition stops fighting, United States keeps 2,500 soldiers',
    language: 'en',
    publisherId: organization('verbatim-project'),
    authors: [{ organization: organization('verbatim-project') }],
    publishedAt: '2026-11-23',
    text: englishText,
    derivedFromId: dispatch('dispatch-fr'),
  },
} as const satisfies Record<string, DocumentInput>;

/** Each after the one that it is taken from. */
export const documents = { ...sources, ...dispatches, ...relays };

export const document = idsOf('document', documents);

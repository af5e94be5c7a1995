import type { ExchangeEvent } from '../record.ts';
import type { Where } from '../unreadable.ts';
import type { Corpus } from './corpus.ts';
import type { Notes } from './notes.ts';
import { childrenNamed, languageOf, localized, type Placed, periodOf, where, worded } from './tei.ts';

/** A term as it is emitted. */
export interface Term {
  at: Where;
  record: ExchangeEvent;
}

/** What a term of each is called here; in English, as all that the model leaves to free words. */
const classifications = new Map([
  ['parliament', 'legislative term'],
  ['government', 'government'],
]);

/** A legislative term, or the time of a government, with what it consists of. */
export function termOf(
  { element, file, language }: Placed,
  role: string | undefined,
  corpus: Corpus,
  notes: Notes,
  parent?: string,
): Term[] {
  const at = where(file, element);
  const inner = languageOf(element, language, file, notes);
  const labels = worded(childrenNamed(element, 'label', 'head'), { file, language: inner }, notes);
  const id = corpus.claim(element, file, notes);
  if (id === undefined) return [];
  const period = periodOf(element, `"${id}"`, file, notes);
  corpus.terms.add(id);
  const classification = classifications.get(role ?? '');
  return [
    {
      at,
      record: {
        type: 'Event',
        id: corpus.id('event', id),
        title: labels.length > 0 ? localized(labels, corpus.language ?? 'und') : { und: id },
        ...(classification && { classification }),
        ...(period?.from && { date: period.from.edtf }),
        ...(period?.to && { endDate: period.to.edtf }),
        ...(parent !== undefined && { parent: corpus.ref(parent) }),
        identifiers: [corpus.identifier(id)],
      },
    },
    ...childrenNamed(element, 'event').flatMap((each) => termOf({ element: each, file, language: inner }, role, corpus, notes, id)),
  ];
}

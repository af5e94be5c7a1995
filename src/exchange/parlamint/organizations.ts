import type { Entry } from '../format.ts';
import type { XmlElement } from '../reading/xml.ts';
import type { ExchangeName, ExchangeOrganization } from '../record.ts';
import type { Corpus } from './corpus.ts';
import { identifiersOf } from './identifiers.ts';
import type { Notes } from './notes.ts';
import {
  attribute,
  childrenNamed,
  elementsIn,
  inLanguage,
  languageOf,
  type Placed,
  periodOf,
  textOf,
  type Worded,
  where,
  worded,
} from './tei.ts';
import { type Term, termOf } from './terms.ts';

/** What is carried of an organization; the rest is counted. */
const known = ['orgName', 'event', 'idno', 'listEvent', 'org', 'listOrg', 'head'];

/**
 * The organizations of a list, those above others first.
 * @param terms takes the terms of parliaments and governments.
 */
export function* organizationsOf(list: Placed, corpus: Corpus, notes: Notes, terms: Term[], parent?: string): Generator<Entry> {
  for (const element of elementsIn(list.element)) {
    const here = { element, file: list.file, language: languageOf(element, list.language, list.file, notes) };
    if (element.name === 'listOrg') yield* organizationsOf(here, corpus, notes, terms, parent);
    else if (element.name === 'listRelation') {
      notes.left(where(list.file, element), 'relation between organizations', childrenNamed(element, 'relation').length);
    } else if (element.name === 'org') {
      const id = corpus.claim(element, list.file, notes);
      const record = id === undefined ? undefined : organizationOf(here, id, corpus, notes, terms, parent);
      if (record) yield { at: where(list.file, element), record };
      yield* notes.problems();
      // What stands in one that is left out is not.
      yield* organizationsOf({ ...here, element: nested(element) }, corpus, notes, terms, record ? id : parent);
    }
  }
}

function nested(element: XmlElement): XmlElement {
  return { ...element, children: childrenNamed(element, 'org', 'listOrg') };
}

function organizationOf(
  { element, file, language }: Placed,
  id: string,
  corpus: Corpus,
  notes: Notes,
  terms: Term[],
  parent: string | undefined,
): ExchangeOrganization | undefined {
  const at = where(file, element);
  const texts = worded(childrenNamed(element, 'orgName'), { file, language }, notes);
  const main = inLanguage(texts.filter(isFull), corpus.language) ?? texts[0];
  if (!main) {
    notes.problem(at, `The organization "${id}" has no name; it is left out.`);
    return undefined;
  }
  const role = attribute(element, 'role');
  corpus.organizations.set(id, role);
  for (const each of elementsIn(element)) if (!known.includes(each.name)) notes.left(where(file, each), `organization: ${each.name}`);
  const events = childrenNamed(element, 'event');
  const existence = events.find((each) => childrenNamed(each, 'label').some((label) => textOf(label).toLowerCase() === 'existence'));
  const lists = childrenNamed(element, 'listEvent').flatMap((each) => childrenNamed(each, 'event'));
  for (const each of [...events.filter((event) => event !== existence), ...lists]) {
    terms.push(...termOf({ element: each, file, language }, role, corpus, notes));
  }
  const existed = existence && periodOf(existence, `the existence of "${id}"`, file, notes);
  return {
    type: 'Organization',
    id: corpus.id('organization', id),
    name: main.text,
    ...(role && { classification: role }),
    ...(parent !== undefined && { parent: corpus.ref(parent) }),
    ...(existed?.from && { foundingDate: existed.from.edtf }),
    ...(existed?.to && { dissolutionDate: existed.to.edtf }),
    names: otherNames(texts, main, file, notes),
    identifiers: [corpus.identifier(id), ...identifiersOf(childrenNamed(element, 'idno'), file, corpus, notes)],
  };
}

const isFull = ({ element }: Worded) => !['abb', 'init'].includes(attribute(element, 'full') ?? 'yes');

/** Abbreviations, and the name in other languages; a name that it had for a time is a former one once that is over. */
function otherNames(texts: readonly Worded[], main: Worded, file: string, notes: Notes): ExchangeName[] {
  return texts.flatMap((each): ExchangeName[] => {
    const { element, text: name, language } = each;
    if (each === main || (name === main.text && (language === main.language || !isFull(each)))) return [];
    const period = periodOf(element, `the name "${name}"`, file, notes);
    if (!period) return [];
    const { from, to } = period;
    const said = { name, ...(language && { language }), ...(from && { startDate: from.edtf }), ...(to && { endDate: to.edtf }) };
    if (!isFull(each)) return [{ kind: 'ABBREVIATION', ...said }];
    if (to) return [{ kind: 'FORMER', ...said }];
    return [{ kind: language && language !== main.language ? 'TRANSLATION' : 'ALIAS', ...said }];
  });
}

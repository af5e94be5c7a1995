import type { Edtf } from '../../edtf.ts';
import type { Entry } from '../format.ts';
import type { XmlElement } from '../reading/xml.ts';
import type { ExchangePerson } from '../record.ts';
import type { Corpus } from './corpus.ts';
import { identifiersOf } from './identifiers.ts';
import { membershipsOf } from './memberships.ts';
import { personNames } from './names.ts';
import type { Notes } from './notes.ts';
import { attribute, childrenNamed, dateOf, elementsIn, languageOf, type Placed, where } from './tei.ts';

const known = ['persName', 'sex', 'birth', 'death', 'affiliation', 'idno'];

/** The people of a list, with the places that they hold. The organizations have to be known. */
export function* peopleOf(list: Placed, corpus: Corpus, notes: Notes): Generator<Entry> {
  corpus.hasPeople = true;
  for (const element of elementsIn(list.element)) {
    const here = { element, file: list.file, language: languageOf(element, list.language, list.file, notes) };
    if (element.name === 'listPerson') yield* peopleOf(here, corpus, notes);
    else if (element.name === 'person') {
      const record = personOf(here, corpus, notes);
      if (record) yield { at: where(list.file, element), record };
      yield* notes.problems();
    } else if (element.name !== 'head') notes.left(where(list.file, element), `list of people: ${element.name}`);
  }
}

function personOf({ element, file, language }: Placed, corpus: Corpus, notes: Notes): ExchangePerson | undefined {
  const at = where(file, element);
  const id = corpus.claim(element, file, notes);
  if (id === undefined) return undefined;
  const names = personNames(childrenNamed(element, 'persName'), { file, language }, corpus.language, notes);
  if (!names) {
    notes.problem(at, `The person "${id}" has no name; it is left out.`);
    return undefined;
  }
  for (const each of elementsIn(element)) if (!known.includes(each.name)) notes.left(where(file, each), `person: ${each.name}`);
  const gender = genderOf(childrenNamed(element, 'sex')[0]);
  const birth = dayOf(childrenNamed(element, 'birth'), `The date of birth of "${id}"`, file, notes);
  let death = dayOf(childrenNamed(element, 'death'), `The date of death of "${id}"`, file, notes);
  if (birth?.earliest && death?.latest && death.latest < birth.earliest) {
    notes.problem(at, `"${id}" died, on ${death.edtf}, before being born, on ${birth.edtf}; the date of death is left out.`);
    death = undefined;
  }
  const { memberships, places } = membershipsOf({ element, file, language }, id, corpus, notes);
  corpus.people.set(id, { name: names.name, places });
  return {
    type: 'Person',
    id: corpus.id('person', id),
    ...names,
    ...(gender && { gender }),
    ...(birth && { birthDate: birth.edtf }),
    ...(death && { deathDate: death.edtf }),
    identifiers: [corpus.identifier(id), ...identifiersOf(childrenNamed(element, 'idno'), file, corpus, notes)],
    memberships,
  };
}

/** In the words of Popolo; `U`, unknown, says nothing. */
function genderOf(sex: XmlElement | undefined): string | undefined {
  const value = sex && attribute(sex, 'value');
  return value === 'M' ? 'male' : value === 'F' ? 'female' : value === 'U' ? undefined : value;
}

function dayOf(elements: readonly XmlElement[], what: string, file: string, notes: Notes): Edtf | undefined {
  const [element, ...others] = elements;
  for (const each of others) notes.left(where(file, each), `person: further ${each.name}`);
  if (!element) return undefined;
  for (const each of elementsIn(element)) notes.left(where(file, each), `person: ${each.name} of ${element.name}`);
  const when = attribute(element, 'when');
  if (when === undefined) notes.left(where(file, element), `person: ${element.name} without a date`);
  return dateOf(when, what, where(file, element), notes) ?? undefined;
}

import type { XmlElement } from '../reading/xml.ts';
import type { ExchangeMembership } from '../record.ts';
import type { Corpus, HeldPlace } from './corpus.ts';
import type { Notes } from './notes.ts';
import { attribute, childrenNamed, elementsIn, inLanguage, languageOf, type Placed, periodOf, pointers, where, worded } from './tei.ts';

interface Memberships {
  memberships: ExchangeMembership[];
  /** Those from which the capacity of a speaker can be told. */
  places: HeldPlace[];
}

/** The affiliations of a person. One that can't be read is told and left out: without its end it would go on for ever. */
export function membershipsOf(person: Placed, personId: string, corpus: Corpus, notes: Notes): Memberships {
  const result: Memberships = { memberships: [], places: [] };
  const counts = new Map<string, number>();
  for (const element of childrenNamed(person.element, 'affiliation')) {
    const at = where(person.file, element);
    const organization = organizationOf(element, personId, person.file, corpus, notes);
    if (organization === undefined) continue;
    const period = periodOf(element, `an affiliation of "${personId}"`, person.file, notes);
    if (!period) continue;
    const { from, to } = period;
    if (attribute(element, 'ana')) notes.left(at, 'term of an affiliation (ana)');
    for (const each of elementsIn(element)) if (each.name !== 'roleName') notes.left(where(person.file, each), `affiliation: ${each.name}`);

    const role = attribute(element, 'role');
    // What a later version adds, the end and the label, is no part of it.
    const key = [personId, organization, role ?? '', from?.edtf ?? ''];
    const count = (counts.get(key.join('\n')) ?? 0) + 1;
    counts.set(key.join('\n'), count);
    const id = corpus.id('membership', ...key, String(count));
    const label = labelOf(element, person, corpus, notes);
    result.memberships.push({
      id,
      organization: corpus.ref(organization),
      ...(role && { role }),
      ...(label && { label }),
      ...(from && { startDate: from.edtf }),
      ...(to && { endDate: to.edtf }),
    });
    const of = corpus.organizations.get(organization);
    if (from && (of === 'parliament' || of === 'government')) result.places.push({ id, role, of, from, to });
  }
  return result;
}

function organizationOf(element: XmlElement, personId: string, file: string, corpus: Corpus, notes: Notes): string | undefined {
  const at = where(file, element);
  const ref = attribute(element, 'ref');
  const [id, ...others] = pointers(ref);
  if (ref === undefined) notes.left(at, 'affiliation that names no organization (ref)');
  else if (id === undefined || others.length > 0) {
    notes.problem(at, `The affiliation of "${personId}" does not point at one organization: "${ref}". It is left out.`);
  } else if (!corpus.organizations.has(id)) {
    notes.problem(at, `The affiliation of "${personId}" points at "${ref}", and there is no such organization. It is left out.`);
  } else return id;
  return undefined;
}

function labelOf(element: XmlElement, { file, language }: Placed, corpus: Corpus, notes: Notes): string | undefined {
  const inner = languageOf(element, language, file, notes);
  const labels = worded(childrenNamed(element, 'roleName'), { file, language: inner }, notes);
  const label = inLanguage(labels, corpus.language);
  notes.left(where(file, element), 'label of an affiliation in another language', Math.max(0, labels.length - 1));
  return label?.text;
}

import type { XmlElement } from '../reading/xml.ts';
import type { ExchangeName, ExchangePerson } from '../record.ts';
import type { Notes } from './notes.ts';
import { elementsIn, inLanguage, type Period, periodOf, textOf, type Worded, worded } from './tei.ts';

type PersonNames = Pick<ExchangePerson, 'name' | 'sortName' | 'givenName' | 'familyName' | 'names'>;

/**
 * The names of a person: the one that is borne now, in the language of the corpus, and the others.
 * @returns undefined when there is none.
 */
export function personNames(
  elements: readonly XmlElement[],
  here: { file: string; language: string | undefined },
  corpusLanguage: string | undefined,
  notes: Notes,
): PersonNames | undefined {
  const dated = worded(elements, here, notes).flatMap((each) => {
    const period = periodOf(each.element, `the name "${spoken(each)}"`, here.file, notes);
    return period ? [{ ...each, name: spoken(each), period }] : [];
  });
  const current = dated.filter(({ period }) => !period.to);
  const main = inLanguage(latest(current.length > 0 ? current : dated), corpusLanguage);
  if (!main) return undefined;
  const { given, family } = partsOf(main.element);
  return {
    name: main.name,
    ...(family !== '' && { sortName: given === '' ? family : `${family}, ${given}`, familyName: family }),
    ...(given !== '' && { givenName: given }),
    names: dated.flatMap((each) => (each === main || each.name === main.name ? [] : [otherName(each, main)])),
  };
}

interface Dated extends Worded {
  name: string;
  period: Period;
}

/** The parts as they come, with spaces between them. */
function spoken({ element, text }: Worded): string {
  const parts = elementsIn(element).map(textOf);
  const isAllInParts = element.children.every((child) => typeof child !== 'string' || child.trim() === '');
  return parts.length > 0 && isAllInParts ? parts.filter((part) => part !== '').join(' ') : text;
}

/** Those that began last; all, when none says when. */
function latest(names: readonly Dated[]): Dated[] {
  const began = ({ period }: Dated) => period.from?.earliest?.getTime() ?? Number.NEGATIVE_INFINITY;
  const last = Math.max(...names.map(began));
  return names.filter((each) => began(each) === last);
}

/** What stands before a surname, such as “van”, belongs to it; so does what joins two. */
function partsOf(element: XmlElement): { given: string; family: string } {
  const texts = (...names: string[]) =>
    elementsIn(element)
      .filter(({ name }) => names.includes(name))
      .map(textOf)
      .filter((text) => text !== '')
      .join(' ');
  return { given: texts('forename'), family: texts('surname') === '' ? '' : texts('surname', 'nameLink') };
}

function otherName({ name, language, period: { from, to } }: Dated, main: Dated): ExchangeName {
  const said = { name, ...(language && { language }), ...(from && { startDate: from.edtf }), ...(to && { endDate: to.edtf }) };
  if (to) return { ...said, kind: 'FORMER' };
  if (!language || !main.language || language === main.language) return { ...said, kind: 'ALIAS' };
  const script = new Intl.Locale(language).script;
  const isSameLanguage = new Intl.Locale(language).language === new Intl.Locale(main.language).language;
  return script && isSameLanguage ? { ...said, kind: 'TRANSLITERATION', script } : { ...said, kind: 'TRANSLATION' };
}

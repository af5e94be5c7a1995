import type { Entry, Format, ReadOptions } from '../format.ts';
import type { XmlElement } from '../reading/xml.ts';
import type { Source } from '../source.ts';
import { Unreadable } from '../unreadable.ts';
import { componentOf } from './component.ts';
import { Corpus } from './corpus.ts';
import { type Plan, planOf, readOrTell } from './files.ts';
import { Notes } from './notes.ts';
import { organizationsOf } from './organizations.ts';
import { peopleOf } from './people.ts';
import { elementsIn, find, idOf, inLanguage, type Placed, worded } from './tei.ts';
import type { Term } from './terms.ts';

export const parlamint: Format = {
  name: 'parlamint',
  description: 'ParlaMint: debates of a parliament in TEI, with its members and parties',
  read,
};

/**
 * Organizations, people, terms, and of each component the transcript, the sitting and what was said.
 * @throws {Unreadable} when the source has no TEI, or its corpus root can't be read.
 */
async function* read(source: Source, options: ReadOptions): AsyncGenerator<Entry> {
  const notes = new Notes();
  const plan = await planOf(source, notes);
  yield* notes.all();
  const corpus = await corpusOf(plan, options);
  const terms: Term[] = [];
  for (const list of plan.lists) if (list.element.name === 'taxonomy') readSpeakerTypes(list, corpus, notes);
  for (const list of plan.lists) if (list.element.name === 'listOrg') yield* organizationsOf(list, corpus, notes, terms);
  for (const list of plan.lists) if (list.element.name === 'listPerson') yield* peopleOf(list, corpus, notes);
  yield* terms;
  yield* notes.all();
  if (!corpus.hasPeople && plan.components.length > 0) {
    yield { at: { file: source.name }, problem: 'There is no list of people (listPerson); speakers are given as texts.' };
  }
  // They are known by now, in short.
  plan.lists = [];

  for (const file of plan.components) {
    const element = await readOrTell(file, notes);
    if (element?.name === 'TEI') yield* componentOf(element, file.name, corpus, notes);
    else if (element) notes.problem({ file: file.name }, `This is a <${element.name}>, not a <TEI>; it is left out.`);
    yield* notes.all();
  }
}

/** @throws {Unreadable} when the scheme can't be one. */
async function corpusOf({ root, lists, components }: Plan, options: ReadOptions): Promise<Corpus> {
  const [list] = lists;
  const named = options.scheme ?? schemeOf(root ? idOf(root.element) : ((list && idOf(list.element)) ?? components[0]?.name));
  if (!/^[a-z][a-z0-9._-]*$/.test(named)) {
    throw new Unreadable(`"${named}" can't be a scheme of identifiers. Write it in lower case, such as parlamint-es.`, {
      file: root?.file ?? list?.file ?? '',
    });
  }
  return new Corpus(named, root?.language ?? list?.language, options);
}

/** Such as `parlamint-es` for `ParlaMint-ES`, `ParlaMint-ES-listPerson` and `2015/ParlaMint-ES_2015-01-20.xml`. */
function schemeOf(id: string | undefined): string {
  const name = (id ?? '').replace(/^.*[/\\]|[_.].*$|-(?:list|taxonomy).*$/g, '').toLowerCase();
  return name.replace(/[^a-z0-9.-]/g, '-').replace(/^[^a-z]+/, '') || 'parlamint';
}

/** What the taxonomies call the kinds of speakers. */
function readSpeakerTypes({ element, file, language }: Placed, corpus: Corpus, notes: Notes): void {
  for (const category of categoriesIn(element)) {
    const id = idOf(category);
    const terms = find(category, 'catDesc').flatMap((each) => {
      const [tag] = worded([each], { file, language }, notes);
      return worded(find(each, 'term'), { file, language: tag?.language }, notes);
    });
    const term = inLanguage(terms, corpus.language)?.text;
    if (id !== undefined && term && ['chair', 'regular', 'guest'].includes(id)) corpus.speakerTypes.set(id, term);
  }
}

function categoriesIn(element: XmlElement): XmlElement[] {
  return elementsIn(element).flatMap((each) => (each.name === 'category' ? [each, ...categoriesIn(each)] : []));
}

import type { Edtf } from '../../edtf.ts';
import type { Entry } from '../format.ts';
import { orderedId } from '../ids.ts';
import type { XmlElement } from '../reading/xml.ts';
import type { ExchangeStatement, Ref } from '../record.ts';
import { capacityOf } from './capacity.ts';
import type { Corpus } from './corpus.ts';
import type { Notes } from './notes.ts';
import { attribute, idOf, pointers, where } from './tei.ts';
import { instantOf, type Paragraph, type Speech } from './transcript.ts';

/** What the records of one component share. */
export interface Sitting {
  /** The xml:id of the component, or the name of its file. */
  id: string;
  file: string;
  document: Ref;
  event: Ref;
  /** The day, or the days; undefined when it isn't known. */
  time: Edtf | undefined;
}

type Said = Pick<ExchangeStatement, 'speaker' | 'attributionText' | 'capacity'>;

/** What is to become a statement. */
interface Unit {
  element: XmlElement;
  /** What it is found by: its xml:id, or its number in what it is part of. */
  name: string;
  paragraphs: readonly Paragraph[];
  language: string | undefined;
}

/** The statements of a component: its speeches, or their paragraphs. */
export function* statementsOf(speeches: readonly Speech[], sitting: Sitting, corpus: Corpus, notes: Notes): Generator<Entry> {
  const names = new Set<string>();
  const untold = new Set<string>();
  let position = 0;
  for (const speech of speeches) {
    const said = attributionOf(speech, sitting, corpus, notes, untold);
    for (const unit of corpus.by === 'speech' ? [whole(speech, sitting)] : paragraphsOf(speech, sitting)) {
      const at = where(sitting.file, unit.element);
      const paragraphs = unit.paragraphs.filter(({ words }) => words.trim() !== '');
      if (names.has(unit.name)) notes.problem(at, `The xml:id "${idOf(unit.element)}" is that of another; this is left out.`);
      else if (paragraphs.length === 0) notes.left(at, `${corpus.by} without words`);
      else if (!said) notes.left(at, `${corpus.by} of which nothing says who spoke`);
      else yield { at, record: statementOf({ ...unit, paragraphs }, speech, said, sitting, corpus, position) };
      names.add(unit.name);
      position += 1;
    }
    yield* notes.problems();
  }
}

function whole(speech: Speech, sitting: Sitting): Unit {
  const { element, paragraphs } = speech;
  // The language in which all of it was said, if there is one.
  const [language, ...others] = new Set(paragraphs.filter(({ words }) => words.trim() !== '').map((each) => each.language));
  return { element, name: nameOf(speech, sitting), paragraphs, language: others.length === 0 ? language : speech.language };
}

function paragraphsOf(speech: Speech, sitting: Sitting): Unit[] {
  return speech.paragraphs.map((paragraph, i) => {
    const { element, language } = paragraph;
    const id = element === speech.element ? undefined : idOf(element);
    const name = id === undefined ? `${nameOf(speech, sitting)}#p${i + 1}` : within(id, sitting);
    return { element, name, paragraphs: [paragraph], language };
  });
}

function nameOf({ element, number }: Speech, sitting: Sitting): string {
  const id = idOf(element);
  return id === undefined ? `${sitting.id}#u${number}` : within(id, sitting);
}

/** An xml:id is unique in its file only, unless it begins with that of the component. */
function within(id: string, sitting: Sitting): string {
  return id.startsWith(sitting.id) ? id : `${sitting.id}#${id}`;
}

function statementOf(unit: Unit, { note }: Speech, said: Said, sitting: Sitting, corpus: Corpus, position: number): ExchangeStatement {
  const { name, paragraphs, language = corpus.unsaid } = unit;
  const text = paragraphs.map(({ words }) => words).join('\n');
  const id = (kind: string) => orderedId(instantOf(sitting.time), position, corpus.scheme, kind, name);
  return {
    type: 'Statement',
    id: id('statement'),
    text,
    language,
    quoteType: 'DIRECT',
    ...said,
    medium: 'DEBATE',
    ...(sitting.time && { date: sitting.time.edtf }),
    about: [{ event: sitting.event }],
    identifiers: [corpus.identifier(name)],
    appearances: [
      {
        id: id('appearance'),
        document: sitting.document,
        printedText: text,
        language,
        content: paragraphs.flatMap(({ spans }) => spans),
        ...(note && { source: [note] }),
      },
    ],
  };
}

/**
 * Who spoke: the person, if the lists have one, and the words by which the source names the speaker. Without
 * either, what the taxonomy calls such a speaker: often nobody but the chair is left unnamed.
 * @returns undefined when nothing says it.
 */
function attributionOf(speech: Speech, { file, time }: Sitting, corpus: Corpus, notes: Notes, untold: Set<string>): Said | undefined {
  const { element, note } = speech;
  const who = attribute(element, 'who');
  const [id, ...others] = pointers(who);
  const [type] = pointers(attribute(element, 'ana'));
  const printed = note && { attributionText: note.exact };
  const person = id !== undefined && others.length === 0 ? corpus.people.get(id) : undefined;
  if (id !== undefined && person) {
    if (type !== undefined) notes.left(where(file, element), 'kind of speaker (ana)');
    const capacity = capacityOf(person.places, type, time);
    return { speaker: { person: corpus.ref(id) }, ...printed, ...(capacity && { capacity: { id: capacity } }) };
  }
  if (id !== undefined && others.length === 0 && corpus.organizations.has(id)) {
    return { speaker: { organization: corpus.ref(id) }, ...printed };
  }
  if (who !== undefined && others.length === 0 && corpus.hasPeople && !untold.has(who)) {
    untold.add(who);
    notes.problem(where(file, element), `"${who}" (who) is nobody in the list of people; the speaker is given as a text.`);
  }
  if (others.length > 0) notes.left(where(file, element), 'speaker of a speech of several');
  const names = pointers(who).map((each) => corpus.people.get(each)?.name ?? each);
  if (printed) return printed;
  if (who !== undefined) return { attributionText: names.length > 0 ? names.join(', ') : who };
  return type === undefined ? undefined : { attributionText: corpus.speakerTypes.get(type) ?? type };
}

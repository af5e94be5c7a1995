import { basename } from 'node:path/posix';
import { type Edtf, parseEdtf } from '../../edtf.ts';
import type { Entry } from '../format.ts';
import type { XmlElement } from '../reading/xml.ts';
import type { ExchangeDocument, ExchangeEvent, ExchangePlace, Ref } from '../record.ts';
import type { Corpus } from './corpus.ts';
import type { Notes } from './notes.ts';
import { statementsOf } from './statements.ts';
import {
  attribute,
  childrenNamed,
  find,
  idOf,
  inLanguage,
  languageOf,
  localized,
  periodOf,
  pointers,
  textOf,
  where,
  worded,
} from './tei.ts';
import { isAnnotated, transcriptOf } from './transcript.ts';

/** The transcript, the sitting and the statements of a component. */
export function* componentOf(element: XmlElement, file: string, corpus: Corpus, notes: Notes): Generator<Entry> {
  const at = where(file, element);
  const id = idOf(element) ?? basename(file.replaceAll('\\', '/')).replace(/\.xml$/i, '');
  if (isAnnotated(element)) {
    return yield { at, problem: 'The words are annotated one by one. Import the version without linguistic annotation; this is left out.' };
  }
  if (!corpus.take(`#${id}`)) return yield { at, problem: `The xml:id "${id}" is that of another; the file is left out.` };
  const language = languageOf(element, corpus.language, file, notes);
  const here = { file, language };
  const header = find(element, 'teiHeader')[0] ?? element;
  const titles = worded(find(header, 'fileDesc', 'titleStmt', 'title'), here, notes);
  const [text] = childrenNamed(element, 'text');
  const transcript = text ? transcriptOf(text, language, file, notes) : { text: '', speeches: [] };
  const [document, event] = [corpus.ref(id), corpus.ref(`${id}#sitting`)];
  const setting = settingOf(header, file, notes);

  const main = titles.filter((title) => attribute(title.element, 'type') !== 'sub');
  const title = inLanguage(main, language)?.text;
  const url = urlOf(header, file, corpus, notes);
  const record: ExchangeDocument = {
    type: 'Document',
    id: corpus.id('document', id),
    ...(title && { title }),
    ...(url && { url }),
    ...(language && { language }),
    kind: 'TRANSCRIPT',
    ...(transcript.text !== '' && { text: transcript.text }),
    identifiers: [corpus.identifier(id)],
  };
  yield { at, record };

  const place = placeOf(setting.city, corpus);
  if (place?.record) yield { at: where(file, setting.city ?? element), record: place.record };
  const subtitles = titles.filter((each) => attribute(each.element, 'type') === 'sub');
  const names = (subtitles.length > 0 ? subtitles : main).map((each) => ({
    ...each,
    text: each.text.replace(/ ?\[ParlaMint[^\]]{0,20}\]$/, ''),
  }));
  const parent = termOf(header, file, corpus, notes);
  const sitting: ExchangeEvent = {
    type: 'Event',
    id: corpus.id('event', `${id}#sitting`),
    title: names.length > 0 ? localized(names, language ?? corpus.unsaid) : { [language ?? corpus.unsaid]: id },
    classification: classificationOf(element),
    ...(setting.from && { date: setting.from.edtf }),
    ...(setting.to && setting.to.edtf !== setting.from?.edtf && { endDate: setting.to.edtf }),
    ...(place && { place: place.ref }),
    ...(parent !== undefined && { parent: corpus.ref(parent) }),
    identifiers: [corpus.identifier(`${id}#sitting`)],
  };
  yield { at, record: sitting };
  yield* notes.problems();
  yield* statementsOf(transcript.speeches, { id, file, document, event, time: timeOf(setting) }, corpus, notes);
}

/** Such as `sitting` for `#parla.sitting`. */
function classificationOf(element: XmlElement): string {
  const [kind = 'sitting'] = pointers(attribute(element, 'ana')).flatMap(
    (each) => /^parla\.(sitting|session|meeting|day|agenda)$/.exec(each)?.[1] ?? [],
  );
  return kind;
}

/** The days of the sitting, in one date. */
function timeOf({ from, to }: Setting): Edtf | undefined {
  return from && to && from.edtf !== to.edtf ? parseEdtf(`${from.edtf}/${to.edtf}`) : from;
}

interface Setting {
  from: Edtf | undefined;
  to: Edtf | undefined;
  city: XmlElement | undefined;
}

/** When and where the sitting was: its setting; without a date there, the date of its source. */
function settingOf(header: XmlElement, file: string, notes: Notes): Setting {
  const setting = find(header, 'profileDesc', 'settingDesc', 'setting');
  const names = setting.flatMap((each) => childrenNamed(each, 'name', 'placeName', 'orgName'));
  const city = names.find((each) => attribute(each, 'type') === 'city' && textOf(each) !== '');
  for (const each of names) if (each !== city) notes.left(where(file, each), `setting: ${attribute(each, 'type') ?? each.name}`);
  const ofSource = find(header, 'fileDesc', 'sourceDesc', 'bibl', 'date');
  const [date] = [...setting.flatMap((each) => childrenNamed(each, 'date')), ...ofSource];
  if (!date) {
    notes.problem(where(file, header), 'The header does not say when the sitting was (settingDesc/setting/date).');
    return { from: undefined, to: undefined, city };
  }
  const { from, to } = periodOf(date, 'the sitting', file, notes) ?? { from: undefined, to: undefined };
  return { from, to, city };
}

/** The city, the first time with its record. */
function placeOf(city: XmlElement | undefined, corpus: Corpus): { ref: Ref; record?: ExchangePlace } | undefined {
  if (!city) return undefined;
  const name = textOf(city);
  const value = `city#${name}`;
  const ref = corpus.ref(value);
  if (corpus.cities.has(name)) return { ref };
  corpus.cities.add(name);
  return { ref, record: { type: 'Place', id: corpus.id('place', name), name, kind: 'CITY', identifiers: [corpus.identifier(value)] } };
}

/** The term to which the meeting points; of several the last, which is the narrowest. */
function termOf(header: XmlElement, file: string, corpus: Corpus, notes: Notes): string | undefined {
  const meetings = find(header, 'fileDesc', 'titleStmt', 'meeting');
  const terms = meetings.flatMap((each) => pointers(attribute(each, 'ana'))).filter((each) => corpus.terms.has(each));
  for (const each of meetings) {
    if (!pointers(attribute(each, 'ana')).some((id) => corpus.terms.has(id)))
      notes.left(where(file, each), 'meeting (number of the sitting or session)');
  }
  return terms.at(-1);
}

/** The address of the source, if it leads to this transcript: it has a path, and no other has it. */
function urlOf(header: XmlElement, file: string, corpus: Corpus, notes: Notes): string | undefined {
  for (const idno of find(header, 'fileDesc', 'sourceDesc', 'bibl', 'idno')) {
    const value = textOf(idno);
    if (attribute(idno, 'type') === 'URI' && hasPath(value) && corpus.take(`url ${value}`)) return value;
    notes.left(where(file, idno), 'address of the source that is not of this transcript alone');
  }
  return undefined;
}

function hasPath(value: string): boolean {
  const url = /^https?:/i.test(value) && URL.canParse(value) ? new URL(value) : undefined;
  return url !== undefined && (url.pathname.length > 1 || url.search !== '');
}

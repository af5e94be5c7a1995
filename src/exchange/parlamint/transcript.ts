import type { Edtf } from '../../edtf.ts';
import type { XmlElement } from '../reading/xml.ts';
import type { ExchangeSpan } from '../record.ts';
import type { Notes } from './notes.ts';
import { type Line, lineOf, type Stretch } from './paragraph.ts';
import { attribute, languageOf, textOf } from './tei.ts';

/** The text of a component as it reads, a block a line, and where the speeches stand in it. */
export interface Transcript {
  text: string;
  speeches: Speech[];
}

export interface Speech {
  element: XmlElement;
  /** From 1, in the component. */
  number: number;
  /** BCP 47; undefined when nothing says one. */
  language: string | undefined;
  /** The note in front of it that names the speaker. */
  note: ExchangeSpan | undefined;
  paragraphs: Paragraph[];
}

export interface Paragraph {
  /** The seg; the u itself, when the words stand in it directly. */
  element: XmlElement;
  language: string | undefined;
  words: string;
  /** Where the words stand in the text. */
  spans: ExchangeSpan[];
}

/** What is written of a speech that is no part of it. */
const asides = new Set(['note', 'gap', 'vocal', 'kinesic', 'incident', 'writing', 'desc', 'head', 'pause', 'shift']);
const paragraphNames = new Set(['seg', 'p', 'ab']);
/** What stands within a line. */
const inline = new Set([
  'hi',
  'name',
  'persName',
  'orgName',
  'placeName',
  'ref',
  'date',
  'time',
  'num',
  'foreign',
  'lb',
  'pb',
  'quote',
  'q',
  'term',
]);

/** Whether words are marked one by one, with no spaces that count between them. */
export function isAnnotated(element: XmlElement): boolean {
  return element.children.some((child) => typeof child !== 'string' && (child.name === 'w' || isAnnotated(child)));
}

/** Sets the text of a component. @param language what it inherits. */
export function transcriptOf(element: XmlElement, language: string | undefined, file: string, notes: Notes): Transcript {
  const setter = new Setter(file, notes);
  setter.block(element, language);
  return setter.end();
}

class Setter {
  #file: string;
  #notes: Notes;
  #blocks: string[] = [];
  #length = 0;
  #speeches: Speech[] = [];
  /** The last note that names a speaker, until somebody speaks. */
  #speaker: ExchangeSpan | undefined;
  #run: Stretch[] = [];

  constructor(file: string, notes: Notes) {
    this.#file = file;
    this.#notes = notes;
  }

  end(): Transcript {
    this.#flush();
    return { text: this.#blocks.join('\n'), speeches: this.#speeches };
  }

  /** Anything around speeches. */
  block(element: XmlElement, inherited: string | undefined): void {
    const language = languageOf(element, inherited, this.#file, this.#notes);
    for (const child of element.children) {
      if (typeof child === 'string') this.#run.push({ text: child, isSpoken: true });
      else if (inline.has(child.name)) {
        if (child.name === 'lb') this.#run.push({ text: ' ', isSpoken: true });
        this.block(child, language);
      } else {
        this.#flush();
        if (child.name === 'u') this.#speech(child, language);
        else if (asides.has(child.name)) this.#aside(child);
        else this.block(child, language);
        this.#flush();
      }
    }
  }

  #flush(): void {
    this.#print(lineOf(this.#run.splice(0)));
  }

  /** Prints a line, if it has anything. @returns where it stands. */
  #print({ printed }: Pick<Line, 'printed'>): number {
    if (printed.trim() === '') return this.#length;
    const start = this.#length === 0 ? 0 : this.#length + 1;
    this.#blocks.push(printed);
    this.#length = start + printed.length;
    return start;
  }

  #aside(element: XmlElement): void {
    const printed = textOf(element);
    if (printed.trim() === '') return;
    const start = this.#print({ printed });
    if (element.name === 'note' && attribute(element, 'type') === 'speaker') this.#speaker = { exact: printed, start };
  }

  #speech(element: XmlElement, inherited: string | undefined): void {
    const language = languageOf(element, inherited, this.#file, this.#notes);
    const paragraphs: Paragraph[] = [];
    let run: Stretch[] = [];
    const finish = (of: XmlElement, tongue: string | undefined, stretches: Stretch[]) => {
      const line = lineOf(stretches);
      const start = this.#print(line);
      const spans = line.spans.map((span) => ({ exact: span.exact, start: start + span.start }));
      paragraphs.push({ element: of, language: tongue, words: line.words, spans });
    };
    const flush = () => {
      const [stretches, isEmpty] = [run, !run.some(hasWords)];
      run = [];
      if (!isEmpty) finish(element, language, stretches);
    };
    for (const child of element.children) {
      if (typeof child === 'string') run.push({ text: child, isSpoken: true });
      else if (paragraphNames.has(child.name)) {
        flush();
        finish(child, languageOf(child, language, this.#file, this.#notes), stretchesOf(child));
      } else if (asides.has(child.name) && !run.some(hasWords)) {
        run = [];
        this.#aside(child);
      } else run.push(...stretchesOf({ ...child, children: [child] }));
    }
    flush();
    this.#speeches.push({ element, number: this.#speeches.length + 1, language, note: this.#speaker, paragraphs });
    this.#speaker = undefined;
  }
}

const hasWords = ({ text, isSpoken }: Stretch) => isSpoken && text.trim() !== '';

/** What is in an element, with what is no part of the speech told apart. */
function stretchesOf(element: XmlElement): Stretch[] {
  return element.children.flatMap((child): Stretch[] => {
    if (typeof child === 'string') return [{ text: child, isSpoken: true }];
    if (asides.has(child.name)) return [{ text: textOf(child), isSpoken: false }];
    return child.name === 'lb' ? [{ text: ' ', isSpoken: true }] : stretchesOf(child);
  });
}

/** The first instant of a day, in milliseconds, by which what happened on it is ordered. */
export function instantOf(day: Edtf | undefined): number {
  return day?.earliest?.getTime() ?? 0;
}

import { posix } from 'node:path';
import { readRootTag, readXml, type XmlElement, xmlLimits } from '../reading/xml.ts';
import type { Source, SourceFile } from '../source.ts';
import { Unreadable } from '../unreadable.ts';
import type { Notes } from './notes.ts';
import { attribute, elementsIn, languageOf, type Placed, where } from './tei.ts';

// Which files make up a corpus, and in which order they are read.

/** What is read of a corpus. */
export interface Plan {
  /** The corpus root, without what it includes. */
  root: Placed | undefined;
  /** Lists of organizations and people, and taxonomies: inline, included, or files of their own. */
  lists: Placed[];
  /** The transcripts, in their order. */
  components: SourceFile[];
}

const xinclude = 'http://www.w3.org/2001/XInclude';
const listNames = ['listOrg', 'listPerson', 'taxonomy'];

/**
 * Finds the corpus root, the lists and the components of a source.
 * @throws {Unreadable} when the source has no TEI.
 */
export async function planOf(source: Source, notes: Notes): Promise<Plan> {
  const kinds = await kindsOf(await reread(source), notes);
  const named = (...names: string[]) => [...kinds].flatMap(([file, kind]) => (names.includes(kind) ? [file] : []));
  const [root, ...others] = named('teiCorpus');
  for (const other of others) {
    notes.problem({ file: other.name }, `This is another corpus root; ${root?.name} is read. Import it by itself.`);
  }
  if (root) return planOfRoot(root, kinds, notes);
  const components = named('TEI');
  const lists = await Promise.all(named(...listNames).map((file) => readList(file, undefined, notes)));
  const found = lists.filter((list) => list !== undefined);
  if (components.length + found.length > 0) return { root: undefined, lists: found, components };
  throw nothingIn(source, kinds, notes);
}

async function planOfRoot(file: SourceFile, kinds: ReadonlyMap<SourceFile, string>, notes: Notes): Promise<Plan> {
  const element = await readXml(file);
  const language = languageOf(element, undefined, file.name, notes);
  const root = { element, file: file.name, language };
  const byName = new Map([...kinds.keys()].map((each) => [slashes(each.name), each]));
  const unread = new Set([...kinds].flatMap(([each, kind]) => (['TEI', ...listNames].includes(kind) ? [each] : [])));
  const included = (each: XmlElement) => {
    const found = byName.get(targetOf(attribute(each, 'href') ?? '', file));
    if (found) unread.delete(found);
    return found;
  };

  const lists: Placed[] = [];
  for (const each of listsIn(element, language, file.name, notes)) {
    if (each.element.uri !== xinclude) lists.push(each);
    else {
      const found = included(each.element);
      const list = found && (await readList(found, language, notes));
      if (list) lists.push(list);
      else if (!found) missing(each, notes);
    }
  }

  const components: SourceFile[] = [];
  for (const each of elementsIn(element).filter(({ uri }) => uri === xinclude)) {
    const found = included(each);
    if (!found) notes.left(where(file.name, each), 'component that the corpus root includes and that is not among the files');
    else if (components.includes(found)) notes.problem(where(file.name, each), `"${found.name}" is included a second time.`);
    else components.push(found);
  }
  if (unread.size > 0) {
    const some = [...unread].slice(0, 3).map(({ name }) => name);
    const names = `${some.join(', ')}${unread.size > some.length ? ', …' : ''}`;
    notes.problem({ file: file.name }, `The corpus root does not include ${unread.size} of the files, which are not read: ${names}`);
  }
  return { root, lists, components };
}

/** The lists and inclusions in the header, outermost first, with the language that they inherit. */
function listsIn(element: XmlElement, language: string | undefined, file: string, notes: Notes, isHeader = false): Placed[] {
  return elementsIn(element).flatMap((each) => {
    const inner = languageOf(each, language, file, notes);
    if (isHeader && (listNames.includes(each.name) || each.uri === xinclude)) return [{ element: each, file, language: inner }];
    return isHeader || each.name === 'teiHeader' ? listsIn(each, inner, file, notes, true) : [];
  });
}

function missing({ element, file }: Placed, notes: Notes): void {
  const href = attribute(element, 'href') ?? '';
  if (/taxonomy/i.test(href)) notes.left(where(file, element), 'taxonomy that the corpus root includes and that is not among the files');
  else notes.problem(where(file, element), `"${href}" is included, and is not among the files.`);
}

/** The name of the file that is included. It is only ever compared with the names of those that are there. */
function targetOf(href: string, root: SourceFile): string {
  return posix.join(posix.dirname(slashes(root.name)), decoded(href));
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}

const slashes = (name: string) => name.replaceAll('\\', '/');

async function readList(file: SourceFile, language: string | undefined, notes: Notes): Promise<Placed | undefined> {
  const element = await readOrTell(file, notes);
  return element && { element, file: file.name, language: languageOf(element, language, file.name, notes) };
}

/** A file as a tree; when it can't be read, that is told, with the place, and nothing of it is used. */
export async function readOrTell(file: SourceFile, notes: Notes): Promise<XmlElement | undefined> {
  try {
    return await readXml(file);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    notes.problem(error.at, `The file is left out. ${error.message}`);
    return undefined;
  }
}

/** A source whose files can be read more than once, which standard input can't. */
async function reread({ name, files }: Source): Promise<Source> {
  const held = async (file: SourceFile): Promise<SourceFile> => {
    if (file.size !== undefined) return file;
    const chunks: string[] = [];
    let length = 0;
    for await (const chunk of file.text()) {
      chunks.push(chunk);
      length += chunk.length;
      // It is refused when it is parsed.
      if (length > xmlLimits.length) break;
    }
    return {
      ...file,
      async *text() {
        yield* chunks;
      },
    };
  };
  return { name, files: await Promise.all(files.map(held)) };
}

/** What each file is, by its outermost element. */
async function kindsOf({ files }: Source, notes: Notes): Promise<Map<SourceFile, string>> {
  const kinds = new Map<SourceFile, string>();
  for (const file of files) {
    if (files.length > 1 && !/\.xml$/i.test(file.name)) notes.left({ file: file.name }, 'file that is not XML');
    else if (/\.ana\.xml$/i.test(file.name)) notes.left({ file: file.name }, 'file with linguistic annotation (.ana.xml)');
    else kinds.set(file, await kindOf(file, notes));
  }
  return kinds;
}

async function kindOf(file: SourceFile, notes: Notes): Promise<string> {
  try {
    return (await readRootTag(file)).name;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    notes.problem(error.at, `The file is left out. ${error.message}`);
    return '';
  }
}

function nothingIn(source: Source, kinds: ReadonlyMap<SourceFile, string>, notes: Notes): Unreadable {
  const [problem] = notes.problems();
  if (problem && 'problem' in problem) return new Unreadable(problem.problem, problem.at);
  const hint = kinds.size < source.files.length ? ' The version without linguistic annotation is read: files that end with .xml only.' : '';
  return new Unreadable(`There is no TEI here: no <teiCorpus>, <TEI>, <listOrg> or <listPerson>.${hint}`, { file: source.name });
}

import type { Entry, ReadOptions } from '../format.ts';
import { Findings } from '../reading/findings.ts';
import { withRereadable } from '../reading/spool.ts';
import type { Source, SourceFile } from '../source.ts';
import { objects } from './classes.ts';
import { Identity, schemeOf, validScheme } from './identity.ts';
import { Memberships } from './memberships.ts';
import { type Reading, recordOf } from './nouns.ts';

/**
 * Reads Popolo. A file is read twice, since a membership may stand anywhere: first its memberships and posts, which are
 * held, then all else, one by one. Of that, only the ids are held.
 */
export async function* readPopolo(source: Source, options: ReadOptions): AsyncGenerator<Entry> {
  const files = source.files.filter(({ name }) => source.files.length === 1 || /\.json$/i.test(name));
  yield* withRereadable(files, (opened) => readTwice(opened, source, options));
  const others = source.files.length - files.length;
  if (others > 0) yield { at: { file: source.name }, left: 'files that are not .json', count: others };
}

async function* readTwice(files: readonly SourceFile[], source: Source, { scheme, language }: ReadOptions): AsyncGenerator<Entry> {
  const findings = new Findings();
  const identity = new Identity((scheme && validScheme(scheme)) || schemeOf(source));
  const memberships = new Memberships(identity, findings);
  for (const file of files) {
    const onMeta = (meta: unknown) => {
      if (hasOwnIds(meta)) identity.isOwn = true;
      else findings.left('file', 'meta');
    };
    for await (const { at, class: kind, value } of objects(file, { findings, onMeta })) {
      if (kind === 'memberships') memberships.add(at, value);
      else if (kind === 'posts') memberships.addPost(at, value);
      else if (kind === 'persons') memberships.addOf(at, value);
      else if (kind === undefined) findings.problem(at, 'Nothing tells what this is: put it in a list such as "persons". It was left out.');
      yield* findings.given();
    }
  }
  const reading: Reading = { identity, memberships, findings, language, seen: new Set() };
  for (const file of files) {
    for await (const { at, class: kind, value } of objects(file)) {
      if (kind === undefined || kind === 'memberships' || kind === 'posts') continue;
      const record = recordOf(kind, at, value, reading);
      yield* findings.given();
      if (record) yield { at: { ...at, ...idOf(value) }, record };
    }
  }
  memberships.tellLost();
  yield* findings.given();
  yield* findings.counts(source.name);
}

/** What a file has in `meta` when its ids are those of the record. */
export const ownMeta = { ids: 'verbatim' };

function hasOwnIds(meta: unknown): boolean {
  return typeof meta === 'object' && meta !== null && (meta as { ids?: unknown }).ids === ownMeta.ids;
}

function idOf(value: object): { id?: string } {
  const { id } = value as { id?: unknown };
  return typeof id === 'string' ? { id } : {};
}

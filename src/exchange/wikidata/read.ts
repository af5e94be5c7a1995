import { z } from 'zod';
import type { Entry, ReadOptions } from '../format.ts';
import { Fields } from '../reading/fields.ts';
import { Findings } from '../reading/findings.ts';
import { withRereadable } from '../reading/spool.ts';
import type { Source, SourceFile } from '../source.ts';
import { entities, type Found } from './entities.ts';
import { Index, type Office } from './index-of-entities.ts';
import { kindOfEntity } from './kinds.ts';
import { nameOf, termsOf } from './names.ts';
import { recordOf } from './nouns.ts';
import { Claims, itemOf, mapOf } from './statements.ts';

const qid = z.string().regex(/^Q[1-9]\d{0,15}$/, 'it is not the id of an item, such as Q796');
const claimMap = mapOf(z.array(z.unknown()));

/** What says something of the page, not of what it is about. */
const ofThePage = ['pageid', 'ns', 'title', 'lastrevid', 'modified', 'type'];

/**
 * Reads entities of Wikidata as JSON. A source is read twice: once for which entities it has and what they are, so that
 * parents are only given when they are there.
 */
export async function* readWikidata(source: Source, options: ReadOptions): AsyncGenerator<Entry> {
  const files = source.files.filter(({ name }) => source.files.length === 1 || /\.(json|jsonl|ndjson)$/i.test(name));
  yield* withRereadable(files, (opened) => readTwice(opened, source.name, options.language));
  const others = source.files.length - files.length;
  if (others > 0) yield { at: { file: source.name }, left: 'files that are not .json', count: others };
}

async function* readTwice(files: readonly SourceFile[], source: string, language: string | undefined): AsyncGenerator<Entry> {
  const index = new Index();
  for (const file of files) {
    for await (const found of entities(file)) addTo(index, found, language);
  }
  const findings = new Findings();
  const seen = new Set<string>();
  for (const file of files) {
    for await (const found of entities(file, findings)) {
      read(found, index, findings, seen, language);
      yield* findings.given();
    }
    yield* findings.given();
  }
  yield* findings.counts(source);
}

function addTo(index: Index, { at, value }: Found, language: string | undefined): void {
  // What is wrong is told when it is read for its record.
  const fields = new Fields(value, 'entity', at, new Findings());
  const id = fields.take('id', qid);
  if (id === undefined) return;
  const claims = new Claims(fields.take('claims', claimMap) ?? {}, at);
  const { type } = kindOfEntity(claims);
  index.add(id, type, type === 'other' ? officeOf(claims, nameOf(termsOf(fields), language)?.name) : {});
}

/** The organization that is directed by it (P2389), or that it is part of (P361). */
function officeOf(claims: Claims, label: string | undefined): Office {
  const read = ({ mainsnak }: Parameters<Parameters<Claims['one']>[1]>[0]) => itemOf(mainsnak);
  const organization = claims.one('P2389', read) ?? claims.one('P361', read);
  return { ...(label !== undefined && { label }), ...(organization !== undefined && { organization }) };
}

/** Finds the record of an entity, and what is wrong with it. */
function read(found: Found, index: Index, findings: Findings, seen: Set<string>, language: string | undefined): void {
  const { id: own } = found.value as { id?: unknown };
  const at = { ...found.at, ...(typeof own === 'string' && { id: own.slice(0, 40) }) };
  if (typeof own === 'string' && /^[PL]\d/.test(own)) {
    findings.left('entities', 'that are properties or lexemes');
    return;
  }
  const fields = new Fields(found.value, 'entity', at, findings);
  const id = fields.take('id', qid);
  const statements = fields.take('claims', claimMap) ?? {};
  const kind = kindOfEntity(new Claims(statements, at));
  if (id === undefined) {
    if (own === undefined) findings.problem(at, 'The entity has no id: it was left out.');
  } else if (kind.type === 'other') findings.left('entities of class', kind.class);
  else if (seen.has(id)) findings.problem(at, `${id} was there before: this one was left out.`);
  else {
    seen.add(id);
    const claims = new Claims(statements, at, findings);
    const record = recordOf({ id, fields, terms: termsOf(fields), claims, findings }, kind, index, language);
    for (const name of ofThePage) fields.take(name, z.unknown());
    claims.all('P31');
    fields.leaveRest();
    claims.leaveRest();
    if (record) findings.record(at, record);
    else findings.problem(at, `${id} has no label: it was left out.`);
  }
}

import { encodeGlobalID } from '@pothos/plugin-relay';
import { as, run } from '../support/ask.ts';
import type { TestDatabase } from '../support/database.ts';

// The mutations, as an editor sends them.

export interface Mistake {
  code: string;
  message: string;
  path: string[];
}

interface Answered {
  record: { id: string; status: string; revision: number } | null;
  merge: { id: string; survivorId: string; duplicateId: string; by: string | null; undoneBy: string | null } | null;
  errors: Mistake[];
}

export interface Taken extends Answered {
  kept: { model: string; rowId: string; field: string | null; was: unknown; is: unknown }[];
  laterChanges: { totalCount: number; nodes: { model: string; changes: { field: string; after: unknown }[] }[] };
}

const answer = `record { id status revision } merge { id survivorId duplicateId by undoneBy } errors { code message path }`;

type Db = Pick<TestDatabase, 'prisma'>;

export const idOf = (model: string, id: string) => encodeGlobalID(model, id);

export async function askMerge(
  database: Db,
  model: string,
  survivor: string,
  duplicate: string,
  expectedRevision?: number,
): Promise<Answered> {
  const input = { survivor: idOf(model, survivor), duplicate: idOf(model, duplicate), expectedRevision };
  const { merge } = await run(as(database, 'EDITOR'), `mutation M($input: MergeInput!) { merge(input: $input) { ${answer} } }`, { input });
  return merge as Answered;
}

export async function askUnmerge(database: Db, model: string, id: string): Promise<Taken> {
  const { unmerge } = await run(
    as(database, 'EDITOR'),
    `mutation U($input: UnmergeInput!) { unmerge(input: $input) {
      ${answer} kept { model rowId field was is }
      laterChanges(first: 50) { totalCount nodes { model changes { field after } } } } }`,
    { input: { id: idOf(model, id) } },
  );
  return unmerge as Taken;
}

import { listsOf, recordModels, referencesOf } from '../../graph/model.ts';
import { delegate } from '../../record/delegate.ts';
import { dependencesOf, isLink } from '../../record/needs.ts';
import type { Transaction } from '../../record/values.ts';
import { type Noun, nounNames } from './read.ts';

// What an export takes when it doesn't take all: the nouns that were asked for, the links that hang on them,
// and whatever these say something of, so that nothing in it refers to what isn't in it.

/** The nouns that are asked for: for each of some, the Prisma `where` that they meet. */
export type Asked = ReadonlyMap<Noun, Readonly<Record<string, unknown>>>;

/** All nouns, whatever they are. */
const everything: Asked = new Map(nounNames.map((noun) => [noun, {}]));

/** Which statuses are taken. */
export type Statuses = 'published' | 'all';

const page = 5000;

/** Puts the ids of all that is taken into a temporary table. */
export async function choose(tx: Transaction, statuses: Statuses, asked = everything): Promise<void> {
  await tx.$executeRawUnsafe('CREATE TEMP TABLE chosen (model text NOT NULL, id uuid NOT NULL, PRIMARY KEY (id, model)) ON COMMIT DROP');
  for (const [noun, where] of asked) await seed(tx, noun, statuses === 'all' ? where : { AND: [where, { status: 'PUBLISHED' }] });
  const published = statuses === 'published' ? `AND t."status" = 'PUBLISHED'` : '';
  for (const noun of asked.keys()) {
    for (const { column, model } of hangingOn(noun)) {
      if (model === 'EventLink' || model === 'StatementLink') continue;
      await tx.$executeRawUnsafe(`INSERT INTO chosen SELECT '${model}', t.id FROM "${model}" AS t JOIN chosen AS c ON c.id = t."${column}" AND c.model = '${noun}'
        WHERE true ${published} ON CONFLICT DO NOTHING`);
    }
  }
  await close(tx, published);
  // What binds two of them is taken when both are.
  for (const model of ['EventLink', 'StatementLink']) {
    await tx.$executeRawUnsafe(`INSERT INTO chosen SELECT '${model}', t.id FROM "${model}" AS t
      JOIN chosen AS a ON a.id = t."fromId" JOIN chosen AS b ON b.id = t."toId" WHERE true ${published} ON CONFLICT DO NOTHING`);
  }
  for (const [column, fact] of facts) {
    await tx.$executeRawUnsafe(`INSERT INTO chosen SELECT 'Citation', t.id FROM "Citation" AS t JOIN chosen AS c ON c.id = t."${column}" AND c.model = '${fact}'
      WHERE true ${published} ON CONFLICT DO NOTHING`);
  }
  await close(tx, published);
  if (statuses === 'published') await leaveHalves(tx);
}

const facts: readonly (readonly [string, string])[] = referencesOf('Citation').flatMap(({ column, to }) =>
  to === 'Document' ? [] : [[column, to] as const],
);

/** The links that hang on a noun, by the column that names it. */
function hangingOn(noun: Noun): { model: string; column: string }[] {
  const owners: Readonly<Record<string, string>> = {
    Membership: 'member',
    Participation: 'event',
    Appearance: 'statement',
    Review: 'statement',
  };
  return listsOf(noun)
    .filter(({ of }) => isLink(of) && owners[of] !== undefined)
    .flatMap(({ of }) =>
      referencesOf(of)
        .filter(
          ({ to, relation }) =>
            to === noun && (owners[of] === relation || (of === 'Membership' && /^(person|memberOrganization)$/.test(relation))),
        )
        .map(({ column }) => ({ model: of, column })),
    );
}

async function seed(tx: Transaction, noun: Noun, where: object): Promise<void> {
  for (let behind: string | undefined; ; ) {
    const rows = await delegate(tx, noun).findMany({
      where: behind === undefined ? where : { AND: [where, { id: { gt: behind } }] },
      select: { id: true },
      orderBy: { id: 'asc' },
      take: page,
    });
    const ids = rows.map(({ id }) => String(id));
    await tx.$executeRawUnsafe(`INSERT INTO chosen SELECT '${noun}', unnest($1::uuid[]) ON CONFLICT DO NOTHING`, ids);
    behind = ids.at(-1);
    if (ids.length < page) return;
  }
}

/** Adds whatever is referred to, until nothing more is. */
async function close(tx: Transaction, published: string): Promise<void> {
  for (let added = 1; added > 0; ) {
    added = 0;
    for (const model of recordModels) {
      for (const { part, column, to } of [...dependencesOf(model), ...mergedInto(model)]) {
        const table = part?.model ?? model;
        added += await tx.$executeRawUnsafe(`INSERT INTO chosen SELECT DISTINCT '${to}', t.id FROM "${table}" AS s
          JOIN chosen AS c ON c.id = s."${part?.column ?? 'id'}" AND c.model = '${model}' JOIN "${to}" AS t ON t.id = s."${column}"
          WHERE NOT EXISTS (SELECT FROM chosen AS k WHERE k.id = t.id AND k.model = '${to}') ${published} ON CONFLICT DO NOTHING`);
      }
    }
  }
}

const mergedInto = (model: string) =>
  referencesOf(model)
    .filter(({ relation }) => relation === 'mergedInto')
    .map(({ column, to, relation }) => ({ part: undefined, relation, column, to }));

/** A published link may lead to what was taken back since: readers don't see it then, and it isn't taken. */
async function leaveHalves(tx: Transaction): Promise<void> {
  for (let left = 1; left > 0; ) {
    left = 0;
    for (const model of recordModels.filter(isLink)) {
      for (const { column, to } of referencesOf(model)) {
        if (!recordModels.includes(to)) continue;
        left +=
          await tx.$executeRawUnsafe(`DELETE FROM chosen AS c USING "${model}" AS t WHERE c.model = '${model}' AND t.id = c.id AND t."${column}" IS NOT NULL
          AND NOT EXISTS (SELECT FROM chosen AS k WHERE k.id = t."${column}" AND k.model = '${to}')`);
      }
    }
  }
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { as, ask, refused, run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

// Imports through GraphQL.

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database?.close());

const operation = `mutation ($input: ImportRecordsInput!) {
  importRecords(input: $input) {
    import { account format source by finishedAt undoneAt counts { model created } }
    counts { model created updated unchanged skipped }
    problems { line column id model message }
    conflicts { line message }
    errors { code path }
  }
}`;

interface Answer {
  import: { account: string } | null;
  counts: object[];
  problems: object[];
  conflicts: object[];
  errors: object[];
}

const importing = async (lines: readonly object[], input: object = {}): Promise<Answer> => {
  const records = lines.map((line) => JSON.stringify(line)).join('\n');
  const { importRecords } = await run(as(database, 'EDITOR'), operation, { input: { records, ...input } });
  return importRecords as unknown as Answer;
};

const identified = (value: string) => ({ identifiers: [{ scheme: 'desk', value }] });

describe('importRecords', () => {
  it('brings records in, and says where they come from', async () => {
    const answer = await importing([{ type: 'Person', name: 'Ana', ...identified('1') }], { source: 'desk', status: 'PUBLISHED' });
    expect(answer).toMatchObject({
      import: { format: 'verbatim', source: 'desk', by: 'token:editor', finishedAt: expect.any(String), undoneAt: null },
      counts: [{ model: 'Person', created: 1, updated: 0, unchanged: 0, skipped: 0 }],
      problems: [],
      errors: [],
    });
    const { person } = await run(
      as(database, 'EDITOR'),
      '{ person(by: { identifier: { scheme: "desk", value: "1" } }) { createdBy status } }',
    );
    expect(person).toEqual({ createdBy: answer.import?.account, status: 'PUBLISHED' });
    const { imports } = await run(
      as(database, 'EDITOR'),
      'query ($account: String) { imports(account: $account) { nodes { account source } } }',
      {
        account: answer.import?.account,
      },
    );
    expect(imports).toEqual({ nodes: [{ account: answer.import?.account, source: 'desk' }] });
  });

  it('changes nothing the second time', async () => {
    const lines = [{ type: 'Person', name: 'Bea', ...identified('2') }];
    await importing(lines);
    expect(await importing(lines)).toMatchObject({ counts: [{ model: 'Person', created: 0, unchanged: 1 }] });
  });

  it('tells what is wrong with its line, and does the rest', async () => {
    const answer = await importing([
      { type: 'Person', name: 'Cid', ...identified('3') },
      { type: 'Person', id: 'x', name: 'Dea' },
      { type: 'Person', name: '', ...identified('4') },
    ]);
    expect(answer).toMatchObject({ counts: [{ model: 'Person', created: 1, skipped: 2 }] });
    expect(answer.problems).toEqual([
      { line: 2, column: null, id: 'x', model: 'Person', message: '"x" is neither a UUID nor the id of a Person.' },
      { line: 3, column: null, id: null, model: 'Person', message: 'name: The text is empty.' },
    ]);
  });

  it('does nothing when it is strict and something is wrong, and when it is a dry run', async () => {
    const lines = [{ type: 'Person', name: 'Eva', ...identified('5') }, { type: 'Person' }];
    expect(await importing(lines, { strict: true })).toMatchObject({ import: null, problems: [{ line: 2 }] });
    expect(await importing(lines, { dryRun: true })).toMatchObject({ import: null, counts: [{ created: 1 }] });
    const found = await refused(as(database, 'EDITOR'), '{ person(by: { identifier: { scheme: "desk", value: "5" } }) { id } }');
    expect(found.code).toBe('NOT_FOUND');
  });

  it('takes ids of the API as well as UUIDs', async () => {
    await importing([{ type: 'Person', name: 'Flo', ...identified('6') }]);
    const { person } = await run(as(database, 'EDITOR'), '{ person(by: { identifier: { scheme: "desk", value: "6" } }) { id } }');
    const { id } = person as { id: string };
    expect(await importing([{ type: 'Person', id, name: 'Flora' }])).toMatchObject({ counts: [{ model: 'Person', updated: 1 }] });
  });

  it('refuses a status that nothing new can have', async () => {
    expect(await importing([], { status: 'MERGED' })).toMatchObject({ errors: [{ code: 'INVALID_VALUE', path: ['status'] }] });
  });

  it('is for editors', async () => {
    const variables = { input: { records: '' } };
    for (const [asked, code] of [
      [database, 'UNAUTHENTICATED'],
      [as(database, 'CONTRIBUTOR'), 'FORBIDDEN'],
    ] as const) {
      expect((await ask(asked, operation, variables)).errors[0]?.extensions.code).toBe(code);
      expect((await ask(asked, '{ imports { nodes { account } } }')).errors[0]?.extensions.code).toBe(
        code === 'FORBIDDEN' ? undefined : code,
      );
    }
  });
});

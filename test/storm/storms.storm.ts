import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, endAll } from '../process/program.ts';
import { embeddedGrounds, type Grounds, postgresGrounds } from './ground.ts';
import { type Outcome, oneWriter } from './one-writer.ts';
import { killDatabase, killProgram, manyWriters } from './scenarios.ts';

// The program as it is run, amid writers who get into each other's way: nothing that was acknowledged is
// lost, nothing is done in part, and the record stays sound.

const outcomes: Outcome[] = [];

beforeAll(build, 300_000);
afterAll(endAll);

describe.each([
  ['PGlite', embeddedGrounds],
  ['PostgreSQL', postgresGrounds],
] as const)('on %s', (name, make) => {
  let grounds: Grounds;
  beforeAll(async () => {
    grounds = await make();
  });
  afterAll(() => grounds?.close());

  // The embedded database takes one after the other anyway.
  it.runIf(name === 'PostgreSQL')('many writers lose nothing', () => manyWriters(grounds));
  it('nothing is lost when the program is killed', () => killProgram(grounds));
  it.runIf(name === 'PostgreSQL')('nothing is lost when the database is killed', () => killDatabase(grounds));
  it('one writer is told what is done', async () => {
    const outcome = await oneWriter(grounds);
    outcomes.push(outcome);
    expect(outcome.answers).not.toEqual([]);
  });
});

describe('on both', () => {
  it('the same mutations make the same record', ({ skip }) => {
    const [embedded, onServer] = outcomes;
    if (!embedded || !onServer) return skip('One of them was not written to.');
    expect(onServer.answers).toEqual(embedded.answers);
    for (const [table, rows] of Object.entries(embedded.rows)) expect(onServer.rows[table], table).toEqual(rows);
  });
});

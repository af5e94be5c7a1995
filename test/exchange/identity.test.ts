import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { undoImport } from '../../src/exchange/import/undo.ts';
import { verbatim } from '../../src/exchange/verbatim.ts';
import { verify } from '../../src/verify/verify.ts';
import { as, run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { bringNative, take } from './exchange.ts';

// How records are found again, and what becomes of what editors changed since.

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database?.close());

let nth = 0;
/** Every test has records of its own. */
let own: string;
beforeEach(() => {
  nth += 1;
  own = `t${nth}`;
});

const wikidata = (value: string) => ({ scheme: 'wikidata', value: `${own}${value}` });
const by = (value: string) => ({ identifier: wikidata(value) });
const person = (fields: object = {}) => ({ type: 'Person', name: 'Ana Pérez', identifiers: [wikidata('Q1')], ...fields });

const findPerson = async () => {
  const operation = `query ($value: String!) {
    person(by: { identifier: { scheme: "wikidata", value: $value } }) {
      id name gender birthDate revision createdBy status names { name }
      memberships { nodes { id role organization { name } } }
    }
  }`;
  const data = await run(as(database, 'ADMIN'), operation, { value: `${own}Q1` });
  return data.person as {
    id: string;
    name: string;
    gender: string | null;
    birthDate: string | null;
    revision: number;
    createdBy: string;
    status: string;
    names: { name: string }[];
    memberships: { nodes: { id: string; role: string; organization: { name: string } }[] };
  };
};

const edit = async (mutation: string, input: object) => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  const data = await run(as(database, 'EDITOR'), `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { errors { message } } }`, {
    input,
  });
  expect((data[mutation] as { errors: unknown[] }).errors).toEqual([]);
};

describe('an import', () => {
  it('finds a record again by its identifier, changes nothing the second time, and says so', async () => {
    const first = await bringNative(database, [person()]);
    expect(first.result.counts).toEqual({ Person: { created: 1 } });
    const second = await bringNative(database, [person()]);
    expect(second.result.counts).toEqual({ Person: { unchanged: 1 } });
    const found = await findPerson();
    expect(found).toMatchObject({ revision: 1, status: 'DRAFT', createdBy: `import:${first.id}` });
  });

  it('takes over what a newer version says', async () => {
    await bringNative(database, [person({ gender: 'male', birthDate: '1980' })]);
    const newer = await bringNative(database, [person({ gender: 'female', birthDate: '1980-05' })]);
    expect(newer.result.counts).toEqual({ Person: { updated: 1 } });
    expect(await findPerson()).toMatchObject({ gender: 'female', birthDate: '1980-05' });
  });

  it('takes back what a newer version no longer says, and only what it said itself', async () => {
    await bringNative(database, [person({ gender: 'female', names: [{ name: 'A. Pérez', kind: 'ALIAS' }] })]);
    const { id } = await findPerson();
    await edit('addName', { record: id, name: 'Anita', kind: 'ALIAS' });
    await edit('updatePerson', { id, birthDate: '1980' });
    const newer = await bringNative(database, [person({ names: [] })]);
    expect(newer.told).toEqual([]);
    expect(await findPerson()).toMatchObject({ gender: null, birthDate: '1980', names: [{ name: 'Anita' }] });
  });

  it('keeps what an editor changed: as a conflict when the source says something new, silently when it does not', async () => {
    await bringNative(database, [person({ gender: 'male' })]);
    const { id } = await findPerson();
    await edit('updatePerson', { id, gender: 'female' });
    const same = await bringNative(database, [person({ gender: 'male' })]);
    expect(same).toMatchObject({ conflicts: [], result: { counts: { Person: { unchanged: 1 } } } });
    const newer = await bringNative(database, [person({ gender: 'other', birthDate: '1980' })]);
    expect(newer.conflicts).toEqual(['gender: kept as an editor has it: the record has “female”, the source “other”.']);
    expect(newer.result).toMatchObject({ conflicts: 1, counts: { Person: { updated: 1 } } });
    expect(await findPerson()).toMatchObject({ gender: 'female', birthDate: '1980' });
  });

  it('keeps a speaker that an editor changed, whatever kind of speaker the source has since', async () => {
    const speakers = [
      person(),
      person({ name: 'Bea', identifiers: [wikidata('Q7')] }),
      { type: 'Organization', name: 'Congreso', identifiers: [wikidata('Q2')] },
    ];
    const said = (speaker: object) => ({
      type: 'Statement',
      identifiers: [wikidata('S2')],
      text: 'Yes',
      language: 'en',
      quoteType: 'DIRECT',
      speaker,
    });
    await bringNative(database, [...speakers, said({ person: by('Q1') })]);
    const reference = { by: { identifier: wikidata('S2') } };
    const speaker = async () => {
      const found = await run(
        as(database, 'ADMIN'),
        'query ($by: StatementRef!) { statement(by: $by) { id speaker { name } } }',
        reference,
      );
      return found.statement as { id: string; speaker: { name: string } };
    };
    await edit('updateStatement', { id: (await speaker()).id, speaker: { person: { identifier: wikidata('Q7') } } });
    const newer = await bringNative(database, [said({ organization: by('Q2') })]);
    expect(newer.conflicts).toHaveLength(1);
    expect((await speaker()).speaker).toEqual({ name: 'Bea' });
  });

  it('fills in what nobody has said of a record that was made by hand, and leaves the rest', async () => {
    await run(as(database, 'EDITOR'), 'mutation ($input: CreatePersonInput!) { createPerson(input: $input) { record { id } } }', {
      input: { name: 'Ana P.', identifiers: [wikidata('Q1')] },
    });
    const brought = await bringNative(database, [person({ gender: 'female' })]);
    expect(brought.conflicts).toEqual(['name: kept as an editor has it: the record has “Ana P.”, the source “Ana Pérez”.']);
    expect(await findPerson()).toMatchObject({ name: 'Ana P.', gender: 'female' });
  });

  it('leaves removed what an editor removed', async () => {
    const organization = { type: 'Organization', name: 'Congreso', identifiers: [wikidata('Q2')] };
    const member = person({ names: [{ name: 'Ani', kind: 'ALIAS' }], memberships: [{ organization: by('Q2'), role: 'member' }] });
    await bringNative(database, [organization, member]);
    const found = await findPerson();
    await edit('removeMembership', { id: found.memberships.nodes[0]?.id });
    const names = await run(as(database, 'ADMIN'), 'query ($id: ID!) { node(id: $id) { ... on Person { names { id } } } }', {
      id: found.id,
    });
    await edit('removeName', { id: (names.node as { names: { id: string }[] }).names[0]?.id });
    const again = await bringNative(database, [organization, member]);
    expect(again.conflicts).toEqual(['memberships[0]: An editor removed it from the record; it stays removed.']);
    expect(await findPerson()).toMatchObject({ names: [], memberships: { nodes: [] } });
  });

  it('writes what refers to something that comes later, or that is there already', async () => {
    const member = person({ memberships: [{ organization: by('Q2'), role: 'member' }] });
    const below = { type: 'Organization', name: 'Comisión', identifiers: [wikidata('Q3')], parent: by('Q2') };
    const above = { type: 'Organization', name: 'Congreso', identifiers: [wikidata('Q2')] };
    const brought = await bringNative(database, [member, below, above, member]);
    expect(brought.problems).toEqual([]);
    expect(brought.result.counts).toEqual({
      Person: { created: 1, unchanged: 1 },
      Organization: { created: 2 },
      Membership: { created: 1, unchanged: 1 },
    });
    expect((await findPerson()).memberships.nodes).toMatchObject([{ role: 'member', organization: { name: 'Congreso' } }]);
    expect((await verify(database.prisma)).findings).toEqual([]);
  });

  it('tells what refers to nothing, with its place, and writes the rest', async () => {
    const lost = person({ memberships: [{ organization: by('Q9') }, { organization: by('Q2'), role: 'member' }] });
    const brought = await bringNative(database, [lost, { type: 'Organization', name: 'Congreso', identifiers: [wikidata('Q2')] }]);
    expect(brought.told).toEqual([
      {
        kind: 'problem',
        at: { file: 'records.jsonl', line: 1 },
        model: 'Membership',
        message: `memberships[0].organization: neither the record nor the source has an Organization with the identifier wikidata ${own}Q9.`,
      },
    ]);
    expect(brought.result.counts).toEqual({ Person: { created: 1 }, Organization: { created: 1 }, Membership: { created: 1, skipped: 1 } });
  });

  it('leaves out a line that is wrong, and that alone', async () => {
    const brought = await bringNative(database, [
      person(),
      { type: 'Person', name: 'B', identifiers: [wikidata('QB')], birthDate: 'yesterday' },
      { type: 'Person', name: 'C' },
      { type: 'Person', name: 7 },
      { type: 'Person', name: 'D\u0000', identifiers: [wikidata('QD')] },
      { type: 'Person', name: 'E', identifiers: [wikidata('QE')], birthDate: '1980', deathDate: '1970' },
      { type: 'Person', name: 'F', identifiers: [wikidata('QF')] },
    ]);
    expect(brought.told.map(({ at, message }) => `${at.line} ${message}`).sort()).toEqual([
      expect.stringMatching(/^2 birthDate: "yesterday" is not an EDTF date/),
      '3 It couldn’t be found again: give it an id or an identifier. Nothing is ever found by its name.',
      '4 name: It has to be a string.',
      '5 It holds a character that can’t be kept, such as NUL or half of a surrogate pair.',
      '6 deathDate: The end is before the start.',
    ]);
    expect(brought.result.counts).toEqual({ Person: { created: 2, skipped: 4 } });
  });

  it('leaves nothing behind when it is strict and something is wrong, and when it is a dry run', async () => {
    const lines = [person(), { type: 'Person', name: 'C' }];
    const before = await take(database, verbatim);
    const strict = await bringNative(database, lines, { isStrict: true });
    expect(strict).toMatchObject({ id: null, stopped: 'problem' });
    const dry = await bringNative(database, lines, { isDryRun: true });
    expect(dry).toMatchObject({ id: null, result: { counts: { Person: { created: 1, skipped: 1 } } } });
    expect((await take(database, verbatim)).text).toBe(before.text);
    expect(await bringNative(database, [person()], { isStrict: true })).toMatchObject({ result: { counts: { Person: { created: 1 } } } });
  });

  it('publishes nothing that depends on a draft', async () => {
    await bringNative(database, [{ type: 'Organization', name: 'Congreso', identifiers: [wikidata('Q2')] }]);
    const member = person({ memberships: [{ organization: by('Q2'), role: 'member' }] });
    const brought = await bringNative(database, [member], { status: 'PUBLISHED' });
    expect(brought.problems).toEqual(['memberships[0]: What is published can’t depend on a draft: organization.']);
    const both = await bringNative(database, [{ type: 'Organization', name: 'Congreso', identifiers: [wikidata('Q2')] }, member], {
      status: 'PUBLISHED',
    });
    expect(both.problems).toEqual([]);
    expect(both.result.counts).toMatchObject({ Organization: { updated: 1 }, Membership: { created: 1 } });
  });

  it('takes over corrected words of a document, with what it quotes from it', async () => {
    const version = (word: string, fields: object = {}) => [
      { type: 'Document', url: `https://example.org/${own}`, title: 'Sitting', language: 'en', text: `One ${word} three. Four five.` },
      {
        type: 'Statement',
        identifiers: [wikidata('S1')],
        text: word,
        language: 'en',
        quoteType: 'DIRECT',
        attributionText: 'the chair',
        appearances: [
          { document: { url: `https://example.org/${own}` }, printedText: word, language: 'en', content: [{ exact: word, start: 4 }] },
        ],
        ...fields,
      },
    ];
    const counts = (each: object) => ({ Document: each, Statement: each, Appearance: each });
    expect((await bringNative(database, version('two'))).result.counts).toEqual(counts({ created: 1 }));
    const corrected = await bringNative(database, version('twelve'));
    expect(corrected).toMatchObject({ told: [], result: { counts: counts({ updated: 1 }) } });
    expect(await bringNative(database, version('twelve'))).toMatchObject({ told: [], result: { counts: counts({ unchanged: 1 }) } });

    const [document = {}] = version('2');
    const alone = await bringNative(database, [document]);
    expect(alone.conflicts).toEqual([
      '“twelve”, which was imported as quoted from it, doesn’t stand in its new text. It is kept without a place.',
    ]);
    expect((await verify(database.prisma)).findings).toEqual([]);

    await run(
      as(database, 'EDITOR'),
      `mutation ($url: String!) { createStatement(input: { text: "Four", language: "en", quoteType: DIRECT, attributionText: "someone",
        appearances: [{ in: { document: { url: $url } }, printedText: "Four", language: "en", content: [{ exact: "Four" }] }] }) { errors { message } } }`,
      { url: `https://example.org/${own}` },
    );
    const without = await bringNative(database, [{ ...document, text: 'One two three.' }]);
    expect(without.problems).toEqual(['text: “Four”, which an editor quotes from it, doesn’t stand in the new text.']);
    expect((await verify(database.prisma)).findings).toEqual([]);
  });

  it('publishes a hierarchy that was there as drafts, in one batch', async () => {
    const place = (value: string, fields: object = {}) => ({ type: 'Place', name: value, identifiers: [wikidata(value)], ...fields });
    const places = [place('P3', { parent: by('P2') }), place('P2', { parent: by('P1') }), place('P1')];
    await bringNative(database, places);
    const published = await bringNative(database, [...places, place('P4', { parent: by('P3') })], { status: 'PUBLISHED' });
    expect(published).toMatchObject({ problems: [], result: { counts: { Place: { updated: 3, created: 1 } } } });
  });

  it('refuses what lies below itself', async () => {
    const place = (value: string, parent: string) => ({ type: 'Place', name: value, identifiers: [wikidata(value)], parent: by(parent) });
    const brought = await bringNative(database, [place('R1', 'R2'), place('R2', 'R3'), place('R3', 'R1'), place('R4', 'R4')]);
    expect(brought.problems.length).toBeGreaterThan(0);
    expect((await verify(database.prisma)).findings).toEqual([]);
  });

  it('is undone: what it made goes, what it changed becomes what it was, what was changed since stays', async () => {
    await bringNative(database, [person({ gender: 'male' })]);
    const before = await take(database, verbatim);
    const brought = await bringNative(database, [
      person({ gender: 'female', birthDate: '1980' }),
      { type: 'Person', name: 'New', identifiers: [wikidata('Q5')] },
    ]);
    await undoImport(database.prisma, brought.id ?? '', null);
    expect((await take(database, verbatim)).text).toBe(before.text);
    const again = await bringNative(database, [person({ gender: 'female' })]);
    expect(again.result.counts).toEqual({ Person: { updated: 1 } });
    const { id } = await findPerson();
    await edit('updatePerson', { id, gender: 'other' });
    const { stayed } = await undoImport(database.prisma, again.id ?? '', null);
    expect(stayed).toMatchObject([{ model: 'Person', columns: ['gender'] }]);
    expect(await findPerson()).toMatchObject({ gender: 'other' });
    await expect(undoImport(database.prisma, again.id ?? '', null)).rejects.toThrow('undone already');
    expect((await verify(database.prisma)).findings).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Entry, Format, ReadOptions } from '../../src/exchange/format.ts';
import { stableId } from '../../src/exchange/ids.ts';
import { Identity, schemeOf } from '../../src/exchange/popolo/identity.ts';
import { Memberships } from '../../src/exchange/popolo/memberships.ts';
import { popolo } from '../../src/exchange/popolo/popolo.ts';
import { Findings } from '../../src/exchange/reading/findings.ts';
import { type ExchangePerson, type ExchangeRecord, exchangeRecord } from '../../src/exchange/record.ts';
import { type Source, sourceOf } from '../../src/exchange/source.ts';
import { Unreadable } from '../../src/exchange/unreadable.ts';
import { gather } from './gather.ts';
import { ids, sample, written } from './written.ts';

async function read(value: unknown, options: Partial<ReadOptions> = {}, file = 'land-v1.0.json') {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return readSource(sourceOf({ [file]: text }), options);
}

async function readSource(source: Source, options: Partial<ReadOptions> = {}) {
  const entries: Entry[] = await gather((popolo as Required<Format>).read(source, { by: 'speech', ...options }));
  const records = entries.flatMap((each) => ('record' in each ? [each.record] : []));
  for (const record of records) exchangeRecord.parse(record);
  return {
    entries,
    records,
    people: records.filter((each): each is ExchangePerson => each.type === 'Person'),
    problems: entries.flatMap((each) => ('problem' in each ? [`${each.at.line}: ${each.problem}`] : [])),
    left: Object.fromEntries(entries.flatMap((each) => ('left' in each ? [[each.left, each.count]] : []))),
  };
}

const ref = (value: string, scheme = 'popolo.land') => ({ identifier: { scheme, value } });

describe('reading Popolo', () => {
  it('makes records of people, organizations, areas and events', async () => {
    const { records, problems, left } = await read(
      {
        persons: [
          {
            id: 'p1',
            name: 'Ana Silva',
            sort_name: 'Silva, Ana',
            given_name: 'Ana',
            family_name: 'Silva',
            gender: 'female',
            birth_date: '1957-03',
            death_date: null,
            summary: 'A deputy.',
            email: 'ana@example.org',
            contact_details: [{ type: 'email', value: 'ana@example.org' }],
            images: [],
            other_names: [
              { name: 'Ana Silva', lang: 'fr', note: 'multilingual' },
              { name: 'Ана Силва', lang: 'sr-ec', note: 'multilingual' },
              { name: 'Ana Costa', note: 'birth name', start_date: '1957', end_date: '1980' },
              { name: 'Aninha', note: 'nickname' },
              { name: 'Ana S.', lang: 'no such language', note: 'multilingual' },
            ],
            identifiers: [{ scheme: 'wikidata', identifier: 'Q1' }, { scheme: 'Parliament ID', identifier: 17 }, { identifier: 'x' }],
          },
        ],
        organizations: [
          { id: 'o1', name: 'Parliament', classification: 'legislature', founding_date: '1975', seats: 230 },
          { id: 'o2', name: 'Committee', parent_id: 'o1' },
        ],
        areas: [
          { id: 'a1', name: 'North', type: 'constituency', parent_id: 'a2' },
          { id: 'a2', name: 'Land', classification: 'planet' },
        ],
        events: [
          { id: 'term/1', name: '1st term', classification: 'legislative period', start_date: '1976', end_date: '1980-11', area_id: 'a2' },
        ],
        meta: { sources: ['https://example.org'] },
        posts: [],
      },
      { language: 'pt' },
    );
    expect(problems).toEqual([]);
    expect(records).toEqual([
      {
        type: 'Person',
        id: stableId('popolo', 'popolo.land', 'persons', 'p1'),
        name: 'Ana Silva',
        sortName: 'Silva, Ana',
        givenName: 'Ana',
        familyName: 'Silva',
        gender: 'female',
        birthDate: '1957-03',
        summary: { pt: 'A deputy.' },
        names: [
          { name: 'Ана Силва', kind: 'TRANSLATION', language: 'sr-Cyrl' },
          { name: 'Ana Costa', kind: 'BIRTH', startDate: '1957', endDate: '1980' },
          { name: 'Aninha', kind: 'ALIAS' },
          { name: 'Ana S.', kind: 'ALIAS' },
        ],
        identifiers: [
          { scheme: 'popolo.land', value: 'persons/p1' },
          { scheme: 'wikidata', value: 'Q1' },
          { scheme: 'parliament-id', value: '17' },
        ],
      },
      expect.objectContaining({ type: 'Organization', name: 'Parliament', classification: 'legislature', foundingDate: '1975' }),
      expect.objectContaining({ type: 'Organization', name: 'Committee', parent: ref('organizations/o1') }),
      expect.objectContaining({ type: 'Place', name: 'North', kind: 'ADMINISTRATIVE_AREA', parent: ref('areas/a2') }),
      expect.not.objectContaining({ kind: expect.anything() }),
      expect.objectContaining({
        type: 'Event',
        title: { pt: '1st term' },
        classification: 'legislative period',
        date: '1976',
        endDate: '1980-11',
        place: ref('areas/a2'),
      }),
    ]);
    expect(left).toEqual({
      'persons.email': 1,
      'persons.contact_details': 1,
      'persons.other_names that are given already': 1,
      'persons.other_names.note': 1,
      'persons.other_names.lang': 1,
      'persons.identifiers without a scheme or a value': 1,
      'organizations.seats': 1,
      'areas.classification': 1,
      'file.meta': 1,
    });
  });

  const memberships = [
    { person_id: 'p', organization_id: 'o', role: 'member', on_behalf_of_id: 'party', start_date: '2001', legislative_period_id: 'term/1' },
    { person_id: 'p', organization_id: 'o', role: 'member', area_id: 'a', legislative_period_id: 'term/2' },
    { person_id: 'p', organization_id: 'o', role: 'member', area_id: 'a', legislative_period_id: 'term/2' },
    { id: 'm', person_id: 'p', post_id: 'chair' },
    { member: { '@type': 'Organization', id: 'party' }, organization_id: 'o' },
  ];
  const lists: Record<string, object[]> = {
    memberships,
    people: [{ id: 'p', name: 'P' }],
    organizations: [
      { id: 'o', name: 'O' },
      { id: 'party', name: 'Party' },
    ],
    posts: [{ id: 'chair', role: 'chair', label: 'Chair of O', organization_id: 'o' }],
    events: [{ id: 'term/1', name: 'Term', start_date: '2000', end_date: '2004' }],
  };

  it('puts memberships to their members wherever they stand, and makes no dates up', async () => {
    const first = await read(lists);
    const last = await read(Object.fromEntries(Object.entries(lists).reverse()));
    expect(first.problems).toEqual([]);
    const [person] = first.people;
    const member = { organization: ref('organizations/o'), role: 'member', id: expect.any(String) };
    expect(person?.memberships).toEqual([
      { ...member, onBehalfOf: ref('organizations/party'), startDate: '2001' },
      member,
      member,
      {
        id: stableId('popolo', 'popolo.land', 'memberships', 'm'),
        organization: ref('organizations/o'),
        role: 'chair',
        label: 'Chair of O',
      },
    ]);
    expect(new Set(person?.memberships?.map(({ id }) => id)).size).toBe(4);
    expect(last.people).toEqual(first.people);
    expect(first.records.find((each) => each.type === 'Organization' && each.name === 'Party')).toMatchObject({
      memberships: [{ organization: ref('organizations/o') }],
    });
    expect(first.left).toMatchObject({ 'memberships.legislative_period_id': 3, 'memberships.area_id': 2 });
  });

  it('finds the same memberships again when one is added', async () => {
    const [before] = (await read(lists)).people;
    const added = { person_id: 'p', organization_id: 'o', role: 'member', start_date: '1999' };
    const [after] = (await read({ ...lists, memberships: [added, ...memberships] })).people;
    expect(after?.memberships?.map(({ id }) => id)).toEqual(expect.arrayContaining(before?.memberships?.map(({ id }) => id ?? '') ?? []));
  });

  it('takes memberships in a person, lists that are the whole file, results, and a folder of files', async () => {
    const nested = await read([{ id: 'p', name: 'P', gender: 'x', memberships: [{ organization: { id: 'o' }, role: 'r' }] }]);
    expect(nested.people[0]?.memberships).toMatchObject([{ organization: ref('organizations/o'), role: 'r' }]);
    const page = await read({ count: 1, results: [{ id: 'o', name: 'O', classification: 'party' }] });
    expect(page.records).toMatchObject([{ type: 'Organization', classification: 'party' }]);
    expect(page.left).toEqual({ 'file.count': 1 });
    const folder = await readSource(
      sourceOf(
        {
          'areas.json': '[{"id": 1, "name": "A"}]',
          'memberships.json': '[{"person_id": "p", "organization_id": "o"}]',
          'people.json': '[{"id": "p", "name": "P"}]',
          'readme.txt': 'x',
        },
        'Some Land 2.1',
      ),
    );
    expect(folder.problems).toEqual([]);
    expect(folder.records).toMatchObject([
      { type: 'Place', identifiers: [{ scheme: 'popolo.some-land', value: 'areas/1' }] },
      { type: 'Person', memberships: [{ organization: ref('organizations/o', 'popolo.some-land') }] },
    ]);
    expect(folder.left).toEqual({ 'files that are not .json': 1 });
  });

  it('reads standard input, which can be read once', async () => {
    let times = 0;
    const [file] = sourceOf({ 'standard input': JSON.stringify(lists) }).files;
    const once = async function* () {
      times += 1;
      if (times > 1) throw new Error('It was read already.');
      yield JSON.stringify(lists);
    };
    const source: Source = { name: 'standard input', files: file ? [{ name: file.name, bytes: file.bytes, text: once }] : [] };
    const { people } = await readSource(source);
    expect(people[0]?.memberships).toHaveLength(4);
  });

  it('tells what is wrong and reads on', async () => {
    const { records, problems, left } = await read(`{
"persons": [
{"id": "p", "name": "P", "birth_date": "1957-02-30", "gender": ["f"], "other_names": [{"lang": "fr"}, 7], "__proto__": {"name": "X"}},
{"id": "p", "name": "Twice"},
{"id": "q"},
"Q",
{"id": "r", "name": "R", "identifiers": {"wikidata": "Q1"}, "constructor": 1}
],
"areas": [{"id": "a", "name": "A", "type": "constructor"}],
"organizations": null,
"memberships": [
{"person_id": "lost", "organization_id": "o"},
{"organization_id": "o"},
{"person_id": "r", "start_date": "yesterday", "post_id": "none"}
],
"other": [1]
}`);
    expect(records.map(({ type }) => type)).toEqual(['Person', 'Person', 'Place']);
    expect(records[0]).not.toHaveProperty('birthDate');
    expect(problems).toEqual([
      '6: persons.3 is not an object, as Popolo has it, and was left out.',
      '13: The membership names no person and no member: it was left out.',
      expect.stringMatching(/^14: memberships.start_date was left out: "yesterday" is not an EDTF date/),
      expect.stringContaining('3: '),
      expect.stringContaining('3: '),
      expect.stringContaining('3: '),
      expect.stringContaining('3: '),
      '4: Another of the persons has the id "p": this one was left out.',
      '5: persons.name is missing: it was left out.',
      '7: persons.identifiers can’t be read, and was left out: it is not a list.',
      '14: There is no post "none" in the file.',
      '14: The membership names no organization: it was left out.',
      '12: There is no "persons/lost" in the file: the membership was left out.',
    ]);
    expect(left).toEqual({ 'persons.__proto__': 1, 'persons.constructor': 1, 'areas.type': 1, 'file.other': 1 });
    expect(({} as { name?: string }).name).toBeUndefined();
  });

  it.each(['{"persons": [{"name": "x"}', '<html>', '', '{"persons": [}'])('ends where it is not JSON: %j', async (text) => {
    await expect(read(text)).rejects.toThrow(Unreadable);
  });

  it('holds no more memberships than it says', () => {
    const held = new Memberships(new Identity('x'), new Findings(), 1000);
    const add = () => {
      for (let i = 0; i < 100; i++) held.add({ file: 'a', line: i }, { person_id: `p${i}`, organization_id: 'o' });
    };
    expect(add).toThrow(Unreadable);
  });

  it.each([
    ['estonia-ep-popolo-v1.0.json', 'popolo.estonia-ep-popolo'],
    ['folder/Côte d’Ivoire_2.json', 'popolo.cote-d-ivoire'],
    ['??', 'popolo'],
  ])('names the scheme of %j', (file, scheme) => {
    expect(schemeOf(sourceOf({ [file]: '' }))).toBe(scheme);
  });
});

describe('writing Popolo', () => {
  it('has a list for each class, and tells what it does not carry', async () => {
    const { files, left } = await written(popolo, sample);
    const text = files.get('') ?? '';
    const { meta, areas, organizations, persons, events, memberships, posts } = JSON.parse(text);
    expect({ meta, posts }).toEqual({ meta: { ids: 'verbatim' }, posts: [] });
    expect(areas).toMatchObject([
      { id: ids.iraq, name: 'Iraq', type: 'country', geometry: { type: 'Point', coordinates: [44.25, -33.5] } },
      { name: 'Baghdad', parent_id: ids.iraq },
    ]);
    expect(organizations).toMatchObject([{ founding_date: '2014-09', abstract: 'States that\nfought.' }, { parent_id: ids.coalition }]);
    expect(organizations[0]).not.toHaveProperty('dissolution_date');
    expect(persons).toMatchObject([{ id: ids.general, sort_name: 'General', birth_date: '1957' }]);
    expect(events).toMatchObject([{ name: 'Talks <b>end</b>', start_date: '2021-07', area_id: ids.baghdad }, { parent_id: ids.talks }]);
    expect(memberships).toMatchObject([
      { member: { '@type': 'Organization', id: ids.coalition }, organization_id: ids.agency, start_date: '2015' },
      { id: ids.membership, person_id: ids.general, on_behalf_of_id: ids.agency, role: 'commander', start_date: '2019-03-28' },
    ]);
    expect(left).toMatchObject({
      Document: 2,
      Statement: 2,
      'Organization.dissolutionDate that is not a plain date': 1,
      'Organization.summary in further languages': 1,
      'Event.participations': 2,
      'Membership.citations': 1,
      'Membership.endDate that is not a plain date': 1,
      'Person.status': 1,
    });
  });

  it('is JSON when there is nothing', async () => {
    const { files } = await written(popolo, []);
    expect(JSON.parse(files.get('') ?? '')).toMatchObject({ persons: [], memberships: [], events: [] });
  });

  it('is read again as the same records', async () => {
    const carried = sample.filter(({ type }) => ['Place', 'Organization', 'Person', 'Event'].includes(type));
    const first = (await written(popolo, carried)).files.get('') ?? '';
    const { records, problems } = await read(first, { language: 'en' }, 'other-name.json');
    expect(problems).toEqual([]);
    expect(records.map(({ id }) => id)).toEqual(carried.map(({ id }) => id));
    const person = records.find((each: ExchangeRecord) => each.type === 'Person');
    expect(person).not.toHaveProperty('identifiers');
    expect(person).toMatchObject({
      id: ids.general,
      memberships: [{ id: ids.membership, organization: { id: ids.coalition }, onBehalfOf: { id: ids.agency } }],
    });
    const again = (await written(popolo, records)).files.get('') ?? '';
    expect(JSON.parse(again)).toEqual(JSON.parse(first));
  });
});

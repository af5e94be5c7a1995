import { describe, expect, it } from 'vitest';
import type { Entry, Format, ReadOptions } from '../../src/exchange/format.ts';
import { stableId } from '../../src/exchange/ids.ts';
import { exchangeRecord } from '../../src/exchange/record.ts';
import { type Source, sourceOf } from '../../src/exchange/source.ts';
import { Unreadable } from '../../src/exchange/unreadable.ts';
import { Index } from '../../src/exchange/wikidata/index-of-entities.ts';
import { edtfOf } from '../../src/exchange/wikidata/time.ts';
import { wikidata } from '../../src/exchange/wikidata/wikidata.ts';
import { gather } from './gather.ts';

const item = (id: string) => ({ snaktype: 'value', datavalue: { type: 'wikibase-entityid', value: { id } } });
const text = (value: string) => ({ snaktype: 'value', datavalue: { type: 'string', value } });
const time = (value: string, precision: number, calendar = 'Q1985727', more = {}) => ({
  snaktype: 'value' as const,
  datavalue: { type: 'time', value: { time: value, precision, calendarmodel: `http://www.wikidata.org/entity/${calendar}`, ...more } },
});
const unknown = { snaktype: 'somevalue' };
const says = (mainsnak: object, more: object = {}) => ({ mainsnak, rank: 'normal', ...more });
const labels = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).map(([language, value]) => [language, { language, value }]));

const human = (id: string, claims: Record<string, unknown> = {}, more: object = {}) => ({
  id,
  labels: labels({ en: `Person ${id}` }),
  claims: { P31: [says(item('Q5'))], ...claims },
  ...more,
});

async function read(value: unknown, options: Partial<ReadOptions> = {}) {
  return readSource(sourceOf({ 'a.json': typeof value === 'string' ? value : JSON.stringify(value) }), options);
}

async function readSource(source: Source, options: Partial<ReadOptions> = {}) {
  const entries: Entry[] = await gather((wikidata as Required<Format>).read(source, { by: 'speech', ...options }));
  const records = entries.flatMap((each) => ('record' in each ? [each.record] : []));
  for (const record of records) exchangeRecord.parse(record);
  return {
    records,
    entries,
    problems: entries.flatMap((each) => ('problem' in each ? [`${each.at.line}: ${each.problem}`] : [])),
    left: Object.fromEntries(entries.flatMap((each) => ('left' in each ? [[each.left, each.count]] : []))),
  };
}

const ref = (value: string) => ({ identifier: { scheme: 'wikidata', value } });

describe('reading Wikidata', () => {
  it('makes a person of a human', async () => {
    const { records, left, problems } = await read({
      ...human('Q1', {
        P21: [says(item('Q6581072'))],
        P569: [says(time('+1957-03-04T00:00:00Z', 11), { rank: 'preferred' }), says(time('+1958-01-01T00:00:00Z', 9))],
        P570: [says(time('+2001-00-00T00:00:00Z', 9), { qualifiers: { P1480: [item('Q5727902')] }, references: [{}, {}] })],
        P735: [says(item('Q7'))],
        P214: [says(text('123')), says(text('123')), says(text('old'), { rank: 'deprecated' })],
        P102: [
          says(item('Q30'), {
            id: 'q1$abc',
            qualifiers: { P580: [time('+1980-05-00T00:00:00Z', 10)], P582: [unknown], P768: [item('Q8')] },
          }),
        ],
        P39: [
          says(item('Q40'), { id: 'Q1$o1', qualifiers: { P642: [item('Q31')] } }),
          says(item('Q41'), { id: 'Q1$o2', qualifiers: [] }),
          says(item('Q42'), { id: 'Q1$o3' }),
        ],
        P108: [says({ snaktype: 'value', datavalue: { value: { 'entity-type': 'item', 'numeric-id': 32 } } })],
      }),
      labels: labels({ en: 'Ana', fr: 'Ana', de: 'Anna', 'sr-ec': 'Ана', 'map-bms': 'Ana B' }),
      descriptions: labels({ en: 'politician', 'zh-classical': '政' }),
      aliases: {
        en: [
          { language: 'en', value: 'A. Silva' },
          { language: 'en', value: 'Ana' },
        ],
        mul: [{ language: 'mul', value: 'A.S.' }],
      },
      sitelinks: { enwiki: { title: 'Ana' } },
      lastrevid: 7,
    });
    expect(problems).toEqual([]);
    expect(records).toEqual([
      {
        type: 'Person',
        id: stableId('wikidata', 'Q1'),
        name: 'Ana',
        names: [
          { name: 'Anna', kind: 'TRANSLATION', language: 'de' },
          { name: 'Ана', kind: 'TRANSLATION', language: 'sr-Cyrl' },
          { name: 'A. Silva', kind: 'ALIAS', language: 'en' },
          { name: 'A.S.', kind: 'ALIAS' },
        ],
        identifiers: [
          { scheme: 'wikidata', value: 'Q1' },
          { scheme: 'viaf', value: '123' },
        ],
        gender: 'female',
        birthDate: '1957-03-04',
        deathDate: '2001~',
        summary: { en: 'politician', lzh: '政' },
        memberships: [
          { id: stableId('wikidata', 'statement', 'Q1$O1'), organization: ref('Q31') },
          { id: stableId('wikidata', 'statement', 'Q1$ABC'), organization: ref('Q30'), role: 'member', startDate: '1980-05' },
          { id: expect.any(String), organization: ref('Q32') },
        ],
      },
    ]);
    expect(left).toEqual({
      'claims.P735': 1,
      'claims.P39 with no organization': 2,
      'qualifiers of P102.P768': 1,
      'qualifiers of P102.P582 that can’t be kept': 1,
      'statements.deprecated': 1,
      'statements.references': 2,
      'names.that are given already': 2,
      'names.of a language that is not BCP 47': 1,
      'entity.sitelinks': 1,
    });
  });

  const iraq = {
    id: 'Q796',
    labels: labels({ en: 'Iraq', fr: 'Irak' }),
    claims: { P31: [says(item('Q6256'))], P17: [says(item('Q796'))] },
  };
  const globe = (precision: number | null, of = 'Q2') => ({
    snaktype: 'value',
    datavalue: { value: { latitude: 33.35, longitude: 44.4, precision, globe: `http://www.wikidata.org/entity/${of}` } },
  });
  const baghdad = {
    id: 'Q1530',
    labels: labels({ fr: 'Bagdad', en: 'Baghdad' }),
    claims: {
      P31: [says(item('Q515'))],
      P131: [says(item('Q99'))],
      P17: [says(item('Q796'))],
      P625: [says(globe(0.01))],
      P1566: [says(text('98182'))],
    },
  };
  const party = {
    id: 'Q50',
    labels: labels({ en: 'Party' }),
    claims: {
      P31: [says(item('Q7278'))],
      P571: [says(time('+1990-00-00T00:00:00Z', 8))],
      P749: [says(item('Q51'))],
      P361: [says(item('Q52'))],
    },
  };
  const alliance = { id: 'Q52', labels: labels({ en: 'Alliance' }), claims: { P31: [says(item('Q123456789'))], P488: [says(item('Q1'))] } };

  it('makes places and organizations, and gives parents that are in the source', async () => {
    const { records, left } = await read([baghdad, party, iraq, alliance], { language: 'fr' });
    expect(records).toMatchObject([
      { type: 'Place', name: 'Bagdad', kind: 'CITY', parent: ref('Q796'), latitude: 33.35, longitude: 44.4, precision: 'NEAR' },
      { type: 'Organization', name: 'Party', classification: 'political party', foundingDate: '199X', parent: ref('Q52') },
      { type: 'Place', name: 'Irak', kind: 'COUNTRY', names: [{ name: 'Iraq', kind: 'TRANSLATION', language: 'en' }] },
      { type: 'Organization', name: 'Alliance' },
    ]);
    expect(records[2]).not.toHaveProperty('parent');
    expect(left).toMatchObject({ 'claims.P131': 1, 'claims.P749': 1, 'claims.P17': 1 });
    const [alone] = (await read(baghdad)).records;
    expect(alone).not.toHaveProperty('parent');
  });

  it('knows an office that is in the source', async () => {
    const office = {
      id: 'Q60',
      labels: labels({ en: 'chair of Party' }),
      claims: { P31: [says(item('Q4164871'))], P2389: [says(item('Q50'))] },
    };
    const { records, left } = await read([human('Q1', { P39: [says(item('Q60'))] }), office]);
    expect(records).toMatchObject([{ memberships: [{ organization: ref('Q50'), role: 'chair of Party' }] }]);
    expect(left).toEqual({ 'entities of class.Q4164871': 1 });
  });

  it('keeps coordinates of Earth, as closely as they fit', async () => {
    const precisions = await Promise.all(
      [globe(0.0001), globe(1), globe(null), globe(0.1, 'Q405')].map(
        async (each) => (await read({ ...baghdad, claims: { ...baghdad.claims, P625: [says(each)] } })).records[0],
      ),
    );
    expect(precisions).toMatchObject([{ precision: 'EXACT' }, { precision: 'AREA' }, { latitude: 33.35 }, { name: 'Baghdad' }]);
    expect(precisions[2]).not.toHaveProperty('precision');
    expect(precisions[3]).not.toHaveProperty('latitude');
  });

  it.each([
    ['Special:EntityData', JSON.stringify({ entities: { Q1: human('Q1'), Q2: human('Q2') }, success: 1 }, null, 2)],
    ['a reply on one line', `${JSON.stringify({ entities: { Q1: human('Q1'), Q2: human('Q2') } })}\n`],
    ['an array', JSON.stringify([human('Q1'), human('Q2')])],
    ['an array on many lines', JSON.stringify([human('Q1'), human('Q2')], null, 1)],
    ['a dump', `[\n${JSON.stringify(human('Q1'))},\n${JSON.stringify(human('Q2'))}\n]\n`],
    ['JSON Lines', `${JSON.stringify(human('Q1'))}\n\n${JSON.stringify(human('Q2'))}\n`],
  ])('reads %s', async (_, json) => {
    const { records, problems, left } = await read(json);
    expect(problems).toEqual([]);
    expect(left).toEqual({});
    expect(records.map(({ id }) => id)).toEqual([stableId('wikidata', 'Q1'), stableId('wikidata', 'Q2')]);
  });

  it('reads one entity, and a folder of them', async () => {
    expect((await read(JSON.stringify(human('Q1'), null, 2))).records).toHaveLength(1);
    expect((await read(JSON.stringify(human('Q1')))).records).toHaveLength(1);
    const files = { 'Q1.json': JSON.stringify(human('Q1')), 'Q2.json': JSON.stringify(human('Q2')), 'notes.txt': 'x' };
    const { records, left } = await readSource(sourceOf(files, 'folder'));
    expect(records).toHaveLength(2);
    expect(left).toEqual({ 'files that are not .json': 1 });
  });

  it('tells what is wrong and reads on', async () => {
    const wrong = [
      '[',
      `${JSON.stringify(human('Q1', { P569: [says(time('+1957-02-30T00:00:00Z', 11))], P570: [says(unknown)], P21: [7] }))},`,
      '{"id": "Q2",',
      `${JSON.stringify(human('Q1'))},`,
      `${JSON.stringify({ ...human('Q3'), labels: [] })},`,
      `${JSON.stringify({ ...human('Q4'), id: 'four' })},`,
      `${JSON.stringify({ ...human('Q5'), labels: { en: 'Five' } })},`,
      `${JSON.stringify({ id: 'P31', type: 'property', labels: {} })},`,
      '7,',
      `{"id": "Q6", "labels": {"__proto__": {"value": "x"}, "en": {"value": "Six"}}, "claims": {"__proto__": [], "P31": ${JSON.stringify([says(item('Q5'))])}}, "__proto__": {"a": 1}}`,
      ']',
    ].join('\n');
    const { records, problems, left } = await read(wrong);
    expect(records.map((each) => 'name' in each && each.name)).toEqual(['Person Q1', 'Six']);
    expect(records[0]).not.toHaveProperty('birthDate');
    expect(problems).toEqual([
      '2: A statement of P21 is not of the form that Wikidata has, and was left out.',
      expect.stringMatching(/^3: This is not JSON/),
      '4: Q1 was there before: this one was left out.',
      '5: Q3 has no label: it was left out.',
      '6: entity.id can’t be read, and was left out: it is not the id of an item, such as Q796.',
      expect.stringMatching(/^7: entity.labels can’t be read/),
      '7: Q5 has no label: it was left out.',
      '9: This is not an entity of Wikidata, and was left out.',
    ]);
    expect(left).toMatchObject({
      'claims.P569 with a value that can’t be kept': 1,
      'claims.P570 with a value that can’t be kept': 1,
      'entities.that are properties or lexemes': 1,
      'entity.__proto__': 1,
    });
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it('does not choose between dates that differ', async () => {
    const { records, left } = await read(
      human('Q1', { P569: [says(time('+1957-00-00T00:00:00Z', 9)), says(time('+1958-00-00T00:00:00Z', 9))] }),
    );
    expect(records[0]).not.toHaveProperty('birthDate');
    expect(left).toEqual({ 'claims.P569 with several values': 1 });
  });

  it.each(['{"id": "Q1"', '<html>', '[{"id": "Q1"}'])('ends where it is not JSON: %j', async (json) => {
    await expect(read(json)).rejects.toThrow(Unreadable);
  });

  it('takes for missing what is beyond its index', () => {
    const index = new Index(1);
    index.add('Q1', 'Place', {});
    index.add('Q2', 'Place', {});
    expect([index.typeOf('Q1'), index.typeOf('Q2')]).toEqual(['Place', undefined]);
  });
});

describe('dates of Wikidata', () => {
  it.each([
    [time('+1957-03-04T00:00:00Z', 11), '1957-03-04'],
    [time('+00000001957-03-04T00:00:00Z', 11), '1957-03-04'],
    [time('+1957-03-00T00:00:00Z', 10), '1957-03'],
    [time('+0957-01-01T00:00:00Z', 9), '0957'],
    [time('+1994-01-01T00:00:00Z', 8), '199X'],
    [time('+1801-00-00T00:00:00Z', 7), '18XX'],
    [time('+1900-00-00T00:00:00Z', 7), '18XX'],
    [time('+2000-00-00T00:00:00Z', 6), undefined],
    [time('-0044-03-15T00:00:00Z', 11), undefined],
    [time('+1616-04-23T00:00:00Z', 11, 'Q1985786'), undefined],
    [time('+1616-04-23T00:00:00Z', 9, 'Q1985786'), '1616'],
    [time('+1957-02-30T00:00:00Z', 11), undefined],
    [time('+1957-00-00T00:00:00Z', 9, 'Q1985727', { before: 0, after: 3 }), undefined],
    [time('+12000-00-00T00:00:00Z', 9), undefined],
    [time('yesterday', 11), undefined],
  ])('%j', (value, date) => {
    expect(edtfOf(value)).toBe(date);
  });
});

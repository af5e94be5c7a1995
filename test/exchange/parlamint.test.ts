import { describe, expect, test } from 'vitest';
import { placeSpans } from '../../src/documents/place-span.ts';
import type { Entry, ReadOptions } from '../../src/exchange/format.ts';
import { stableId } from '../../src/exchange/ids.ts';
import { lineOf } from '../../src/exchange/parlamint/paragraph.ts';
import { parlamint } from '../../src/exchange/parlamint/parlamint.ts';
import { readXml, xmlLimits } from '../../src/exchange/reading/xml.ts';
import { type ExchangeRecord, exchangeRecord } from '../../src/exchange/record.ts';
import { sourceOf } from '../../src/exchange/source.ts';
import { Unreadable } from '../../src/exchange/unreadable.ts';
import { component, corpus, listOrg, listPerson, organizations, people, root, taxonomy } from './parlamint-files.ts';

type Of<T extends ExchangeRecord['type']> = Extract<ExchangeRecord, { type: T }>;

async function read(files: Record<string, string>, options: Partial<ReadOptions> = {}) {
  const entries: Entry[] = [];
  for await (const entry of parlamint.read?.(sourceOf(files), { by: 'speech', ...options }) ?? []) entries.push(entry);
  const records = entries.flatMap((entry) => ('record' in entry ? [exchangeRecord.parse(entry.record)] : []));
  const of = <T extends ExchangeRecord['type']>(type: T) => records.filter((record): record is Of<T> => record.type === type);
  return {
    entries,
    records,
    of,
    named: (value: string) => records.find(({ identifiers }) => identifiers?.some((each) => each.value === value)),
    problems: entries.flatMap((entry) => ('problem' in entry ? [entry] : [])),
    left: Object.fromEntries(entries.flatMap((entry) => ('left' in entry ? [[entry.left, entry.count]] : []))) as Record<string, number>,
  };
}

const withPeople = (content: string) => ({ ...corpus, 'ParlaMint-XX-listPerson.xml': listPerson(content) });
const withSpeeches = (body: string) => ({ ...corpus, '1995/one.xml': component({ body }) });
const scheme = 'parlamint-xx';
const ref = (value: string) => ({ identifier: { scheme, value } });

describe('a corpus', () => {
  test('gives organizations, people, terms, and each transcript with its sitting and what was said, in this order', async () => {
    const { entries, problems } = await read(corpus);
    expect(problems).toEqual([]);
    const types = entries.flatMap((entry) => ('record' in entry ? [entry.record.type] : []));
    expect(types.filter((type, i) => type !== types[i - 1])).toEqual([
      'Organization',
      'Person',
      'Event',
      'Document',
      'Place',
      'Event',
      'Statement',
    ]);
  });

  test('tells where each record stands', async () => {
    const { entries } = await read(corpus);
    expect(entries.find((entry) => 'record' in entry && entry.at.id === 'ParlaMint-XX_1.u2')?.at).toEqual({
      file: '1995/one.xml',
      line: corpus['1995/one.xml'].split('\n').findIndex((line) => line.includes('xml:id="ParlaMint-XX_1.u2"')) + 1,
      column: 5,
      id: 'ParlaMint-XX_1.u2',
    });
  });

  test('counts what the model has no room for', async () => {
    const { left } = await read(corpus);
    expect(left).toEqual({
      'relation between organizations': 2,
      'identifier or address (idno, parliament)': 1,
      'identifier that another record has already (idno, wikimedia)': 1,
      'person: placeName of birth': 1,
      'person: occupation': 1,
      'term of an affiliation (ana)': 1,
      'label of an affiliation in another language': 1,
      'setting: country': 1,
      'meeting (number of the sitting or session)': 1,
      'address of the source that is not of this transcript alone': 1,
      'kind of speaker (ana)': 3,
      'speech without words': 1,
      'speech of which nothing says who spoke': 1,
    });
  });

  test('is read the same with the lists in its root', async () => {
    const files = {
      'root.xml': root(
        ['ParlaMint-taxonomy-speaker_types.xml', '1995/one.xml'],
        `<listOrg>${organizations}</listOrg><listPerson>${people}</listPerson>`,
      ),
      'ParlaMint-taxonomy-speaker_types.xml': taxonomy,
      '1995/one.xml': component(),
    };
    expect((await read(files)).records).toEqual((await read(corpus)).records);
  });

  test('is read without a root, too', async () => {
    const { 'ParlaMint-XX.xml': _, ...files } = corpus;
    const { records, problems } = await read(files);
    expect(problems).toEqual([]);
    expect(records).toEqual((await read(corpus)).records);
    const one = await read({ 'one.xml': component() });
    expect(one.problems.map(({ problem }) => problem)).toEqual(['There is no list of people (listPerson); speakers are given as texts.']);
    expect(one.of('Statement').map((each) => each.attributionText)).toEqual(['The Speaker:', 'AnnaBlum', 'A voice:', 'CleaMohn', 'chair']);
  });

  test('has a scheme of identifiers of its own, or the one that is asked for', async () => {
    expect((await read(corpus, { scheme: 'ruritania' })).of('Person')[0]?.identifiers?.[0]).toEqual({
      scheme: 'ruritania',
      value: 'AnnaBlum',
    });
    await expect(read(corpus, { scheme: 'Rurítania' })).rejects.toThrow("can't be a scheme");
  });

  test('opens nothing but the files of the source', async () => {
    // The last but one is among them.
    const includes = [
      '../../etc/passwd',
      'file:///etc/passwd',
      'https://example.org/list.xml',
      '/etc/listOrg.xml',
      '%2e%2e/x.xml',
      'a%ZZ.xml',
    ];
    const { problems, left } = await read({ 'sub/root.xml': root(includes), 'x.xml': component() });
    expect(left['component that the corpus root includes and that is not among the files']).toBe(3);
    expect(problems.map(({ problem }) => problem)).toEqual([
      '"https://example.org/list.xml" is included, and is not among the files.',
      '"/etc/listOrg.xml" is included, and is not among the files.',
      'There is no list of people (listPerson); speakers are given as texts.',
    ]);
  });

  test('tells which files its root does not include, once', async () => {
    const { problems, of } = await read({ ...corpus, '1995/two.xml': component({ id: 'ParlaMint-XX_2' }), 'notes.txt': 'Hello' });
    expect(problems.map(({ problem }) => problem)).toEqual([
      'The corpus root does not include 1 of the files, which are not read: 1995/two.xml',
    ]);
    expect(of('Document')).toHaveLength(1);
  });
});

describe('an organization', () => {
  test('has its names, dates, identifiers and what it is', async () => {
    expect((await read(corpus)).named('P')).toEqual({
      type: 'Organization',
      id: stableId(scheme, 'organization', 'P'),
      name: 'Parliament of Ruritania',
      classification: 'parliament',
      foundingDate: '1901-01-01',
      dissolutionDate: '1999',
      names: [
        { kind: 'TRANSLATION', name: 'Comitia Ruritana', language: 'la' },
        { kind: 'ABBREVIATION', name: 'PR', language: 'en' },
      ],
      identifiers: [
        { scheme, value: 'P' },
        { scheme: 'wikipedia', value: 'https://en.wikipedia.org/wiki/Ruritania' },
        { scheme: 'wikidata', value: 'Q123456' },
        { scheme: 'viaf', value: '99' },
      ],
    });
  });

  test('comes before its parts', async () => {
    const { of } = await read(corpus);
    expect(of('Organization').map(({ name, parent }) => [name, parent])).toEqual([
      ['Parliament of Ruritania', undefined],
      ['Committee of Finance', ref('P')],
      ['Government of Ruritania', undefined],
      ['Rose', undefined],
    ]);
  });

  test('has terms, which are events', async () => {
    const { named } = await read(corpus);
    expect(named('P.1')).toMatchObject({
      type: 'Event',
      title: { en: 'Term 1', la: 'Legislatura I' },
      classification: 'legislative term',
      date: '1990-01-01',
      endDate: '1994-12-31',
    });
    expect(named('P.2')).not.toHaveProperty('endDate');
  });
});

describe('a person', () => {
  test('has its names, with former ones', async () => {
    expect((await read(corpus)).named('AnnaBlum')).toMatchObject({
      name: 'Dr Anna Maria van Blum',
      sortName: 'van Blum, Anna Maria',
      givenName: 'Anna Maria',
      familyName: 'van Blum',
      names: [{ name: 'Anna Feld', kind: 'FORMER', language: 'en', endDate: '1991-05-01' }],
      gender: 'female',
      birthDate: '1950-02-03',
      deathDate: '2010',
      identifiers: [
        { scheme, value: 'AnnaBlum' },
        { scheme: 'wikipedia', value: 'https://en.wikipedia.org/wiki/Anna_Blum' },
        { scheme: 'twitter', value: 'https://twitter.com/annablum' },
      ],
    });
    const clea = (await read(corpus)).named('CleaMohn');
    expect(clea).toMatchObject({ name: 'Clea Mohn' });
    expect(clea).not.toHaveProperty('gender');
    expect(clea).not.toHaveProperty('sortName');
  });

  test('has its name in another script', async () => {
    const { of } = await read(
      withPeople(
        `<person xml:id="A"><persName>Anna</persName><persName xml:lang="en-Cyrl">Анна</persName><persName xml:lang="la">Ana</persName></person>`,
      ),
    );
    expect(of('Person')[0]).toMatchObject({
      name: 'Anna',
      names: [
        { name: 'Анна', kind: 'TRANSLITERATION', language: 'en-Cyrl', script: 'Cyrl' },
        { name: 'Ana', kind: 'TRANSLATION', language: 'la' },
      ],
    });
  });

  test('has memberships, with dates as they are given', async () => {
    const { of } = await read(corpus);
    expect(of('Person').flatMap(({ memberships }) => memberships?.map(({ id: _, ...rest }) => rest))).toEqual([
      { organization: ref('P'), role: 'member', startDate: '1990-01-01' },
      { organization: ref('party.Rose'), role: 'member' },
      { organization: ref('P'), role: 'member', startDate: '1990-01-01', endDate: '1999-12-31' },
      { organization: ref('P'), role: 'head', label: 'Speaker of the House', startDate: '1995-01-01', endDate: '1995-12-31' },
      { organization: ref('GOV'), role: 'minister', startDate: '1995', endDate: '1996' },
    ]);
  });

  test('keeps the id of a membership that ends in a later version, and tells equal ones apart', async () => {
    const ids = async (...affiliations: string[]) => {
      const { of } = await read(withPeople(`<person xml:id="A"><persName>A</persName>${affiliations.join('')}</person>`));
      return of('Person')[0]?.memberships?.map(({ id }) => id);
    };
    const open = '<affiliation ref="#P" role="member" from="1990"/>';
    const [first, second] = (await ids(open, open)) ?? [];
    expect(first).not.toBe(second);
    expect(await ids('<affiliation ref="#P" role="member" from="1990" to="1994"><roleName>Member</roleName></affiliation>')).toEqual([
      first,
    ]);
  });

  test.each([
    ['<birth when="1950-13-40"/>', 'The date of birth of "A" can\'t be read', true],
    ['<birth when="1950"/><death when="1940"/>', 'before being born', true],
    ['<affiliation ref="#P" role="member" from="yesterday"/>', 'The start of an affiliation of "A" can\'t be read', true],
    ['<affiliation ref="#P" role="member" from="1999" to="1990"/>', 'is before its start', true],
    ['<affiliation ref="#nowhere" role="member"/>', 'there is no such organization', true],
    ['<affiliation ref="#P #GOV" role="member"/>', 'does not point at one organization', true],
    ['<persName xml:lang="not a language"><surname>B</surname></persName>', 'is not a BCP 47 language', true],
    ['</person><person xml:id="A"><persName>Another</persName>', 'has the xml:id "A" of another', true],
    ['</person><person><persName>Another</persName>', 'has no xml:id', true],
    ['</person><person xml:id="B">', 'The person "B" has no name', true],
  ])('of whom something is wrong is told, and the rest is read: %s', async (content, message) => {
    const { problems, of } = await read({
      ...withPeople(`<person xml:id="A"><persName>A</persName>${content}</person>`),
      '1995/one.xml': component({ body: '<u who="#A">Yes.</u>' }),
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.problem).toContain(message);
    expect(problems[0]?.at).toMatchObject({ file: 'ParlaMint-XX-listPerson.xml', line: 1, column: expect.any(Number) });
    expect(of('Person')).toHaveLength(1);
    expect(of('Person')[0]?.memberships).toEqual([]);
    expect(of('Statement')[0]?.speaker).toEqual({ person: ref('A') });
  });
});

describe('a sitting', () => {
  test('has a transcript as it reads', async () => {
    expect((await read(corpus)).of('Document')).toEqual([
      {
        type: 'Document',
        id: stableId(scheme, 'document', 'ParlaMint-XX_1'),
        title: 'Ruritanian corpus, Sitting 1 [ParlaMint]',
        language: 'en',
        kind: 'TRANSCRIPT',
        text: [
          '1. Opening',
          'The Speaker:',
          'The sitting is open [Applause], friends. (Laughter.)',
          'A bell rings',
          'Salvete 🌹 omnes.',
          '[pause]',
          'Thank you.',
          'A voice:',
          'Hear, hear!',
          'I thank you.',
          'Order.',
          'silence',
          'Who am I?',
        ].join('\n'),
        identifiers: [{ scheme, value: 'ParlaMint-XX_1' }],
      },
    ]);
  });

  test('is an event in its term, on its day, in its city', async () => {
    const { named } = await read(corpus);
    expect(named('ParlaMint-XX_1#sitting')).toEqual({
      type: 'Event',
      id: stableId(scheme, 'event', 'ParlaMint-XX_1#sitting'),
      title: { en: 'Sitting 1', la: 'Sessio I' },
      classification: 'sitting',
      date: '1995-03-04',
      place: ref('city#Strelsau'),
      parent: ref('P.2'),
      identifiers: [{ scheme, value: 'ParlaMint-XX_1#sitting' }],
    });
    expect(named('city#Strelsau')).toMatchObject({ type: 'Place', name: 'Strelsau', kind: 'CITY' });
  });

  test('has the address of its source only if no other has it', async () => {
    const uri = 'https://parliament.example/1995/1';
    const files = {
      'a.xml': component({ id: 'a', uri }),
      'b.xml': component({ id: 'b', uri: 'https://parliament.example/' }),
      'c.xml': component({ id: 'c', uri }),
    };
    expect((await read(files)).of('Document').map(({ url }) => url)).toEqual([uri, undefined, undefined]);
  });

  test('of several days has no day', async () => {
    const { named, of } = await read({ ...corpus, '1995/one.xml': component({ date: 'from="1995-03-04" to="1995-03-05"' }) });
    expect(named('ParlaMint-XX_1#sitting')).toMatchObject({ date: '1995-03-04', endDate: '1995-03-05' });
    expect(of('Statement')[1]).toMatchObject({ date: '1995-03-04/1995-03-05' });
    expect(of('Statement').filter(({ capacity }) => capacity)).toEqual([]);
  });

  test('with a wrong date is told, and has none', async () => {
    const { problems, of, named } = await read({ ...corpus, '1995/one.xml': component({ date: 'when="1995-02-30"' }) });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      at: { file: '1995/one.xml', line: expect.any(Number) },
      problem: expect.stringContaining("of the sitting can't be read"),
    });
    expect(named('ParlaMint-XX_1#sitting')).not.toHaveProperty('date');
    expect(of('Statement')).toHaveLength(5);
  });

  test('of which there are two with one xml:id is read once', async () => {
    const { problems, of } = await read({ 'a.xml': component(), 'b.xml': component(), 'l.xml': listPerson() });
    expect(problems.at(-1)).toMatchObject({
      at: { file: 'b.xml' },
      problem: 'The xml:id "ParlaMint-XX_1" is that of another; the file is left out.',
    });
    expect(of('Document')).toHaveLength(1);
  });

  test('with words that are annotated one by one is left out', async () => {
    const { problems, of } = await read(withSpeeches('<u><seg><s><w>Yes</w><pc>.</pc></s></seg></u>'));
    expect(problems[0]?.problem).toContain('without linguistic annotation');
    expect(of('Document')).toEqual([]);
    await expect(read({ 'a.ana.xml': component() })).rejects.toThrow('files that end with .xml only');
  });
});

describe('a statement', () => {
  test('is a speech, with its speaker and where it stands', async () => {
    const { of, named } = await read(corpus);
    const berto = named('BertoKlee') as Of<'Person'>;
    const text = 'The sitting is open, friends.\nSalvete 🌹 omnes.';
    expect(of('Statement')[0]).toEqual({
      type: 'Statement',
      id: expect.any(String),
      text,
      language: 'en',
      quoteType: 'DIRECT',
      speaker: { person: ref('BertoKlee') },
      attributionText: 'The Speaker:',
      capacity: { id: berto.memberships?.[1]?.id },
      medium: 'DEBATE',
      date: '1995-03-04',
      about: [{ event: ref('ParlaMint-XX_1#sitting') }],
      identifiers: [{ scheme, value: 'ParlaMint-XX_1.u1' }],
      appearances: [
        {
          id: expect.any(String),
          document: ref('ParlaMint-XX_1'),
          printedText: text,
          language: 'en',
          content: [
            { exact: 'The sitting is open', start: 24 },
            { exact: ', friends.', start: 54 },
            { exact: 'Salvete 🌹 omnes.', start: 90 },
          ],
          source: [{ exact: 'The Speaker:', start: 11 }],
        },
      ],
    });
  });

  test('is a paragraph, when that is asked for', async () => {
    const { of, left } = await read(corpus, { by: 'paragraph' });
    expect(
      of('Statement').map(({ identifiers, text, language, attributionText }) => [identifiers?.[0]?.value, text, language, attributionText]),
    ).toEqual([
      ['ParlaMint-XX_1.s1', 'The sitting is open, friends.', 'en', 'The Speaker:'],
      ['ParlaMint-XX_1.s2', 'Salvete 🌹 omnes.', 'la', 'The Speaker:'],
      ['ParlaMint-XX_1.s4', 'Thank you.', 'en', undefined],
      ['ParlaMint-XX_1#u3#p1', 'Hear, hear!', 'en', 'A voice:'],
      // An xml:id that is unique in its file only.
      ['ParlaMint-XX_1#s5', 'I thank you.', 'en', undefined],
      ['ParlaMint-XX_1.s6', 'Order.', 'en', 'Chair'],
    ]);
    expect(left).toMatchObject({ 'paragraph without words': 1, 'paragraph of which nothing says who spoke': 1 });
  });

  test.each(['speech', 'paragraph'] as const)('by %s stands in the transcript, and sorts as it was spoken', async (by) => {
    const { of } = await read(corpus, { by });
    const [document] = of('Document');
    const appearances = of('Statement').flatMap((each) => each.appearances ?? []);
    for (const { content, source } of appearances) {
      for (const span of [...content, ...(source ?? [])])
        expect(document?.text?.slice(span.start, (span.start ?? 0) + span.exact.length)).toBe(span.exact);
      expect(placeSpans(document?.text ?? null, 'CONTENT', content)).toHaveLength(content.length);
    }
    for (const ids of [of('Statement').map(({ id }) => id), appearances.map(({ id }) => id)]) expect([...ids].sort()).toEqual(ids);
  });

  test('names the speaker as the source does', async () => {
    const { of, problems } = await read(
      withSpeeches(`<u who="#AnnaBlum">a</u><u who="#Nobody">b</u><u who="#Nobody">c</u><u who="#GOV">d</u>
        <u who="#AnnaBlum #BertoKlee">e</u><note type="speaker">All:</note><u who="#AnnaBlum #Nobody">f</u><u ana="#chair">g</u><u>h</u>`),
    );
    expect(of('Statement').map(({ speaker, attributionText }) => [speaker, attributionText])).toEqual([
      [{ person: ref('AnnaBlum') }, undefined],
      [undefined, 'Nobody'],
      [undefined, 'Nobody'],
      [{ organization: ref('GOV') }, undefined],
      [undefined, 'Dr Anna Maria van Blum, Berto Klee'],
      [undefined, 'All:'],
      [undefined, 'Chair'],
    ]);
    expect(problems.map(({ problem }) => problem)).toEqual([
      '"#Nobody" (who) is nobody in the list of people; the speaker is given as a text.',
    ]);
  });

  test.each([
    ['1995-03-04', 'regular', 'AnnaBlum', 0],
    ['1990-01-01', 'regular', 'AnnaBlum', 0],
    ['1989-12-31', 'regular', 'AnnaBlum', undefined],
    // A member, and the Speaker.
    ['1995-03-04', 'regular', 'BertoKlee', undefined],
    ['1995-03-04', 'chair', 'BertoKlee', 1],
    ['1996-03-04', 'chair', 'BertoKlee', 0],
    ['1999-12-31', 'regular', 'BertoKlee', 0],
    ['2000-01-01', 'regular', 'BertoKlee', undefined],
    ['1996-03-04', 'guest', 'BertoKlee', undefined],
    // From some day of 1995 to some day of 1996.
    ['1995-06-01', 'guest', 'CleaMohn', undefined],
    ['1996-06-01', 'guest', 'CleaMohn', undefined],
  ])('on %s by a %s, %s, was said in the place that was surely held', async (day, type, who, place) => {
    const body = `<u who="#${who}" ana="#${type}">Yes.</u>`;
    const { of, named } = await read({ ...corpus, '1995/one.xml': component({ body, date: `when="${day}"` }) });
    const { memberships } = named(who) as Of<'Person'>;
    expect(of('Statement')[0]?.capacity).toEqual(place === undefined ? undefined : { id: memberships?.[place]?.id });
  });

  test('with the xml:id of another, or in no language, is told', async () => {
    const { of, problems } = await read(
      withSpeeches('<u xml:id="u" who="#AnnaBlum">a</u><u xml:id="u" who="#AnnaBlum">b</u><u who="#AnnaBlum" xml:lang="!">c</u>'),
    );
    expect(of('Statement').map(({ text, language }) => [text, language])).toEqual([
      ['a', 'en'],
      ['c', 'en'],
    ]);
    expect(problems.map(({ problem }) => problem)).toEqual([
      expect.stringContaining('"!" is not a BCP 47 language'),
      'The xml:id "u" is that of another; this is left out.',
    ]);
  });

  test('is there for every speech and paragraph with words', async () => {
    const body = Array.from({ length: 50 }, (_, i) => {
      const segs = Array.from({ length: i % 4 }, (_, j) => `<seg>Words ${i} ${j}.<note>n</note></seg>`);
      return `<u who="#AnnaBlum">${segs.join(i % 3 ? '<note>x</note>' : '\n')}</u>`;
    }).join('\n');
    const files = withSpeeches(body);
    const count = (pattern: RegExp) => [...body.matchAll(pattern)].length;
    const bySpeech = await read(files);
    expect(bySpeech.of('Statement').length + (bySpeech.left['speech without words'] ?? 0)).toBe(count(/<u\b/g));
    expect((await read(files, { by: 'paragraph' })).of('Statement')).toHaveLength(count(/<seg\b/g));
  });
});

test.each([
  [['one ', '!two', ' three'], 'one [two] three', 'one three', ['one', 'three']],
  [['one', '!two', 'three'], 'one [two] three', 'one three', ['one', 'three']],
  [['one ', '!(two)', ', three'], 'one (two), three', 'one, three', ['one', ', three']],
  [['mot ', '!note', ' ; autre'], 'mot [note] ; autre', 'mot ; autre', ['mot', '; autre']],
  [['!first', ' one'], '[first] one', 'one', ['one']],
  [['one', '!', 'two'], 'one two', 'one two', ['one two']],
  [['one ', '!a', ' ', '!b', ' two'], 'one [a] [b] two', 'one two', ['one', 'two']],
  [['ha', 'lf \n', ' two'], 'half two', 'half two', ['half two']],
  [['prix 5\u00a0€ '], 'prix 5\u00a0€', 'prix 5\u00a0€', ['prix 5\u00a0€']],
  [[' \n '], '', '', []],
])('a paragraph is set in one line: %j', (stretches, printed, words, spans) => {
  const line = lineOf(stretches.map((text) => ({ text: text.replace(/^!/, ''), isSpoken: !text.startsWith('!') })));
  expect([line.printed, line.words, line.spans.map(({ exact }) => exact)]).toEqual([printed, words, spans]);
  for (const { exact, start } of line.spans) expect(line.printed.slice(start, start + exact.length)).toBe(exact);
});

describe('XML that is wrong or hostile', () => {
  const laughs = `<!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>\n`;
  test.each([
    ['billion laughs', component().replace('<TEI', `${laughs}<TEI`), 'declares entities'],
    ['external entity', component().replace('<TEI', '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI'), 'declares entities'],
    ['unknown entity', component({ body: '<u>&nbsp;</u>' }), 'not well-formed'],
    ['deep nesting', component({ body: '<div>'.repeat(200) + '</div>'.repeat(200) }), 'more than 100 deep'],
    ['giant attribute', component({ body: `<u who="${'x'.repeat(300_000)}"/>` }), 'not well-formed'],
    ['giant tag', component({ body: `<u ${Array.from({ length: 30_000 }, (_, i) => `a${i}=""`).join(' ')}/>` }), 'tag is longer'],
    ['truncated', component().slice(0, -50), 'not well-formed'],
    ['crossed tags', component({ body: '<div><u></div></u>' }), 'not well-formed'],
    ['no character', component({ body: '<u>a&#0;</u>' }), 'not well-formed'],
    ['control character', component({ body: '<u>a\u0001</u>' }), 'not allowed'],
    ['control character in an attribute', component({ body: '<u who="\u0001">a</u>' }), 'not allowed'],
    ['half a character', component({ body: '<u>a&#xD83D;</u>' }), 'not well-formed'],
  ])('is told with line and column, gives nothing, and the next file is read: %s', async (_name, text, message) => {
    const { problems, of } = await read({ 'a.xml': text, 'b.xml': component({ id: 'b' }), 'l.xml': listPerson() });
    const [problem] = problems.filter(({ at }) => at.file === 'a.xml');
    expect(problem).toMatchObject({
      at: { line: expect.any(Number), column: expect.any(Number) },
      problem: expect.stringContaining(message),
    });
    expect(of('Document').map(({ identifiers }) => identifiers?.[0]?.value)).toEqual(['b']);
    expect(of('Statement').length).toBe(5);
  });

  test('stands where it is', async () => {
    const body = '\n<div>\n  <u>a & b</u>\n</div>';
    const { problems } = await read(withSpeeches(body));
    const lines = component({ body }).split('\n');
    const line = lines.findIndex((each) => each.includes('a & b')) + 1;
    expect(problems[0]?.at).toEqual({ file: '1995/one.xml', line, column: 9 });
  });

  test('may be long, with the place of what is at its end', async () => {
    const body = `${'<u who="#AnnaBlum">\n<seg>Words 🌹 and words.</seg></u>\n'.repeat(5000)}<u who="#Nobody">Yes.</u>`;
    const { problems, of } = await read(withSpeeches(body));
    const before = component({ body }).split('<u who="#Nobody">')[0] ?? '';
    expect(problems[0]?.at).toMatchObject({ line: before.split('\n').length, column: 1 });
    expect(of('Statement')).toHaveLength(5001);
  });

  test('is read up to a length and a number of elements', async () => {
    const [file] = sourceOf({ 'a.xml': component() }).files;
    if (!file) throw new Error('There is no file.');
    await expect(readXml(file, { ...xmlLimits, length: 1000 })).rejects.toThrow('longer than 1000 characters');
    await expect(readXml(file, { ...xmlLimits, elements: 10 })).rejects.toThrow('more than 10 elements');
    await expect(readXml(file, xmlLimits)).resolves.toMatchObject({ name: 'TEI', line: 2, column: 1 });
  });

  test('can be read from what gives its text once', async () => {
    const [file] = sourceOf({ 'standard input': component() }).files;
    if (!file) throw new Error('There is no file.');
    let times = 0;
    const once = {
      name: file.name,
      bytes: file.bytes,
      text() {
        times += 1;
        return file.text();
      },
    };
    const entries: Entry[] = [];
    for await (const entry of parlamint.read?.({ name: 'standard input', files: [once] }, { by: 'speech' }) ?? []) entries.push(entry);
    expect(times).toBe(1);
    expect(entries.filter((entry) => 'record' in entry && entry.record.type === 'Statement')).toHaveLength(5);
  });

  test('a doctype without entities is passed over', async () => {
    const { of } = await read({ 'a.xml': component().replace('<TEI', '<!DOCTYPE TEI SYSTEM "https://example.org/tei.dtd">\n<TEI') });
    expect(of('Document')).toHaveLength(1);
  });

  test('a root that can’t be read is the end', async () => {
    await expect(read({ ...corpus, 'ParlaMint-XX.xml': corpus['ParlaMint-XX.xml'].slice(0, -20) })).rejects.toThrow(Unreadable);
  });

  test('what is no TEI is unreadable', async () => {
    await expect(read({ 'a.xml': '<html/>', 'b.xml': '<html/>' })).rejects.toThrow('There is no TEI here');
    await expect(read({ 'a.txt': 'Hello' })).rejects.toThrow(Unreadable);
    await expect(read({ 'a.xml': '' })).rejects.toThrow('no element');
  });

  test('an organization without a name, or with the xml:id of another, is told', async () => {
    const { problems } = await read({
      ...corpus,
      'ParlaMint-XX-listOrg.xml': listOrg(`${organizations}<org xml:id="X"/><org xml:id="P"><orgName>P</orgName></org>`),
    });
    expect(problems.map(({ problem }) => problem)).toEqual([
      'The organization "X" has no name; it is left out.',
      'This <org> has the xml:id "P" of another; it is left out.',
    ]);
  });
});

import { gzipSync } from 'node:zlib';
import { article } from '../../src/exchange/article/article.ts';
import { claimreview } from '../../src/exchange/claimreview/claimreview.ts';
import type { Format } from '../../src/exchange/format.ts';
import { parlamint } from '../../src/exchange/parlamint/parlamint.ts';
import { popolo } from '../../src/exchange/popolo/popolo.ts';
import { verbatim } from '../../src/exchange/verbatim.ts';
import { wikidata } from '../../src/exchange/wikidata/wikidata.ts';
import type { Random } from '../support/chance.ts';
import { component, corpus, organizations, people, root, taxonomy } from './parlamint-files.ts';
import { sample } from './written.ts';

// Good small inputs of each format, and what may be done to them.

export type Files = Readonly<Record<string, Uint8Array>>;

export interface Input {
  format: Format;
  /** What the files are made of, which says how to take them apart. */
  kind: 'json' | 'json lines' | 'xml' | 'table' | 'text';
  files: Readonly<Record<string, string>>;
}

const item = (id: string) => ({ snaktype: 'value', datavalue: { type: 'wikibase-entityid', value: { id } } });
const says = (mainsnak: object, more: object = {}) => ({ mainsnak, rank: 'normal', ...more });
const time = (value: string, precision: number) => ({
  snaktype: 'value',
  datavalue: { type: 'time', value: { time: value, precision, calendarmodel: 'http://www.wikidata.org/entity/Q1985727' } },
});
const labels = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).map(([language, value]) => [language, { language, value }]));

const entities = [
  {
    id: 'Q1',
    labels: labels({ en: 'Ana Silva', 'sr-ec': 'Ана' }),
    descriptions: labels({ en: 'politician' }),
    aliases: { en: [{ language: 'en', value: 'A. Silva' }] },
    claims: {
      P31: [says(item('Q5'))],
      P21: [says(item('Q6581072'))],
      P569: [says(time('+1957-03-04T00:00:00Z', 11))],
      P570: [says(time('+2001-00-00T00:00:00Z', 9), { qualifiers: { P1480: [item('Q5727902')] } })],
      P102: [says(item('Q50'), { id: 'Q1$a', qualifiers: { P580: [time('+1980-05-00T00:00:00Z', 10)] } })],
      P39: [says(item('Q40'), { id: 'Q1$b', qualifiers: { P642: [item('Q50')] } })],
      P214: [says({ snaktype: 'value', datavalue: { type: 'string', value: '123' } })],
    },
  },
  { id: 'Q50', labels: labels({ en: 'Party' }), claims: { P31: [says(item('Q7278'))], P749: [says(item('Q51'))] } },
  { id: 'Q51', labels: labels({ en: 'Union' }), claims: { P31: [says(item('Q7278'))], P361: [says(item('Q50'))] } },
  { id: 'Q796', labels: labels({ en: 'Iraq', fr: 'Irak' }), claims: { P31: [says(item('Q6256'))] } },
  {
    id: 'Q1530',
    labels: labels({ en: 'Baghdad' }),
    claims: {
      P31: [says(item('Q515'))],
      P131: [says(item('Q796'))],
      P625: [
        says({
          snaktype: 'value',
          datavalue: { value: { latitude: 33.35, longitude: 44.4, precision: 0.01, globe: 'http://www.wikidata.org/entity/Q2' } },
        }),
      ],
    },
  },
];

const land = {
  persons: [
    {
      id: 'p1',
      name: 'Ana Silva',
      sort_name: 'Silva, Ana',
      birth_date: '1957-03',
      gender: 'female',
      summary: 'A deputy.',
      other_names: [{ name: 'Aninha', note: 'nickname' }],
      identifiers: [{ scheme: 'wikidata', identifier: 'Q1' }],
      memberships: [{ organization_id: 'o2', role: 'member', start_date: '2001' }],
    },
    { id: 'p2', name: 'Ben' },
  ],
  organizations: [
    { id: 'o1', name: 'Parliament', classification: 'legislature', founding_date: '1975' },
    { id: 'o2', name: 'Committee', parent_id: 'o1' },
  ],
  areas: [
    { id: 'a1', name: 'North', parent_id: 'a2' },
    { id: 'a2', name: 'Land' },
  ],
  events: [{ id: 't1', name: '1st term', classification: 'legislative period', start_date: '1976', end_date: '1980-11' }],
  posts: [{ id: 's1', label: 'Speaker', organization_id: 'o1' }],
  memberships: [
    { id: 'm1', person_id: 'p1', organization_id: 'o1', post_id: 's1', on_behalf_of_id: 'o2', legislative_period_id: 't1' },
    { person_id: 'p2', organization_id: 'o1', role: 'member', start_date: '2001-02-03', end_date: '2002' },
  ],
  meta: { sources: ['https://example.org'] },
};

const review = {
  '@context': 'https://schema.org',
  '@type': 'ClaimReview',
  url: 'https://check.example/1',
  claimReviewed: 'It rains.',
  inLanguage: 'en',
  headline: 'Does it rain?',
  datePublished: '2021-12-10T08:00:00Z',
  author: { '@type': 'Organization', name: 'The Checkers', url: 'https://www.check.example/' },
  reviewRating: { '@type': 'Rating', ratingValue: '2,5', bestRating: 5, worstRating: 1, alternateName: 'Half true' },
  itemReviewed: {
    '@type': 'Claim',
    author: { '@type': 'Person', name: 'Ann Example', sameAs: ['https://www.wikidata.org/wiki/Q42'] },
    datePublished: '2021-12',
    firstAppearance: { '@type': 'SocialMediaPosting', url: 'https://social.example/1' },
    appearance: ['https://news.example/2'],
  },
};
const another = { ...review, url: 'https://check.example/2', claimReviewed: 'It snows.' };

const asLines = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** Good inputs, a few of each format. */
export const inputs: readonly Input[] = [
  { format: verbatim, kind: 'json lines', files: { 'record.jsonl': asLines(sample) } },
  { format: parlamint, kind: 'xml', files: corpus },
  {
    format: parlamint,
    kind: 'xml',
    files: {
      'root.xml': root(['taxonomy.xml', 'one.xml'], `<listOrg>${organizations}</listOrg><listPerson>${people}</listPerson>`),
      'taxonomy.xml': taxonomy,
      'one.xml': component(),
    },
  },
  { format: popolo, kind: 'json', files: { 'land.json': JSON.stringify(land, null, 1) } },
  { format: wikidata, kind: 'json lines', files: { 'dump.json': `[\n${entities.map((each) => JSON.stringify(each)).join(',\n')}\n]\n` } },
  {
    format: wikidata,
    kind: 'json',
    files: { 'entities.json': JSON.stringify({ entities: Object.fromEntries(entities.map((each) => [each.id, each])) }) },
  },
  { format: claimreview, kind: 'json', files: { 'feed.json': JSON.stringify({ '@graph': [review, another] }, null, 2) } },
  { format: claimreview, kind: 'json lines', files: { 'reviews.jsonl': asLines([review, another]) } },
  {
    format: claimreview,
    kind: 'table',
    files: {
      'reviews.tsv': [
        'URL\tAuthor\tdatePublished\tclaimReviewed\tlanguage\ttitle\tratingValue\tbestRating\talternativeName',
        'https://check.example/1\thttps://www.check.example\t2019-07-22 07:00:57\tChove "muito" hoje.\tpt\t"Um ""título"""\t1\t5\tfalso',
        'https://host.example/check/2\thttps://host.example\t2019\tNeva.\tpt\t\t\t6\tVerdadeiro',
      ].join('\n'),
    },
  },
  {
    format: article,
    kind: 'text',
    files: {
      'talks.md':
        '---\ntitle: Talks end\nurl: https://example.org/talks\npublisher: wikidata:Q9531\nlanguage: en\ndate: 2021-12-09\nkind: press release\n---\nHe said: "No."\r\n',
      'folder/plain.txt': 'The talks ended.\n---\nHe left.\n',
    },
  },
];

/** What is done to an input, in the order in which it was done. */
export interface Mangled {
  files: Files;
  done: string[];
}

/** Does one to four things to an input, and perhaps compresses what comes of it, well or badly. */
export function mangle(random: Random, { files, kind }: Input): Mangled {
  const done: string[] = [];
  let texts: Record<string, string> = { ...files };
  for (let left = random.below(4); left > 0; left -= 1) {
    const name = random.pick(Object.keys(texts));
    const [what, change] = random.pick([...textChanges, ...structureChanges[kind], ...structureChanges[kind]]);
    done.push(`${what} (${name})`);
    texts[name] = change(texts[name] ?? '', random).slice(0, largest);
  }
  if (random.chance(0.2)) {
    const [what, change] = random.pick(folderChanges);
    done.push(what);
    texts = change(texts, random);
  }
  let bytes: Record<string, Uint8Array> = mapped(texts, (text) => Buffer.from(text));
  if (random.chance(0.35) || done.length === 0) {
    const name = random.pick(Object.keys(bytes));
    const [what, change] = random.pick(byteChanges);
    done.push(`${what} (${name})`);
    bytes = { ...bytes, [name]: change(bytes[name] ?? Buffer.alloc(0), random) };
  }
  if (random.chance(0.15)) {
    const name = random.pick(Object.keys(bytes));
    const [what, ending, pack] = random.pick(packings);
    done.push(`${what} (${name})`);
    bytes = Object.fromEntries(
      Object.entries(bytes).map(([each, content]) => (each === name ? [`${each}${ending}`, pack(content, random)] : [each, content])),
    );
  }
  return { files: bytes, done };
}

/** Changes that are done over and over must not grow without end. */
const largest = 2_000_000;

type Change<T> = readonly [what: string, change: (given: T, random: Random) => T];

const mapped = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

// Bytes.

const byteChanges: readonly Change<Uint8Array>[] = [
  ['truncated', (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1))],
  ['without its beginning', (bytes, random) => bytes.subarray(random.below(bytes.length + 1))],
  ['empty', () => new Uint8Array(0)],
  ['white space only', (_, random) => Buffer.from(random.pick([' ', '\n', '\r\n\r\n', '\t \n', '\uFEFF', '\uFEFF\n']))],
  [
    'other bytes',
    (bytes, random) => {
      const changed = Uint8Array.from(bytes);
      for (let left = 1 + random.below(8); left > 0 && changed.length > 0; left -= 1)
        changed[random.below(changed.length)] = random.below(256);
      return changed;
    },
  ],
  ['noise', (_, random) => Uint8Array.from(random.list(random.below(3000), () => random.below(256)))],
  ['as Latin-1', (bytes) => Buffer.from(`${Buffer.from(bytes).toString()}é`, 'latin1')],
  ['as UTF-16', (bytes, random) => Buffer.from(`${random.pick(['', '\uFEFF'])}${Buffer.from(bytes).toString()}`, 'utf16le')],
  ['with a BOM', (bytes) => Buffer.concat([Buffer.from('\uFEFF'), bytes])],
  ['with two BOMs', (bytes) => Buffer.concat([Buffer.from('\uFEFF\uFEFF'), bytes])],
  ['with a NUL', (bytes, random) => insert(bytes, Buffer.from([0]), random)],
  ['with a surrogate in UTF-8', (bytes, random) => insert(bytes, Buffer.from([0xed, 0xa0, 0x80]), random)],
  ['with an overlong character', (bytes, random) => insert(bytes, Buffer.from([0xc0, 0xaf]), random)],
];

function insert(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), other, bytes.subarray(at)]);
}

// Text of any kind.

const dates = [
  '0000-00-00',
  '2021-02-30',
  '2021-13',
  '99999-01-01',
  '-0044-03-15',
  '9999-12-31/0001',
  '2022/2021',
  'yesterday',
  '2021-12-09T25:61:61Z',
  '2021-12-09T10:00:00+99:99',
  'Y-170000002',
  '0000',
  '../..',
  '9'.repeat(400),
];

const strange = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\uFFFE',
  '\u2028',
  '\u202E',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'NaN',
  '-1',
  '1e999',
  'Q0',
  'Q99999999999999999999',
  'http://127.0.0.1:9/x',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://example.org/%00%zz',
  'https://[::1',
  '../../../../etc/passwd',
  '00000000-0000-0000-0000-000000000000',
  '\'; DROP TABLE "Person"; --',
  '$1',
  '\\',
  '%s%n',
  '👩🏽‍🚒'.repeat(50),
  'e\u0301'.repeat(500),
  'x'.repeat(5000),
  'x'.repeat(300_000),
];

const word = (random: Random) => (random.chance(0.4) ? random.pick(dates) : random.chance(0.8) ? random.pick(strange) : random.text());

const textChanges: readonly Change<string>[] = [
  ['truncated text', (text, random) => text.slice(0, random.below(text.length + 1))],
  ['lines in another order', (text, random) => random.shuffled(text.split('\n')).join('\n')],
  [
    'a line twice',
    (text, random) => {
      const lines = text.split('\n');
      const line = random.pick(lines);
      lines.splice(random.below(lines.length), 0, line);
      return lines.join('\n');
    },
  ],
  [
    'without a line',
    (text, random) => {
      const lines = text.split('\n');
      lines.splice(random.below(lines.length), 1);
      return lines.join('\n');
    },
  ],
  ['other ends of lines', (text, random) => text.replaceAll('\n', random.pick(['\r\n', '\r', '\n\n', '\u2028', '']))],
  [
    'without a stretch',
    (text, random) => {
      const at = random.below(text.length + 1);
      return text.slice(0, at) + text.slice(at + random.below(60));
    },
  ],
  [
    'a stretch again elsewhere',
    (text, random) => {
      const [from, to] = [random.below(text.length + 1), random.below(text.length + 1)];
      return text.slice(0, to) + text.slice(from, from + random.below(200)) + text.slice(to);
    },
  ],
  [
    'something strange within',
    (text, random) => {
      const at = random.below(text.length + 1);
      return text.slice(0, at) + word(random) + text.slice(at);
    },
  ],
  ['a huge line behind', (text, random) => `${text}\n${random.pick(['x', ' ', '[', '"', '<', '&', '\t', '---'])}`.padEnd(400_000, 'x')],
  ['many lines behind', (text, random) => text + random.pick(['\n', '\r', ' \n', '{}\n', 'x\n', '<a/>\n', '\t\n']).repeat(20_000)],
  ['doubled', (text) => text + text],
];

// JSON.

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

interface Slot {
  value: Json;
  put(value: Json): void;
  remove(): void;
}

/** Stands for what JSON.stringify can't write. */
const raw = (text: string) => `<raw ${Buffer.from(text).toString('base64')}>`;
const unraw = (json: string) => json.replace(/"<raw ([\w+/=]*)>"/g, (_, text: string) => Buffer.from(text, 'base64').toString());

const rawJson = [
  '1e999',
  '-1e999',
  '1e-999',
  '9'.repeat(400),
  `-0.${'0'.repeat(5000)}1`,
  '9007199254740993',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\uFFFF"',
  '{"__proto__": {"isAdmin": true}}',
  '{"__proto__": null, "constructor": {"prototype": {"isAdmin": true}}}',
  '{"a": 1, "a": 2}',
  `${'['.repeat(150)}${']'.repeat(150)}`,
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  `[${'[],'.repeat(5000)}1]`,
  'NaN',
  'undefined',
  "'x'",
  '01',
  '/* */ 1',
];

function jsonValue(random: Random): Json {
  if (random.chance(0.35)) return raw(random.pick(rawJson));
  if (random.chance(0.5)) return word(random);
  return random.pick<Json>([null, true, 0, -1, 1.5, 1e308, 2 ** 53, [], {}, [[]], [null], [{}], { id: 'Q1' }, { length: 1e9 }]);
}

function slotsOf(value: Json): Slot[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) {
    return value.flatMap((each, i) => [
      {
        value: each,
        put: (other: Json) => {
          value[i] = other;
        },
        remove: () => value.splice(i, 1),
      },
      ...slotsOf(each),
    ]);
  }
  return Object.entries(value).flatMap(([name, each]) => [
    {
      value: each,
      put: (other: Json) => {
        value[name] = other;
      },
      remove: () => {
        delete value[name];
      },
    },
    ...slotsOf(each),
  ]);
}

const isText = ({ value }: Slot) => typeof value === 'string' && !value.startsWith('<raw ');

type JsonChange = readonly [what: string, change: (whole: Json, slots: readonly Slot[], random: Random) => void];

const jsonChanges: readonly JsonChange[] = [
  ['another value', (_, slots, random) => random.pick(slots).put(jsonValue(random))],
  ['another scalar', (_, slots, random) => random.pick(slots.filter(isText)).put(jsonValue(random))],
  ['without a value', (_, slots, random) => random.pick(slots).remove()],
  // Ids come twice, references lead elsewhere, to nothing, or in circles.
  [
    'a text in the place of another',
    (_, slots, random) => {
      const texts = slots.filter(isText);
      for (let left = 1 + random.below(4); left > 0; left -= 1) random.pick(texts).put(random.pick(texts).value);
    },
  ],
  [
    'an object in the place of another',
    (_, slots, random) => {
      const objects = slots.filter(({ value }) => typeof value === 'object');
      const [one, other] = [random.pick(objects), random.pick(objects)];
      one.put(structuredClone(other.value));
    },
  ],
  [
    'keys and elements in another order',
    (_, slots, random) => {
      for (const { value, put } of slots) {
        if (Array.isArray(value)) value.splice(0, value.length, ...random.shuffled(value));
        else if (value !== null && typeof value === 'object') put(Object.fromEntries(random.shuffled(Object.entries(value))));
      }
    },
  ],
  [
    'another key',
    (_, slots, random) => {
      const { value } = random.pick(slots.filter(({ value }) => value !== null && typeof value === 'object' && !Array.isArray(value)));
      if (value === null || typeof value !== 'object' || Array.isArray(value)) return;
      const name = random.chance(0.5) ? random.pick(['__proto__', 'constructor', 'prototype', 'toString', '']) : word(random);
      Object.defineProperty(value, name, { value: jsonValue(random), enumerable: true, configurable: true, writable: true });
    },
  ],
  [
    'a list that is long',
    (_, slots, random) => {
      const { value } = random.pick(slots.filter(({ value }) => Array.isArray(value) && value.length > 0));
      if (Array.isArray(value)) for (let i = 0; i < 300; i += 1) value.push(structuredClone(value[0] as Json));
    },
  ],
];

const changedJson = ([what, change]: JsonChange): Change<string> => [
  `JSON: ${what}`,
  (text, random) => {
    let value: Json;
    try {
      value = JSON.parse(text) as Json;
    } catch {
      return text;
    }
    try {
      const slots = slotsOf(value);
      if (slots.length > 0) change(value, slots, random);
    } catch {
      // There is nothing of the kind to be changed, or it is nested too deeply.
      return text;
    }
    return unraw(JSON.stringify(value, null, random.pick([0, 1])));
  },
];

/** The same for the values of one or more lines, which stay on their lines. */
const changedLines = (change: JsonChange): Change<string> => {
  const [what, ofText] = changedJson(change);
  return [
    `${what}, on a line`,
    (text, random) => {
      const lines = text.split('\n');
      for (let left = 1 + random.below(3); left > 0; left -= 1) {
        const i = random.below(lines.length);
        const [, json = '', comma = ''] = /^(.*?)(,?)$/s.exec(lines[i] ?? '') ?? [];
        lines[i] = ofText(json, random).replaceAll('\n', ' ') + comma;
      }
      return lines.join('\n');
    },
  ];
};

/** The lines as one list, so that texts wander from one record to another. */
const changedTogether = ([what, change]: JsonChange): Change<string> => {
  const [, ofText] = changedJson([what, change]);
  return [
    `JSON: ${what}, between lines`,
    (text, random) => {
      const lines = text.split('\n').filter((line) => line !== '');
      const changed = ofText(`[${lines.join(',')}]`, random);
      try {
        const values = JSON.parse(changed) as unknown;
        return Array.isArray(values) ? asLines(values) : changed;
      } catch {
        return text;
      }
    },
  ];
};

// XML.

const doctypes = [
  '<!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
  '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
  '<!DOCTYPE TEI [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
  '<!DOCTYPE TEI [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>',
  '<!DOCTYPE TEI SYSTEM "file:///etc/passwd">',
  '<!DOCTYPE TEI PUBLIC "-//TEI//DTD" "http://127.0.0.1:9/tei.dtd">',
  '<!DOCTYPE TEI [<!ATTLIST u who CDATA "#x"><!ELEMENT u ANY>]>',
  `<!DOCTYPE TEI [${'<!ELEMENT a ANY>'.repeat(5000)}]>`,
  '<!DOCTYPE TEI [',
];

const hostileXml = [
  '&x;',
  '&a;&b;&c;',
  '&#0;',
  '&#xD800;',
  '&#x110000;',
  '&#99999999999999999999;',
  '&lt;u&gt;',
  '&',
  '<',
  '>',
  ']]>',
  '<![CDATA[<u/>]]>',
  '<![CDATA[',
  '<!-- -- -->',
  '<!--',
  '<?xml version="1.0" encoding="UTF-16"?>',
  '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>',
  '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>',
  '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="http://127.0.0.1:9/list.xml"/>',
  '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="ParlaMint-XX.xml"/>',
  '<__proto__ constructor="x" __proto__="y"/>',
  '<a b="1" b="2"/>',
  '<x:y/>',
  '<a xmlns="">b</a>',
  '<a xmlns:b="urn:b" b:c="d"><b:e/></a>',
  `<a ${'b'.repeat(70_000)}="c"/>`,
  `<a b="${'c'.repeat(70_000)}"/>`,
  `<a ${Array.from({ length: 3000 }, (_, i) => `a${i}="${i}"`).join(' ')}/>`,
  `${'<seg>'.repeat(99)}x${'</seg>'.repeat(99)}`,
  `${'<org>'.repeat(5000)}${'</org>'.repeat(5000)}`,
  '<u who="#AnnaBlum" xml:id="ParlaMint-XX_1.u1"><seg>Again.</seg></u>',
  '<note>\u0085\u2028</note>',
];

// Bounded, lest they take forever on what has been mangled already.
const token = /<[^<>]{0,500}>/g;
const attributeValue = /(\s[\w:-]{1,50}=)"([^"<]{0,500})"/g;

/** One of the places that a pattern matches. */
function spot(text: string, pattern: RegExp, random: Random): RegExpMatchArray | undefined {
  const all = [...text.matchAll(pattern)];
  return all.length > 0 ? random.pick(all) : undefined;
}

const replaced = (text: string, { index = 0, 0: whole }: RegExpMatchArray, other: string) =>
  text.slice(0, index) + other + text.slice(index + whole.length);

const element = /<([\w:]{1,50})\b[^<>]{0,500}(?:\/>|>[^<>]{0,500}<\/\1>)/g;

const xmlChanges: readonly Change<string>[] = [
  ['a DOCTYPE', (text, random) => text.replace(/^(<\?xml[^>]*\?>)?/, (declared) => declared + random.pick(doctypes))],
  [
    'a DOCTYPE with its entity used',
    (text, random) => {
      const with_ = text.replace(/^(<\?xml[^>]*\?>)?/, (declared) => declared + random.pick(doctypes));
      const tag = spot(with_, token, random);
      return tag ? replaced(with_, tag, `${tag[0]}&x;&c;`) : with_;
    },
  ],
  [
    'something hostile behind a tag',
    (text, random) => {
      const tag = spot(text, token, random);
      return tag ? replaced(text, tag, tag[0] + random.pick(hostileXml)) : text;
    },
  ],
  [
    'another tag',
    (text, random) => {
      const [one, other] = [spot(text, token, random), spot(text, token, random)];
      return one && other ? replaced(text, one, other[0]) : text;
    },
  ],
  [
    'without a tag',
    (text, random) => {
      const tag = spot(text, token, random);
      return tag ? replaced(text, tag, '') : text;
    },
  ],
  [
    'the value of another attribute',
    (text, random) => {
      const [one, other] = [spot(text, attributeValue, random), spot(text, attributeValue, random)];
      return one && other ? replaced(text, one, `${one[1]}"${other[2]}"`) : text;
    },
  ],
  [
    'a strange value of an attribute',
    (text, random) => {
      const one = spot(text, attributeValue, random);
      return one ? replaced(text, one, `${one[1]}"${word(random).replace(/[<&"]/g, '')}"`) : text;
    },
  ],
  [
    'without an attribute',
    (text, random) => {
      const one = spot(text, attributeValue, random);
      return one ? replaced(text, one, '') : text;
    },
  ],
  [
    'elements exchanged',
    (text, random) => {
      const [one, other] = [spot(text, element, random), spot(text, element, random)];
      return one && other ? replaced(text, one, other[0]) : text;
    },
  ],
  [
    'an element many times',
    (text, random) => {
      const one = spot(text, element, random);
      return one ? replaced(text, one, one[0].repeat(200)) : text;
    },
  ],
  [
    'a strange text',
    (text, random) => {
      const one = spot(text, />([^<>]{1,500})</g, random);
      return one ? replaced(text, one, `>${word(random).replace(/[<&]/g, '')}<`) : text;
    },
  ],
];

// Tables and front matter.

const tableChanges: readonly Change<string>[] = [
  [
    'another cell',
    (text, random) => {
      const cells = text.split('\t');
      cells[random.below(cells.length)] = random.chance(0.3) ? random.pick(['"', '"x', 'x"', '"a"b', '""', '"\n"']) : word(random);
      return cells.join('\t');
    },
  ],
  [
    'columns in another order',
    (text, random) => {
      const order = random.shuffled([0, 1, 2, 3, 4, 5, 6, 7, 8]);
      return text
        .split('\n')
        .map((line) => {
          const cells = line.split('\t');
          return order.map((i) => cells[i] ?? '').join('\t');
        })
        .join('\n');
    },
  ],
  ['many columns', (text, random) => text.replace(/\n/g, `${'\tx'.repeat(random.below(3000))}\n`)],
  [
    'another heading',
    (text, random) => text.replace(/^[^\t]*/, random.pick(['__proto__', 'constructor', '', 'url', 'claimReviewed', 'x\u0000'])),
  ],
];

const frontMatterLines = [
  'title: [a, b]',
  'title: &a [*a]',
  'title: !!js/function "function () { throw 1 }"',
  '<<: *a',
  '__proto__: {a: b}',
  'constructor: x',
  '? [a, {b: c}]\n: d',
  '? |\n  key\n: value',
  '!!binary x: y',
  'publisher: {identifier: {scheme: [], value: x}}',
  'publisher: {__proto__: {identifier: {scheme: a, value: b}}}',
  'date: 0o17',
  '\ttab: x',
  '%YAML 9.9',
  '--- x',
  '...',
  '"\\ud800": x',
  'title: "\\ud800\\u0000"',
  'title: "a\\0b"',
  `title: ${'{a: '.repeat(3000)}`,
  `? ${'- '.repeat(5000)}`,
  `a: &a [x]\nb: &b [${'*a,'.repeat(100)}]\ntitle: [${'*b,'.repeat(100)}]`,
  `${Array.from({ length: 2000 }, (_, i) => `key${i}: x`).join('\n')}`,
];

const frontMatterChanges: readonly Change<string>[] = [
  ['another line in front', (text, random) => text.replace(/^---\n/, `---\n${random.pick(frontMatterLines)}\n`)],
  [
    'another value in front',
    (text, random) => text.replace(random.pick([/(?<=title: ).*/, /(?<=url: ).*/, /(?<=date: ).*/]), word(random)),
  ],
  ['a front matter', (text, random) => `---\n${random.pick(frontMatterLines)}\n---\n${text}`],
];

const structureChanges: Readonly<Record<Input['kind'], readonly Change<string>[]>> = {
  json: jsonChanges.map(changedJson),
  'json lines': [...jsonChanges.map(changedLines), ...jsonChanges.map(changedTogether)],
  xml: xmlChanges,
  table: tableChanges,
  text: frontMatterChanges,
};

// Folders.

type Texts = Record<string, string>;

const endings = ['.json', '.jsonl', '.xml', '.tsv', '.csv', '.md', '.txt', '.bin', '', '.ana.xml', '.gz', '.zst', '.XML'];

const folderChanges: readonly Change<Texts>[] = [
  ['files in another order', (texts, random) => Object.fromEntries(random.shuffled(Object.entries(texts)))],
  ['without a file', (texts, random) => without(texts, random.pick(Object.keys(texts)))],
  [
    'a file under another name',
    (texts, random) => {
      const name = random.pick(Object.keys(texts));
      const other = random.pick(['__proto__', 'constructor', '../../etc/passwd', '', 'x'.repeat(300), 'é\u0301😀', 'a b%20c', '.', 'a\nb']);
      return with_(without(texts, name), `${other}${random.pick(endings)}`, texts[name] ?? '');
    },
  ],
  [
    'a file twice',
    (texts, random) => {
      const name = random.pick(Object.keys(texts));
      return with_(texts, `again-${name}`, texts[name] ?? '');
    },
  ],
  ['a file that is empty, too', (texts, random) => with_(texts, `empty${random.pick(endings.filter((each) => !/gz|zst/.test(each)))}`, '')],
  [
    'many files',
    (texts, random) => {
      const [name = '', text = ''] = random.pick(Object.entries(texts));
      const ending = /\.[^.]*$/.exec(name)?.[0] ?? '';
      return {
        ...texts,
        ...Object.fromEntries(random.list(300, (i) => [`folder/${i}${ending}`, i === 0 ? text : random.pick(['', 'x'])])),
      };
    },
  ],
];

const without = (texts: Texts, name: string): Texts => {
  const left = Object.entries(texts).filter(([each]) => each !== name);
  return Object.fromEntries(left.length > 0 ? left : [['nothing.txt', '']]);
};

/** `__proto__` is a name, too. */
const with_ = (texts: Texts, name: string, text: string): Texts => Object.fromEntries([...Object.entries(texts), [name, text]]);

// What is compressed.

type Packing = readonly [what: string, ending: '.gz' | '.zst', pack: (bytes: Uint8Array, random: Random) => Uint8Array];

const truncated = (bytes: Uint8Array, random: Random) => bytes.subarray(0, random.below(bytes.length));
const damaged = (bytes: Uint8Array, random: Random) => {
  const changed = Uint8Array.from(bytes);
  for (let left = 1 + random.below(4); left > 0; left -= 1) changed[random.below(changed.length)] = random.below(256);
  return changed;
};

const packings: readonly Packing[] = [
  ['compressed', '.gz', (bytes) => gzipSync(bytes)],
  ['compressed in two parts', '.gz', (bytes) => Buffer.concat([gzipSync(bytes.subarray(0, 9)), gzipSync(bytes.subarray(9))])],
  ['compressed twice', '.gz', (bytes) => gzipSync(gzipSync(bytes))],
  ['compressed and truncated', '.gz', (bytes, random) => truncated(gzipSync(bytes), random)],
  ['compressed and damaged', '.gz', (bytes, random) => damaged(gzipSync(bytes), random)],
  [
    'compressed with something behind',
    '.gz',
    (bytes, random) => Buffer.concat([gzipSync(bytes), random.pick([gzipSync(''), Buffer.alloc(9)])]),
  ],
  ['named as compressed', '.gz', (bytes) => bytes],
  ['a bomb', '.gz', (bytes) => gzipSync(Buffer.concat([bytes, Buffer.alloc(3_000_000, 'x')]))],
  ['compressed', '.zst', (bytes) => zst([bytes])],
  ['compressed in two parts', '.zst', (bytes) => Buffer.concat([zst([bytes.subarray(0, 9)]), zst([bytes.subarray(9)])])],
  ['compressed with something to skip', '.zst', (bytes) => Buffer.concat([skippable(7), zst([bytes]), skippable(0)])],
  ['compressed and truncated', '.zst', (bytes, random) => truncated(zst([bytes]), random)],
  ['compressed and damaged', '.zst', (bytes, random) => damaged(zst([bytes]), random)],
  ['named as compressed', '.zst', (bytes) => bytes],
  ['a bomb', '.zst', (bytes) => zst([bytes, ...Array.from({ length: 100 }, () => ({ times: 100_000, byte: 0x20 }))])],
  ['people, made smaller', '.zst', () => people40],
  ['people, made smaller and damaged', '.zst', (_, random) => damaged(people40, random)],
  ['people, made smaller and truncated', '.zst', (_, random) => truncated(people40, random)],
  ['with a huge window', '.zst', (bytes) => zst([bytes], 0xa8)],
  ['with blocks that are too large', '.zst', (bytes) => zst([bytes, { times: 2_000_000, byte: 0x20 }])],
];

/**
 * Bytes as a frame of Zstandard, not made smaller but for what is a byte many times.
 * @param window the descriptor of how much is to be held of what was decompressed; 0x38 is 128 kB.
 */
export function zst(blocks: readonly (Uint8Array | { times: number; byte: number })[], window = 0x38): Uint8Array {
  const header = (type: number, size: number, isLast: boolean) => {
    const bits = (size << 3) | (type << 1) | Number(isLast);
    return Buffer.from([bits & 0xff, (bits >> 8) & 0xff, (bits >> 16) & 0xff]);
  };
  const parts: Uint8Array[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, window])];
  for (const block of blocks) {
    if ('times' in block) parts.push(header(1, block.times, false), Buffer.from([block.byte]));
    else {
      for (let i = 0; i < block.length; i += 100_000) {
        const some = block.subarray(i, i + 100_000);
        parts.push(header(0, some.length, false), some);
      }
    }
  }
  parts.push(header(0, 0, true));
  return Buffer.concat(parts);
}

/** Forty people as the native format has them, as zstd -19 compressed them. */
export const people40 = Buffer.from(
  [
    'KLUv/WREDJ0GAALLHhiw6cwJQ7IJhmkJNn3q0s7MzMx0JslNoiDAZFQVCLtr1786uia3Hivn6rXqpyp+X99S3G/3xV7M+5upzsl4etwr9f7V1RuRexdfV+Yy',
    '5nkuzP47Z+1z/ltdfc9GBCajqkBADhRjMcHuFvqwjLAjMcEW5nGQwghDmggyKVSoEdDxnWHvsBmGAzIIQAgYBAxDsLrw/zf8tOpeYqu7UKMlndxdlVhtWY2b',
    'vM3MWrmWGyw12lkzwhjga7kV2Xt5jDa1GYDUjqVP/bKuOL0G5gfyUQXfO6Ll',
  ].join(''),
  'base64',
);

/** A frame that holds nothing. */
function skippable(length: number): Uint8Array {
  return Buffer.concat([Buffer.from([0x50, 0x2a, 0x4d, 0x18, length, 0, 0, 0]), Buffer.alloc(length)]);
}

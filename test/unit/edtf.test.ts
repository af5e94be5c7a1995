import edtf, { parse } from 'edtf';
import { describe, expect, it } from 'vitest';
import { parseEdtf } from '../../src/edtf.ts';
import { Random, seed } from '../support/chance.ts';

const start = (day: string) => `${day}T00:00:00.000Z`;
const end = (day: string) => `${day}T23:59:59.999Z`;

describe('parseEdtf', () => {
  const accepted: Record<string, [text: string, earliest: string | null, latest: string | null][]> = {
    'level 0': [
      ['2021', start('2021-01-01'), end('2021-12-31')],
      ['2021-07', start('2021-07-01'), end('2021-07-31')],
      ['2021-02', start('2021-02-01'), end('2021-02-28')],
      ['2020-02', start('2020-02-01'), end('2020-02-29')],
      ['2021-12-09', start('2021-12-09'), end('2021-12-09')],
      ['2020-02-29', start('2020-02-29'), end('2020-02-29')],
      ['2000-02-29', start('2000-02-29'), end('2000-02-29')],
      ['0044-03-15', start('0044-03-15'), end('0044-03-15')],
    ],
    times: [
      ['2021-12-09T10:00:00Z', '2021-12-09T10:00:00.000Z', '2021-12-09T10:00:00.000Z'],
      ['2021-12-09T10:00:00.123Z', '2021-12-09T10:00:00.123Z', '2021-12-09T10:00:00.123Z'],
      ['2021-12-09T10:00:00+01:00', '2021-12-09T09:00:00.000Z', '2021-12-09T09:00:00.000Z'],
      ['2021-12-09T01:00:00-05:30', '2021-12-09T06:30:00.000Z', '2021-12-09T06:30:00.000Z'],
      ['2021-03-01T00:30:00+01:00', '2021-02-28T23:30:00.000Z', '2021-02-28T23:30:00.000Z'],
      ['2021-12-09T10:00:00', '2021-12-09T10:00:00.000Z', '2021-12-09T10:00:00.000Z'],
      ['2021-12-09T24:00:00Z', '2021-12-10T00:00:00.000Z', '2021-12-10T00:00:00.000Z'],
    ],
    'uncertain and approximate dates': [
      ['2021?', start('2021-01-01'), end('2021-12-31')],
      ['2020-01~', start('2020-01-01'), end('2020-01-31')],
      ['2021-12-09%', start('2021-12-09'), end('2021-12-09')],
    ],
    'unspecified digits': [
      ['201X', start('2010-01-01'), end('2019-12-31')],
      ['20XX', start('2000-01-01'), end('2099-12-31')],
      ['2004-XX', start('2004-01-01'), end('2004-12-31')],
      ['1985-04-XX', start('1985-04-01'), end('1985-04-30')],
      ['1985-XX-XX', start('1985-01-01'), end('1985-12-31')],
    ],
    // Which months a season has depends on the hemisphere, and a winter or a southern summer ends in the next year.
    seasons: [
      ['2021-21', start('2021-01-01'), end('2021-12-31')],
      ['2021-22', start('2021-01-01'), end('2022-03-31')],
      ['2021-23', start('2021-01-01'), end('2021-12-31')],
      ['2021-24', start('2021-01-01'), end('2022-03-31')],
    ],
    intervals: [
      ['2021/2022', start('2021-01-01'), end('2022-12-31')],
      ['2021-12-09/2021-12-11', start('2021-12-09'), end('2021-12-11')],
      ['2004-02-01/2005-02', start('2004-02-01'), end('2005-02-28')],
      ['2004-06-01~/2004-06-20?', start('2004-06-01'), end('2004-06-20')],
      ['2021-12-09T10:00:00Z/2021-12-09T12:00:00Z', '2021-12-09T10:00:00.000Z', '2021-12-09T12:00:00.000Z'],
      ['2021-12-09/2021-12-09', start('2021-12-09'), end('2021-12-09')],
      ['2021/2021', start('2021-01-01'), end('2021-12-31')],
      ['2021-12-09/2021-12', start('2021-12-09'), end('2021-12-31')],
      ['2021-12/2021-12-15', start('2021-12-01'), end('2021-12-15')],
    ],
    'open and unknown ends': [
      ['2021-12-09/..', start('2021-12-09'), null],
      ['../2021-12-09', null, end('2021-12-09')],
      ['2021-12-09/', start('2021-12-09'), null],
      ['/2021-12', null, end('2021-12-31')],
      ['2020~/..', start('2020-01-01'), null],
      ['../..', null, null],
    ],
    'the first and the last years': [
      ['0001', start('0001-01-01'), end('0001-12-31')],
      ['0004-02-29', start('0004-02-29'), end('0004-02-29')],
      ['0099/0100', start('0099-01-01'), end('0100-12-31')],
      ['9999-12-31', start('9999-12-31'), end('9999-12-31')],
      ['9999/..', start('9999-01-01'), null],
    ],
  };

  describe.each(Object.entries(accepted))('accepts %s', (_name, table) => {
    it.each(table)('%s', (text, earliest, latest) => {
      const date = parseEdtf(text);
      expect([date.edtf, date.earliest?.toISOString() ?? null, date.latest?.toISOString() ?? null]).toEqual([text, earliest, latest]);
    });
  });

  const refused: Record<string, [mistake: RegExp, texts: string[]]> = {
    'what is no date': [
      /^".*" is not an EDTF date\. Write it like/s,
      [
        '',
        ' ',
        '..',
        '2021 ',
        ' 2021',
        '2021-1-1',
        '20211209',
        '2021-12-9',
        '9.12.2021',
        'December 2021',
        '2021\0',
        '２０２１',
        '😀',
        'null',
        '2021-12-09 10:00:00Z',
      ],
    ],
    'days that the calendar does not have': [
      /is not an EDTF date/,
      [
        '2021-02-29',
        '1900-02-29',
        '2021-02-29?',
        '2021-02-29/2021-03-05',
        '2021-02-01/2021-02-29',
        '2021-02-29T10:00:00Z',
        '2021-02-30',
        '2021-04-31',
        '2021-12-32',
        '2021-00',
        '2021-13',
      ],
    ],
    'times that the day does not have': [
      /is not an EDTF date/,
      ['2021-12-09T25:00:00Z', '2021-12-09T10:60:00Z', '2021-12-09T10:00:00+15:00', '2021-12-09T10'],
    ],
    'centuries and decades': [/is not an EDTF date/, ['21', '-01', '00', '201', '-201', '21~']],
    'level 2': [
      /is not an EDTF date/,
      [
        '{2021,2022}',
        '[2021,2022]',
        '[..2021]',
        '2021-12-?09',
        '?2021',
        '2021?-12',
        '156X-12-25',
        '15XX-12-25',
        'XXXX-12-XX',
        '2021-XX-09',
        'Y-17E7',
        '1950S2',
        '2021-25',
        '2021-33',
        '2021-41',
        '2004-06-XX/2004-07-03',
        '2021-21/2021-22',
        '2021-21?',
      ],
    ],
    'years that are too far': [
      /lies outside the years from 1 to 9999\.$/,
      // PostgreSQL and JavaScript hold some of them, but not what carries them from one to the other.
      [
        'Y10000',
        'Y170000002',
        'Y-170000002',
        `Y${'9'.repeat(63)}`,
        '0000',
        'XXXX',
        '-0043-03-15',
        '-4001/2021',
        '0001-01-01T00:00:00+01:00',
        '9999-12-31T23:59:59-01:00',
      ],
    ],
    'ends before starts': [
      /ends before it starts\.$/,
      ['2022/2021', '2021-12/2021-11-30', '2021-12-09/2021-12-08', '2021-12-09T12:00:00Z/2021-12-09T11:59:59Z'],
    ],
    'what is too long': [
      /^The date is \d+ characters long; dates have at most 64\./,
      [`2021${' '.repeat(61)}`, '2021-12-09/'.repeat(1000), 'x'.repeat(1_000_000)],
    ],
  };

  describe.each(Object.entries(refused))('refuses %s', (_name, [mistake, texts]) => {
    it.each(texts.map((text) => [text]))('%j', (text) => {
      expect(() => parseEdtf(text)).toThrow(RangeError);
      expect(() => parseEdtf(text)).toThrow(mistake);
    });
  });

  it('reads years, months and days as the parser of EDTF does', () => {
    for (const year of ['0001', '0099', '0100', '1582', '1900', '2000', '2021', '2024', '9999']) {
      for (let month = 0; month <= 13; month++) {
        const m = month === 0 ? year : `${year}-${String(month).padStart(2, '0')}`;
        for (const text of [m, `${m}-01`, `${m}-28`, `${m}-29`, `${m}-30`, `${m}-31`, `${m}-32`, `${m}-00`]) {
          const parsed = bounds(text);
          const isDay = text.length === 10;
          // The parser gives every year a 29th of February.
          const isThere = parsed && (!isDay || new Date(parsed.earliest as Date).getUTCDate() === Number(text.slice(8)));
          if (!isThere) expect(() => parseEdtf(text), text).toThrow(RangeError);
          else expect(parseEdtf(text)).toEqual({ edtf: text, ...parsed });
        }
      }
    }
  });

  it('does not depend on the time zone of the process', () => {
    const original = process.env.TZ;
    try {
      for (const zone of ['America/New_York', 'Asia/Kolkata', 'UTC']) {
        process.env.TZ = zone;
        expect(parseEdtf('2021-12-09T10:00:00').earliest?.toISOString()).toBe('2021-12-09T10:00:00.000Z');
        expect(parseEdtf('2021-12-09').latest?.toISOString()).toBe(end('2021-12-09'));
      }
    } finally {
      if (original === undefined) delete process.env.TZ;
      else process.env.TZ = original;
    }
  });

  it('gives an earliest instant that is not after the latest, within the years that all can hold', () => {
    const random = new Random(seed);
    let read = 0;
    for (let i = 0; i < 2_000; i++) {
      const date = attempt(dateLike(random));
      if (!date) continue;
      read++;
      const { earliest, latest } = date;
      for (const instant of [earliest, latest]) expect(instant === null || !Number.isNaN(instant.getTime())).toBe(true);
      if (earliest && latest) expect(earliest.getTime()).toBeLessThanOrEqual(latest.getTime());
      if (earliest) expect(earliest.getTime()).toBeGreaterThanOrEqual(Date.parse('0001-01-01'));
      if (latest) expect(latest.getTime()).toBeLessThan(Date.UTC(10_000, 0));
      if (!date.edtf.includes('/')) expect([earliest, latest]).not.toContain(null);
    }
    expect(read).toBeGreaterThan(500);
  });

  it('throws nothing but a RangeError, whatever the text', () => {
    const random = new Random(seed);
    const characters = [...'0123456789-/.XYTZES~?%+:{}[], \0\n−é𝟙'];
    for (let i = 0; i < 3_000; i++) {
      const text = random.chance(0.5)
        ? Array.from({ length: random.below(70) }, () => random.pick(characters)).join('')
        : damaged(dateLike(random), random, characters);
      attempt(text);
    }
    expect(attempt('2021')).toBeDefined();
  });

  it('is done quickly with hostile texts of 64 characters', () => {
    const hostile = [
      ...[...'0219X-/.Y{}[]?~%S T😀'].map((character) => character.repeat(64)),
      ...['2021-12-09/', '2021,', '{2021,', '[..2021', '20XX-XX,', '~2021~', '?2021?-?12?', '1E', '..,', '2021?~%', 'Y-1E9S'].map((part) =>
        part.repeat(64),
      ),
      `{${'2021-12-09,'.repeat(5)}2021`,
      `?2021?-?12?-?09?/?2021?-?12?-?10?${'?'.repeat(30)}`,
    ].map((text) => text.slice(0, 64));
    const began = process.cpuUsage();
    for (let round = 0; round < 20; round++) {
      for (const text of hostile) attempt(text);
    }
    const { user, system } = process.cpuUsage(began);
    // 700 texts; a parser whose time doubles with each character would take hours.
    expect((user + system) / 1_000_000).toBeLessThan(20);
  });
});

function attempt(text: string) {
  try {
    return parseEdtf(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A text that looks like a date, and in most cases is one. */
function dateLike(random: Random): string {
  const digits = (value: number, length: number) => String(value).padStart(length, '0');
  const year = () => `${random.chance(0.1) ? '-' : ''}${digits(random.below(random.chance(0.2) ? 10_000 : 2_100), 4)}`;
  const month = () => digits(random.chance(0.1) ? 21 + random.below(4) : random.below(14), 2);
  const day = () => digits(random.below(33), 2);
  const date = () => {
    const parts = [year(), month(), day()].slice(0, 1 + random.below(3));
    if (random.chance(0.1)) parts[parts.length - 1] = parts.length === 1 ? `${(parts[0] ?? '').slice(0, -1)}X` : 'XX';
    return parts.join('-') + (random.chance(0.1) ? random.pick(['?', '~', '%']) : '');
  };
  if (random.chance(0.1))
    return `${year()}-${month()}-${day()}T${day()}:${day()}:${day()}${random.pick(['', 'Z', '+01:00', '-11:30', '.5Z'])}`;
  if (random.chance(0.1)) return `Y${random.pick(['', '-'])}${random.below(2 ** 31)}`;
  return random.chance(0.5) ? date() : `${random.pick([date(), date(), '..', ''])}/${random.pick([date(), date(), '..', ''])}`;
}

function damaged(text: string, random: Random, characters: readonly string[]): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + random.pick(characters) + text.slice(at + random.below(3));
}

/** What the parser of EDTF says by itself. */
function bounds(text: string): { earliest: Date; latest: Date } | undefined {
  try {
    const { min, max } = edtf(parse(text, { level: 1, types: ['Date', 'Year'] }));
    return { earliest: new Date(min as number), latest: new Date(max as number) };
  } catch {
    return undefined;
  }
}

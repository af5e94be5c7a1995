import { expect, test } from 'vitest';
import type { ExchangeRecord } from '../../src/exchange/record.ts';
import { slideDates } from '../../src/exchange/timelinejs/date.ts';
import { timelinejs } from '../../src/exchange/timelinejs/timelinejs.ts';
import { ids, sample, written, writtenInPieces } from './written.ts';

async function timeline(records: Iterable<ExchangeRecord> = sample) {
  const { files, left } = await written(timelinejs, records);
  return { left, ...(JSON.parse(files.get('') ?? '') as { events: Record<string, unknown>[]; eras: unknown[] }) };
}

test('shows the events and statements that have a date', async () => {
  const { events, eras } = await timeline();
  expect(eras).toEqual([]);
  expect(events).toEqual([
    {
      start_date: { year: '2021', month: '7' },
      end_date: { year: '2021', month: '12', day: '9' },
      unique_id: ids.talks,
      group: 'Events',
      text: { headline: 'Talks &lt;b&gt;end&lt;/b&gt;', text: '<p>They met &amp; left.</p><p>Baghdad</p>' },
    },
    {
      start_date: { year: '2021', month: '12', day: '9', hour: '10', minute: '30', second: '0' },
      unique_id: ids.statement,
      group: 'Statements',
      text: { headline: '=HYPERLINK(&quot;https://example.org&quot;)', text: '<blockquote>We leave<br>and we stay</blockquote>' },
    },
  ]);
});

test('counts what it does not carry', async () => {
  const { left } = await timeline();
  expect(left).toMatchObject({
    'place records': 2,
    'organization records': 2,
    'person records': 1,
    'document records': 2,
    'records that were retracted or merged': 1,
    'events that did not happen, or had not yet': 1,
    'texts in other languages than the first': 1,
    participations: 2,
    appearances: 1,
    reviews: 1,
  });
});

test('an empty record is an empty timeline', async () => {
  expect(await timeline([])).toEqual({ events: [], eras: [], left: {} });
});

test('dates are as precise as they are written', () => {
  const dates: Record<string, unknown> = {
    '2021': { start_date: { year: '2021' } },
    '2021-07': { start_date: { year: '2021', month: '7' } },
    '0079-08-24': { start_date: { year: '79', month: '8', day: '24' } },
    '2021?': { start_date: { year: '2021' }, display_date: '2021?' },
    '2021-12-09~': { start_date: { year: '2021', month: '12', day: '9' }, display_date: '2021-12-09~' },
    '2021-22': { start_date: { year: '2021' }, display_date: '2021-22' },
    '201X': { start_date: { year: '2010' }, end_date: { year: '2019' }, display_date: '201X' },
    '2021-XX': { start_date: { year: '2021' }, display_date: '2021-XX' },
    '2021-12-09/2022-01': { start_date: { year: '2021', month: '12', day: '9' }, end_date: { year: '2022', month: '1' } },
    '2021/..': { start_date: { year: '2021' }, display_date: '2021/..' },
    '2021/': { start_date: { year: '2021' }, display_date: '2021/' },
    '2021-12-09T23:30:00-03:00': {
      start_date: { year: '2021', month: '12', day: '10', hour: '2', minute: '30', second: '0' },
      display_date: '2021-12-09T23:30:00-03:00',
    },
  };
  expect(Object.fromEntries(Object.keys(dates).map((date) => [date, slideDates(date, undefined)]))).toEqual(dates);
  for (const date of ['../2021', '/2021', undefined]) expect(slideDates(date, '2022')).toBeUndefined();
  expect(slideDates('2021', '2022~')).toEqual({ start_date: { year: '2021' }, end_date: { year: '2022' }, display_date: '2021 – 2022~' });
});

test('statements without a known speaker have the words of their source', async () => {
  const { events } = await timeline([
    {
      type: 'Statement',
      text: '</blockquote><script>',
      language: 'en',
      quoteType: 'DIRECT',
      attributionText: "an 'official'",
      date: '2021',
    },
    { type: 'Statement', text: 'No', language: 'en', quoteType: 'DIRECT', speaker: { person: { id: 'x' } }, date: '2021' },
  ]);
  expect(events.map(({ text }) => text)).toEqual([
    { headline: 'an &#39;official&#39;', text: '<blockquote>&lt;/blockquote&gt;&lt;script&gt;</blockquote>' },
    { text: '<blockquote>No</blockquote>' },
  ]);
});

test('a large record is written in small pieces', async () => {
  const { written, largest, most } = await writtenInPieces(timelinejs, 20_000);
  expect(written).toBeGreaterThan(8_000_000);
  expect(largest).toBeLessThan(1000);
  expect(most).toBeLessThan(120_000_000);
});

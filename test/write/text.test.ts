import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asked, as, run } from '../support/ask.ts';
import { Random, seed } from '../support/chance.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { done, mistake, mutate } from './mutate.ts';
import { words } from './world.ts';

// What quotes a document stays at its place when the document's text is corrected.

let database: TestDatabase;
let editor: Asked;
let event: string;

interface Span {
  exact: string;
  start: number | null;
  end: number | null;
  prefix: string | null;
  suffix: string | null;
  isChecked: boolean;
}

beforeAll(async () => {
  database = await openTestDatabase();
  editor = as(database, 'EDITOR');
  event = (await done(editor, 'createEvent', { title: words('Event') })).id;
});

afterAll(() => database?.close());

/** A document with a text, and a citation of it. */
async function cited(text: string | null, evidence: { exact: string; start?: number }[]) {
  const document = await done(editor, 'createDocument', { title: 'Document', text });
  const { id, spans } = await done(editor, 'addCitation', { fact: event, document: { id: document.id }, evidence }, spansAsked);
  return { document: document.id, citation: id, spans: spans as Span[] };
}

const spansAsked = 'spans { exact start end prefix suffix isChecked }';

async function spansOf(citation: string): Promise<Span[]> {
  const { node } = await run<{ node: { spans: Span[] } }>(
    editor,
    `query ($id: ID!) { node(id: $id) { ... on Citation { ${spansAsked} } } }`,
    { id: citation },
  );
  return node.spans;
}

const correct = (document: string, text: string | null) => mutate(editor, 'updateDocument', { id: document, text });

const text = 'In Baghdad 🕊️ she announced: “The mission is over.” She said that nobody stays; she said so twice.';

test.each([
  ['before', `Agencies. ${text}`],
  ['just before', text.replace('“The', '“👩🏽‍🚒The')],
  ['after', `${text} Later more.`],
  ['just after', text.replace('over.”', 'over.” …')],
  ['on both sides', `Correction: ${text.replace('nobody', 'nobody, nobody')}`],
  ['by cutting', text.slice(text.indexOf('“'))],
])('a change %s moves the span', async (_where, changed) => {
  const { document, citation } = await cited(text, [{ exact: 'The mission is over.' }]);
  expect((await correct(document, changed)).errors).toEqual([]);
  const start = changed.indexOf('The mission is over.');
  expect(await spansOf(citation)).toEqual([
    {
      exact: 'The mission is over.',
      start,
      end: start + 20,
      prefix: expect.stringMatching(/“(👩🏽‍🚒)?$/u),
      suffix: expect.stringMatching(/^”/),
      isChecked: true,
    },
  ]);
});

test.each([
  ['within', text.replace('mission is', 'mission was')],
  ['of the words', text.replace('“The mission is over.”', '')],
  ['of all', 'Something else.'],
])('a change %s is refused', async (_what, changed) => {
  const { document, citation, spans } = await cited(text, [{ exact: 'The mission is over.' }]);
  const { errors, record } = await correct(document, changed);
  expect(errors).toMatchObject([{ code: 'SPAN_NOT_FOUND', path: ['text'], message: expect.stringContaining('“The mission is over.”') }]);
  expect(record).toMatchObject({ id: document, revision: 1 });
  expect(await spansOf(citation)).toEqual(spans);
});

test('the words that were quoted are not looked for in others’ mouths', async () => {
  const before = 'He said yes to all of it, at length and on the record. Others disagreed for long. She said yes as well.';
  const { document } = await cited(before, [{ exact: 'yes', start: before.indexOf('yes') }]);
  expect((await correct(document, before.replace('He said yes', 'He said no'))).errors).toMatchObject([{ code: 'SPAN_NOT_FOUND' }]);
});

test('of words that stand there often each keeps its own place', async () => {
  const before = 'Yes. Yes. Yes. Yes. Yes. Yes. Yes. Yes. Yes. Yes. Yes. Yes.';
  const starts = [0, 5, 25, 55];
  const { document, citation } = await cited(
    before,
    starts.map((start) => ({ exact: 'Yes', start })),
  );
  expect((await correct(document, `No. ${before} No.`)).errors).toEqual([]);
  expect((await spansOf(citation)).map(({ start }) => start)).toEqual(starts.map((start) => start + 4));
});

test('without its text a document’s spans are their words alone, and with it they have a place again', async () => {
  const { document, citation } = await cited(text, [{ exact: 'The mission is over.' }]);
  expect((await correct(document, null)).errors).toEqual([]);
  expect(await spansOf(citation)).toMatchObject([{ exact: 'The mission is over.', start: null, end: null, isChecked: false }]);
  expect((await correct(document, 'Nothing.')).errors).toMatchObject([{ code: 'SPAN_NOT_FOUND' }]);
  expect((await correct(document, `Again: ${text}`)).errors).toEqual([]);
  expect(await spansOf(citation)).toMatchObject([{ start: text.indexOf('The') + 7, isChecked: true }]);
});

test('half a character is not quoted', async () => {
  const document = await done(editor, 'createDocument', { title: 'Document', text: 'A 🕊️ dove' });
  for (const exact of ['\udd4a', '\ud83d', 'A \ud83d']) {
    const { code, path } = await mistake(editor, 'addCitation', { fact: event, document: { id: document.id }, evidence: [{ exact }] });
    expect(['INVALID_VALUE', 'SPAN_NOT_FOUND']).toContain(code);
    expect(path.slice(0, 2)).toEqual(['evidence', '0']);
  }
});

/** Characters of one to many UTF-16 code units, few of them, so that stretches stand there more than once. */
const characters = ['a', 'b', 'é', 'e\u0301', ' ', '🕊️', '👩🏽‍🚒', '𝔄', 'ع', '\n'];

test('random spans are placed as a plain search places them', async () => {
  const r = new Random(seed);
  for (let i = 0; i < 60; i++) {
    const parts = r.list(1 + r.below(30), () => r.pick(characters));
    const whole = parts.join('');
    const from = r.below(parts.length);
    const exact = r.chance(0.8) ? parts.slice(from, from + 1 + r.below(6)).join('') : r.list(3, () => r.pick(characters)).join('');
    const start = r.chance(0.5) ? parts.slice(0, from).join('').length + (r.chance(0.2) ? 1 : 0) : undefined;
    const document = await done(editor, 'createDocument', { title: 'Document', text: whole });
    const input = { fact: event, document: { id: document.id }, evidence: [{ exact, start }] };
    const { record, errors } = await mutate(editor, 'addCitation', input, spansAsked);
    const places = placesOf(whole, exact);
    const label = JSON.stringify({ whole, exact, start });
    if (start === undefined ? places.length === 1 : places.includes(start)) {
      const place = start ?? places[0] ?? 0;
      expect(record?.spans, label).toMatchObject([{ exact, start: place, end: place + exact.length }]);
      const [span] = (record?.spans ?? []) as Span[];
      if (span) expectContext(whole, span, label);
    } else {
      expect(
        errors.map(({ code }) => code),
        label,
      ).toEqual([start === undefined && places.length > 1 ? 'SPAN_AMBIGUOUS' : 'SPAN_NOT_FOUND']);
    }
  }
});

test('random corrections move each span as far as the text moved', async () => {
  const r = new Random(seed);
  let moved = 0;
  for (let i = 0; i < 40; i++) {
    const parts = r.list(20 + r.below(60), () => r.pick(characters));
    const at = (part: number) => parts.slice(0, part).join('').length;
    const spans = r.list(3, () => {
      const from = r.below(parts.length - 8);
      const to = from + 1 + r.below(8);
      return { from, to, exact: parts.slice(from, to).join(''), start: at(from) };
    });
    const before = parts.join('');
    const { document, citation } = await cited(
      before,
      spans.map(({ exact, start }) => ({ exact, start })),
    );
    const from = r.below(parts.length);
    const cut = r.below(4);
    const added = r.list(r.below(6), () => r.pick(characters));
    const changed = [...parts.slice(0, from), ...added, ...parts.slice(from + cut)].join('');
    const by = added.join('').length - (at(from + cut) - at(from));
    const { errors } = await correct(document, changed);
    const label = JSON.stringify({ before, changed, spans });
    const untouched = spans.filter((span) => span.to <= from || span.from >= from + cut);
    if (errors.length > 0) {
      // What was not touched is never the reason.
      expect(untouched.length, `${label} ${errors[0]?.message}`).toBeLessThan(spans.length);
      continue;
    }
    moved += 1;
    for (const [n, span] of (await spansOf(citation)).entries()) {
      const { to, start, exact } = spans[n] as (typeof spans)[number];
      expect(changed.slice(span.start ?? -1, span.end ?? -1), label).toBe(span.exact);
      expectContext(changed, span, label);
      if (!untouched.includes(spans[n] as (typeof spans)[number])) continue;
      // In “aaa” it can't be told which was cut: then either place is right.
      const stays = before.slice(0, start + exact.length) === changed.slice(0, start + exact.length);
      const shifts = start + by >= 0 && before.slice(start) === changed.slice(start + by);
      expect([...(stays ? [start] : []), ...(shifts ? [start + by] : [])], label).toContain(span.start);
      expect(to <= from ? stays : shifts).toBe(true);
    }
  }
  expect(moved).toBeGreaterThan(10);
});

/** Where a text stands in another, by comparing at every place. */
function placesOf(whole: string, exact: string): number[] {
  return Array.from(whole.split('').keys()).filter(
    (at) =>
      whole
        .split('')
        .slice(at, at + exact.length)
        .join('') === exact,
  );
}

/** What is kept of the text around is what stands there, up to 32 code units, of whole characters. */
function expectContext(whole: string, { start, end, prefix, suffix }: Span, label: string): void {
  expect(whole.slice(0, start ?? 0).endsWith(prefix ?? ''), label).toBe(true);
  expect(whole.slice(end ?? 0).startsWith(suffix ?? ''), label).toBe(true);
  expect((prefix ?? '').length, label).toBeGreaterThanOrEqual(Math.min(31, start ?? 0) - 1);
  expect(`${prefix}${suffix}`, label).not.toMatch(/\p{Surrogate}/u);
}

import type { Format, Output } from '../format.ts';
import type { ExchangeEvent, ExchangeRecord, ExchangeStatement, Ref } from '../record.ts';
import { NamesSeen } from '../writing/names-seen.ts';
import { refText, target } from '../writing/reference.ts';
import { Tally } from '../writing/tally.ts';
import { type SlideDates, slideDates } from './date.ts';

// What TimelineJS 3 shows: a slide for each event and each statement that has a date. docs/formats/timelinejs.md

/** A slide, as TimelineJS calls one event of its own. */
interface Slide extends SlideDates {
  unique_id?: string;
  group: 'Events' | 'Statements';
  text: { headline?: string; text?: string };
}

export const timelinejs: Format = {
  name: 'timelinejs',
  description: 'A timeline for TimelineJS 3: the events and statements that have a date.',
  async write(records: AsyncIterable<ExchangeRecord>, output: Output) {
    const names = new NamesSeen();
    const left = new Tally();
    let separator = '\n';
    await output.write('{"events": [');
    for await (const record of records) {
      see(names, record);
      const slide = slideOf(record, names, left);
      if (!slide) continue;
      await output.write(separator + JSON.stringify(slide));
      separator = ',\n';
    }
    await output.write('\n], "eras": []}\n');
    return left.counts;
  },
};

function see(names: NamesSeen, record: ExchangeRecord): void {
  if (record.type === 'Place' || record.type === 'Organization' || record.type === 'Person') names.see(record.id, record.name);
}

function slideOf(record: ExchangeRecord, names: NamesSeen, left: Tally): Slide | undefined {
  if (record.type !== 'Event' && record.type !== 'Statement') {
    left.add(`${record.type.toLowerCase()} records`);
    return undefined;
  }
  // The page shows whatever it is given as what happened.
  if (record.status === 'RETRACTED' || record.status === 'MERGED') {
    left.add('records that were retracted or merged');
    return undefined;
  }
  if (record.type === 'Event' && record.auxiliaryMode && record.auxiliaryMode !== 'HISTORICAL') {
    left.add('events that did not happen, or had not yet');
    return undefined;
  }
  const dates = slideDates(record.date, record.type === 'Event' ? record.endDate : undefined);
  if (!dates) {
    left.add(`${record.type.toLowerCase()}s without a date from which they begin`);
    return undefined;
  }
  const id = record.id === undefined ? {} : { unique_id: record.id };
  return record.type === 'Event'
    ? { ...dates, ...id, group: 'Events', text: eventText(record, names, left) }
    : { ...dates, ...id, group: 'Statements', text: statementText(record, names, left) };
}

function eventText(event: ExchangeEvent, names: NamesSeen, left: Tally): Slide['text'] {
  const [title, ...otherTitles] = Object.values(event.title);
  const [description, ...otherDescriptions] = Object.values(event.description ?? {});
  const place = nameOf(event.place, names);
  const text = [description, place].filter((each) => each !== undefined).map(paragraph);
  left.add('texts in other languages than the first', otherTitles.length + otherDescriptions.length);
  left.has('participations', event.participations);
  left.has('links', event.links);
  left.has('citations', event.citations);
  left.has('other names', event.aliases);
  left.has('types and modes of events', event.eventType ?? event.mode);
  left.has('classifications of events', event.classification);
  left.has('events that are part of another: of which', event.parent);
  left.has('identifiers', event.identifiers);
  return { headline: escapeHtml(title ?? ''), ...(text.length > 0 && { text: text.join('') }) };
}

function statementText(statement: ExchangeStatement, names: NamesSeen, left: Tally): Slide['text'] {
  const speaker = (statement.speaker && nameOf(target(statement.speaker).ref, names)) ?? statement.attributionText;
  left.has('translations', statement.translations);
  left.has('appearances', statement.appearances);
  left.has('links', statement.links);
  left.has('reviews', statement.reviews);
  left.has('identifiers', statement.identifiers);
  left.has('what statements are about', statement.about);
  for (const ref of [statement.addressee, statement.capacity, statement.outlet, statement.venue])
    left.has('circumstances of statements', ref);
  return { ...(speaker !== undefined && { headline: escapeHtml(speaker) }), text: `<blockquote>${lines(statement.text)}</blockquote>` };
}

const nameOf = (ref: Ref | undefined, names: NamesSeen) => names.of(refText(ref));
const paragraph = (text: string) => `<p>${lines(text)}</p>`;
const lines = (text: string) => escapeHtml(text).replace(/\r\n?|\n/g, '<br>');

/** TimelineJS puts its texts into the page as HTML. */
function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

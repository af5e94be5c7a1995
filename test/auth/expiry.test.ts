import { expect, test } from 'vitest';
import { readExpiry } from '../../src/auth/expiry.ts';

const now = new Date('2026-02-28T12:00:00Z');

test.each([
  ['1d', '2026-03-01T12:00:00.000Z'],
  ['90d', '2026-05-29T12:00:00.000Z'],
  ['36500d', '2126-02-04T12:00:00.000Z'],
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['9999-12-31', '9999-12-31T00:00:00.000Z'],
])('a token can expire at %s', (text, instant) => {
  expect(readExpiry(text, now).toISOString()).toBe(instant);
});

test.each([
  '',
  '90',
  'd',
  '-1d',
  '1.5d',
  '90 d',
  '90D',
  '36501d',
  '999999d',
  '2027-02-30',
  '27-01-01',
  '2027-1-1',
  '2027-01-01T00:00:00Z',
  'tomorrow',
])('but not at "%s"', (text) => {
  expect(() => readExpiry(text, now)).toThrow('Write it like 90d (up to 36500d) or 2027-01-01.');
});

test.each(['0d', '2026-02-28', '2020-01-01', '0001-01-01'])('nor at %s, which is past', (text) => {
  expect(() => readExpiry(text, now)).toThrow('That is past.');
});

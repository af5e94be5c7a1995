import { expect, it } from 'vitest';
import { parseEdtf } from '../../src/edtf.ts';
import { isPlainDate } from '../../src/exchange/plain-date.ts';

it.each(['2021', '0001', '2021-12', '2020-02-29', '9999-12-31'])('%s is a plain date, and EDTF', (text) => {
  expect(isPlainDate(text)).toBe(true);
  expect(parseEdtf(text).edtf).toBe(text);
});

it.each(['', '0000', '21', '2021-13', '2021-00', '2021-02-29', '2021-04-31', '2021-1-1', '2021?', '2021-12-09T10:00:00Z', ' 2021'])(
  '%j is no plain date',
  (text) => {
    expect(isPlainDate(text)).toBe(false);
  },
);

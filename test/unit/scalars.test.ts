import { GraphQLError, GraphQLScalarType, parseValue } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../src/schema.ts';

function scalar(name: string): GraphQLScalarType {
  const type = schema.getType(name);
  if (!(type instanceof GraphQLScalarType)) throw new Error(`${name} is not a scalar.`);
  return type;
}

function codeOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(GraphQLError);
    return (error as GraphQLError).extensions.code;
  }
  return undefined;
}

describe('DateTime', () => {
  const { parseValue: read, parseLiteral, serialize } = scalar('DateTime');

  it.each([
    ['2021-12-09T10:00:00.000Z', '2021-12-09T10:00:00.000Z'],
    ['2021-12-09T10:00:00Z', '2021-12-09T10:00:00.000Z'],
    ['2021-12-09T10:00Z', '2021-12-09T10:00:00.000Z'],
    ['2021-12-09T10:00:00.123456Z', '2021-12-09T10:00:00.123Z'],
    ['2021-12-09T10:00:00+01:00', '2021-12-09T09:00:00.000Z'],
    ['2020-02-29T00:00:00Z', '2020-02-29T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('reads %s', (text, instant) => {
    expect((read(text) as Date).toISOString()).toBe(instant);
    expect((parseLiteral(parseValue(JSON.stringify(text))) as Date).toISOString()).toBe(instant);
    expect(serialize(read(text))).toBe(instant);
  });

  it.each([
    '',
    'now',
    '2021-12-09',
    '2021-12-09T10:00:00',
    '2021-12-09 10:00:00Z',
    '2021-13-09T10:00:00Z',
    '2021-02-29T10:00:00Z',
    '2021-02-30T10:00:00+01:00',
    '2021-04-31T10:00:00Z',
    '2021-12-09T25:00:00Z',
    '2021-12-09T10:00:60Z',
    '2021-12-09T10:00:00+25:00',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    '-0001-01-01T00:00:00Z',
    '+010000-01-01T00:00:00Z',
    '10000-01-01T00:00:00Z',
    '2021-12-09T10:00:00Z\0',
  ])('refuses %j', (text) => {
    expect(codeOf(() => read(text))).toBe('INVALID_DATE');
    expect(codeOf(() => parseLiteral({ kind: 'StringValue' as never, value: text }))).toBe('INVALID_DATE');
  });
});

describe.each([
  ['DateTime', 'INVALID_DATE'],
  ['EDTF', 'INVALID_DATE'],
  ['Language', 'INVALID_LANGUAGE'],
])('%s', (name, code) => {
  it('is written as a string', () => {
    const { parseValue: read, parseLiteral } = scalar(name);
    for (const value of [2021, true, null, [], {}, new Date(), ['2021']]) expect(codeOf(() => read(value))).toBe(code);
    for (const literal of ['2021', 'true', 'fr', '["2021"]', '{ a: 1 }', '20.21'])
      expect(codeOf(() => parseLiteral(parseValue(literal)))).toBe(code);
  });

  it('tells what a mistake is', () => {
    const error = (() => {
      try {
        return scalar(name).parseValue('nonsense!');
      } catch (thrown) {
        return thrown;
      }
    })();
    expect((error as Error).message).toMatch(/^"nonsense!" is not an? .*\. Write it like /);
  });
});

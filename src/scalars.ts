import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { builder } from './builder.ts';
import { type Edtf, isOutside, parseEdtf } from './edtf.ts';
import { type ErrorCode, userError } from './errors.ts';
import { parseLanguage } from './language.ts';

builder.addScalarType(
  'EDTF',
  textScalar<Edtf, string>({
    name: 'EDTF',
    description:
      'A date in the Extended Date/Time Format, levels 0 and 1, only as precise as its source: `2021-12-09`, `2021-07`, `2020-01~` (about), `2021?` (uncertain), `2021-12-09/2021-12-11`, `2021-12-09/..` (open). Days are days in UTC.',
    specifiedByURL: 'https://www.loc.gov/standards/datetime/',
    code: 'INVALID_DATE',
    parse: parseEdtf,
    serialize: String,
  }),
);

builder.addScalarType(
  'Language',
  textScalar<string, string>({
    name: 'Language',
    description: 'A language as a BCP 47 tag: `fr`, `en-GB`, `ar-Latn`.',
    specifiedByURL: 'https://www.rfc-editor.org/info/bcp47',
    code: 'INVALID_LANGUAGE',
    parse: parseLanguage,
    serialize: String,
  }),
);

builder.addScalarType(
  'DateTime',
  textScalar<Date, Date>({
    name: 'DateTime',
    description: 'An instant in UTC, as ISO 8601 with milliseconds: `2021-12-09T10:00:00.000Z`.',
    specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time',
    code: 'INVALID_DATE',
    parse: parseInstant,
    serialize: (value) => (value as Date).toISOString(),
  }),
);

builder.addScalarType(
  'JSON',
  new GraphQLScalarType<unknown, unknown>({
    name: 'JSON',
    description: 'Any JSON value, for what has no type of its own, such as the value of a changed field.',
    specifiedByURL: 'https://www.rfc-editor.org/info/rfc8259',
  }),
);

interface TextScalar<Input> {
  name: string;
  description: string;
  specifiedByURL: string;
  code: ErrorCode;
  parse: (text: string) => Input;
  serialize: (value: unknown) => string;
}

/** A scalar that is written as a string, whose mistakes have a code of their own. */
function textScalar<Input, Output>({
  name,
  description,
  specifiedByURL,
  code,
  parse,
  serialize,
}: TextScalar<Input>): GraphQLScalarType<Input, Output> {
  const read = (value: unknown, nodes?: ValueNode): Input => {
    if (typeof value !== 'string') throw userError(code, `${name} is written as a string.`, { nodes });
    try {
      return parse(value);
    } catch (error) {
      if (error instanceof RangeError) throw userError(code, error.message, { nodes });
      throw error;
    }
  };
  return new GraphQLScalarType<Input, string>({
    name,
    description,
    specifiedByURL,
    parseValue: (value) => read(value),
    parseLiteral: (node) => {
      if (node.kind !== Kind.STRING) throw new GraphQLError(`${name} is written as a string.`, { nodes: node, extensions: { code } });
      return read(node.value, node);
    },
    serialize,
    // Pothos's output type is what resolvers return; GraphQL.js's is what stands in the answer.
  }) as GraphQLScalarType<Input, Output>;
}

function parseInstant(text: string): Date {
  const [, day] = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  const instant = day && isDay(day) ? new Date(text) : undefined;
  if (!instant || isOutside(instant.getTime())) {
    throw new RangeError(`"${text.slice(0, 40)}" is not an instant. Write it like 2021-12-09T10:00:00Z.`);
  }
  return instant;
}

/** JavaScript takes the 30th of February for the 2nd of March. */
function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

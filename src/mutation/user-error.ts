import { builder } from '../builder.ts';
import type { BrokenRule, RuleCode } from '../record/rule.ts';

const codes: Record<RuleCode, string> = {
  REQUIRED: 'A value that has to be there is absent or empty.',
  INVALID_DATE: 'A date is not EDTF of level 0 or 1.',
  INVALID_LANGUAGE: 'A language is not a BCP 47 tag.',
  INVALID_VALUE: 'A value is none that can stand here.',
  END_BEFORE_START: 'An end is before its start, as far as both are known.',
  UNATTRIBUTED: 'A statement has neither a speaker nor the words by which the source names one.',
  CAPACITY_NOT_HELD: 'The capacity is not a membership of the speaker.',
  CAPACITY_NOT_THEN: 'The speaker didn’t hold that place on that date.',
  MODE_NOT_OF_TYPE: 'The mode doesn’t go with the type of the event.',
  SPAN_NOT_FOUND: 'The exact text doesn’t stand at that place in the document.',
  SPAN_AMBIGUOUS: 'The exact text stands in the document more than once.',
  SPAN_NOT_CHECKABLE: 'The record doesn’t keep the document’s text, so a place in it can’t be checked.',
  CIRCULAR: 'A record would lie below itself, be taken from itself or be linked to itself.',
  TAKEN: 'Another record holds this identifier or URL.',
  ALREADY_LINKED: 'The same link is there already.',
  IN_USE: 'Other records depend on it.',
  NOT_FOUND: 'A record that is named isn’t there, or may not be seen.',
  NOT_PUBLISHED: 'What is published would depend on a draft.',
  WRONG_STATUS: 'The status of the record doesn’t allow it.',
  STALE: 'The record was changed since the revision that was expected.',
  KEY_REUSED: 'The idempotency key was used with another input.',
  NOT_MERGEABLE: 'The two can’t be merged, or were not.',
  LAST_ADMIN: 'Nobody could give access any more.',
  BUSY: 'Too many others are writing at this moment.',
};

const UserErrorCode = builder.enumType('UserErrorCode', {
  description: 'What is wrong with an input. docs/errors.md tells what to do about each.',
  values: Object.fromEntries(Object.entries(codes).map(([code, description]) => [code, { description }])) as Record<
    RuleCode,
    { description: string }
  >,
});

type Mistake = Pick<BrokenRule, 'code' | 'message' | 'path'>;

/** A broken rule as a value: GraphQL takes an `Error` for one that a resolver has thrown. */
export const mistake = ({ code, message, path }: BrokenRule): Mistake => ({ code, message, path });

/** A mistake in the input of a mutation, for the person who wrote it. */
export const UserError = builder.objectRef<Mistake>('UserError').implement({
  description: 'A mistake in the input of a mutation. Nothing was changed.',
  fields: (t) => ({
    code: t.expose('code', { type: UserErrorCode, description: 'What is wrong, for programs.' }),
    message: t.exposeString('message', { description: 'What is wrong and what to do, for people.' }),
    path: t.stringList({
      description: 'Where it stands in the input, such as `["appearances", "0", "content", "1"]`; empty when it is about all of it.',
      resolve: ({ path }) => path.map(String),
    }),
  }),
});

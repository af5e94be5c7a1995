import { isExhausted } from '../database/exhausted.ts';
import { BrokenRule, type Path, type RuleCode } from './rule.ts';

// What the database refuses, for the person who wrote the input. The rules that it keeps alone, and those
// that two writers break together, come to light here.

interface Refused {
  says: RegExp;
  code: RuleCode;
  message: string;
  path: Path;
}

const refusals: readonly Refused[] = [
  {
    says: /"Identifier_scheme_value_key"/,
    code: 'TAKEN',
    message: 'A record has this identifier already, perhaps one that you may not see.',
    path: ['identifiers'],
  },
  {
    says: /"Document_url_key"/,
    code: 'TAKEN',
    message: 'A document has this URL already, perhaps one that you may not see.',
    path: ['url'],
  },
  {
    says: /"(Participation|EventLink|StatementLink|StatementTopic|DocumentAuthor|Appearance|Review)_\w+_key"/,
    code: 'ALREADY_LINKED',
    message: 'These are linked in this way already, perhaps by a link that you may not see.',
    path: [],
  },
  {
    says: /"Event_mode_of_type"/,
    code: 'MODE_NOT_OF_TYPE',
    message: 'This mode doesn’t go with the event’s type; the description of each mode says with which it goes.',
    path: ['mode'],
  },
  { says: /its own ancestor/, code: 'CIRCULAR', message: 'It would lie below itself.', path: ['parent'] },
  {
    says: /document would be taken from itself|"Document_not_from_itself"/,
    code: 'CIRCULAR',
    message: 'The document would be taken from itself.',
    path: ['derivedFrom'],
  },
  {
    says: /appearance would be taken from itself|"Appearance_not_from_itself"/,
    code: 'CIRCULAR',
    message: 'The appearance would be relayed from itself.',
    path: ['relayedFrom'],
  },
  { says: /_not_to_itself"/, code: 'CIRCULAR', message: 'It would be linked to itself.', path: ['to'] },
  { says: /"Membership_not_of_itself"/, code: 'CIRCULAR', message: 'An organization is not a member of itself.', path: ['organization'] },
  {
    says: /from another appearance of the same statement|Appearances of another statement/,
    code: 'INVALID_VALUE',
    message: 'An appearance is relayed from another appearance of the same statement.',
    path: ['relayedFrom'],
  },
  {
    says: /capacity is not a membership of the speaker|made in this capacity by another speaker/,
    code: 'CAPACITY_NOT_HELD',
    message: 'The capacity is a membership of somebody else than the speaker.',
    path: ['capacity'],
  },
  {
    says: /^update or delete on table/,
    code: 'IN_USE',
    message: 'Other records depend on it, perhaps some that you may not see. Change or remove them first, or retract it.',
    path: ['id'],
  },
  { says: /violates foreign key constraint/, code: 'NOT_FOUND', message: 'A record that it refers to was removed meanwhile.', path: [] },
];

/** What the database said when it refused a statement; undefined when it didn't. */
export function refusalOf(error: unknown): { code: string; message: string } | undefined {
  const { cause } = (error as { meta?: { driverAdapterError?: { cause?: unknown } } } | null)?.meta?.driverAdapterError ?? {};
  const { originalCode, originalMessage } = (cause ?? {}) as { originalCode?: string; originalMessage?: string };
  return originalMessage === undefined ? undefined : { code: originalCode ?? '', message: originalMessage };
}

/** The rule that a refused statement breaks; undefined when the error is of another kind. */
export function brokenBy(error: unknown): BrokenRule | undefined {
  const refused = refusalOf(error);
  const found = refused && refusals.find(({ says }) => says.test(refused.message));
  return found && new BrokenRule(found.code, found.message, found.path);
}

/** Whether two transactions stood in each other's way, so that the same may work at another try. */
export function isConflict(error: unknown): boolean {
  return (error as { code?: string } | null)?.code === 'P2034' || /^40(001|P01)$/.test(refusalOf(error)?.code ?? '');
}

/** Whether no transaction could be begun in time: Prisma says so, or the pool of connections. */
export function isBusy(error: unknown): boolean {
  return (error as { code?: string } | null)?.code === 'P2028' || isExhausted(error);
}

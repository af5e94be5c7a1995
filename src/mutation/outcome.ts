import type { BrokenRule, RecordKey } from '../record/rule.ts';

/** What a mutation did, from which its payload is answered. */
export interface Outcome {
  /** The record that was changed, or made. */
  record: RecordKey | null;
  /** The id of the proposal that was made instead. */
  proposal?: string;
  errors?: readonly BrokenRule[];
  /** What fields of the mutation's own answer from. */
  more?: unknown;
}

/** What is wrong with a change of the record. docs/errors.md tells what to do about each. */
export type RuleCode =
  | 'REQUIRED'
  | 'INVALID_DATE'
  | 'INVALID_LANGUAGE'
  | 'INVALID_VALUE'
  | 'END_BEFORE_START'
  | 'UNATTRIBUTED'
  | 'CAPACITY_NOT_HELD'
  | 'CAPACITY_NOT_THEN'
  | 'MODE_NOT_OF_TYPE'
  | 'SPAN_NOT_FOUND'
  | 'SPAN_AMBIGUOUS'
  | 'SPAN_NOT_CHECKABLE'
  | 'CIRCULAR'
  | 'TAKEN'
  | 'ALREADY_LINKED'
  | 'IN_USE'
  | 'NOT_FOUND'
  | 'NOT_PUBLISHED'
  | 'WRONG_STATUS'
  | 'STALE'
  | 'KEY_REUSED'
  | 'NOT_MERGEABLE'
  | 'LAST_ADMIN'
  | 'BUSY';

export type Path = readonly (string | number)[];

/** A record, by its model and its UUID. */
export interface RecordKey {
  model: string;
  id: string;
}

/**
 * A rule of the record that an input breaks. The message is for the person who wrote the input; the path
 * leads to the value, such as `['appearances', 0, 'content']`.
 */
export class BrokenRule extends Error {
  override name = 'BrokenRule';
  readonly code: RuleCode;
  readonly path: Path;
  /** The records that stand in the way. */
  readonly records: readonly RecordKey[];

  constructor(code: RuleCode, message: string, path: Path, records: readonly RecordKey[] = []) {
    super(message);
    this.code = code;
    this.path = path;
    this.records = records;
  }
}

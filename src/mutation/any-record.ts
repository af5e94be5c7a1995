import { decodeGlobalId } from '../builder.ts';
import { recordModels } from '../graph/model.ts';
import { BrokenRule, type Path, type RecordKey } from '../record/rule.ts';
import type { InputField } from './input.ts';

/** The field of an input that names a record of any kind. */
export const anyRecordId: InputField = { type: 'ID', required: true, description: 'The id of the record, of whatever kind.' };

/**
 * The record that an id names.
 * @param also models beside those of records.
 * @throws {BrokenRule} NOT_FOUND when it is the id of something else.
 */
export function anyRecord(id: unknown, path: Path, also: readonly string[] = []): RecordKey {
  let decoded: { typename: string; id: string };
  try {
    decoded = decodeGlobalId(String(id));
  } catch (error) {
    throw new BrokenRule('NOT_FOUND', (error as Error).message, path);
  }
  const model = decoded.typename;
  if (![...recordModels, ...also].includes(model))
    throw new BrokenRule('NOT_FOUND', `A ${model} is no record that this can be done to.`, path);
  return { model, id: decoded.id };
}

import type { GeoPrecision, PlaceKind } from '../generated/prisma/enums.ts';
import { type IdentifierInput, identifiers, type NameInput, names, type RecordInput, type Transaction, worded } from '../record/values.ts';

export interface PlaceInput extends RecordInput {
  name: string;
  kind?: PlaceKind;
  /** UUID of a place. */
  parentId?: string;
  /** Degrees, WGS 84. */
  latitude?: number;
  /** Degrees, WGS 84. */
  longitude?: number;
  precision?: GeoPrecision;
  names?: readonly NameInput[];
  identifiers?: readonly IdentifierInput[];
}

/**
 * Adds a place.
 * @throws {BrokenRule}
 */
export async function createPlace(tx: Transaction, input: PlaceInput): Promise<string> {
  const { id } = await tx.place.create({
    select: { id: true },
    data: { ...input, name: worded(input.name, 'name'), names: names(input.names), identifiers: identifiers(input.identifiers) },
  });
  return id;
}

import type { GeoPrecision, PlaceKind } from '../generated/prisma/enums.ts';
import { type IdentifierInput, identifiers, type NameInput, names } from '../names/write.ts';
import { keepPublished } from '../record/publish.ts';
import { BrokenRule } from '../record/rule.ts';
import { type Changes, changed, type Optional, type RecordInput, type Transaction, worded } from '../record/values.ts';

interface PlaceFields {
  name: string;
  kind?: Optional<PlaceKind>;
  /** UUID of a place. */
  parentId?: Optional<string>;
  /** Degrees, WGS 84. */
  latitude?: Optional<number>;
  /** Degrees, WGS 84. */
  longitude?: Optional<number>;
  precision?: Optional<GeoPrecision>;
}

export interface PlaceInput extends RecordInput, PlaceFields {
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
    data: { ...input, ...placeColumns(input), names: names(input.names), identifiers: identifiers(input.identifiers) },
  });
  return id;
}

/**
 * @throws {BrokenRule}
 */
export async function updatePlace(tx: Transaction, id: string, changes: Changes<PlaceFields>): Promise<void> {
  const current = await tx.place.findUniqueOrThrow({ where: { id }, select: fields });
  await tx.place.update({ select: { id: true }, where: { id }, data: placeColumns(changed<PlaceFields>(current, changes)) });
  await keepPublished(tx, 'Place', id);
}

const fields = { name: true, kind: true, parentId: true, latitude: true, longitude: true, precision: true } as const;

export function placeColumns({ latitude = null, longitude = null, precision = null, ...input }: PlaceFields) {
  if (latitude !== null && Math.abs(latitude) > 90) {
    throw new BrokenRule('INVALID_VALUE', 'A latitude lies between -90 and 90 degrees.', ['latitude']);
  }
  if (longitude !== null && Math.abs(longitude) > 180) {
    throw new BrokenRule('INVALID_VALUE', 'A longitude lies between -180 and 180 degrees.', ['longitude']);
  }
  if ((latitude === null) !== (longitude === null)) {
    throw new BrokenRule('REQUIRED', 'Give both coordinates, or none.', [latitude === null ? 'latitude' : 'longitude']);
  }
  if (precision !== null && latitude === null) {
    throw new BrokenRule('REQUIRED', 'A precision is that of coordinates: give them too.', ['precision']);
  }
  return {
    name: worded(input.name, 'name'),
    kind: input.kind ?? null,
    parentId: input.parentId ?? null,
    latitude,
    longitude,
    precision,
  };
}

import type { Transaction } from '../../record/values.ts';

/** How much of documents' text is held at once, in characters. */
const atOnce = 32 * 1024 * 1024;

/**
 * The texts of documents, some at a time: each with the documents that it is the text of, and null for those
 * whose text the record doesn't keep. They stay so until the transaction ends, so that spans stand in them.
 */
export async function* textsOf(tx: Transaction, ids: readonly string[]): AsyncGenerator<Map<string, string | null>> {
  const sizes = await tx.$queryRawUnsafe<{ id: string; size: number }[]>(
    `SELECT id::text, coalesce(octet_length("text"), 0) AS size FROM "Document" WHERE id = ANY ($1::uuid[]) ORDER BY id FOR SHARE`,
    ids,
  );
  let some: string[] = [];
  let held = 0;
  for (const { id, size } of sizes) {
    if (some.length > 0 && held + size > atOnce) {
      yield await read(tx, some);
      [some, held] = [[], 0];
    }
    some.push(id);
    held += size;
  }
  if (some.length > 0) yield await read(tx, some);
}

async function read(tx: Transaction, ids: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await tx.$queryRawUnsafe<{ id: string; text: string | null }[]>(
    'SELECT id::text, "text" FROM "Document" WHERE id = ANY ($1::uuid[]) ORDER BY id',
    ids,
  );
  return new Map(rows.map(({ id, text }) => [id, text]));
}

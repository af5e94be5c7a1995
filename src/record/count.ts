import type { Database } from '../database/database.ts';

const tables = {
  events: 'Event',
  statements: 'Statement',
  people: 'Person',
  organizations: 'Organization',
  places: 'Place',
  documents: 'Document',
};

/** How many records there are of each noun. */
export async function countRecords({ query }: Pick<Database, 'query'>): Promise<{ noun: string; count: number }[]> {
  const counts = Object.entries(tables).map(([noun, table]) => `(SELECT count(*) FROM "${table}") AS ${noun}`);
  const [row] = await query(`SELECT ${counts.join(', ')}`);
  return Object.keys(tables).map((noun) => ({ noun, count: Number(row?.[noun]) }));
}

/** Whether the record holds nothing yet, in any status. */
export async function isEmpty({ query }: Pick<Database, 'query'>): Promise<boolean> {
  // One after the other: nearly always the first has some, and the start waits for it.
  for (const table of Object.values(tables)) {
    const [row] = await query(`SELECT EXISTS (SELECT FROM "${table}") AS some`);
    if (row?.some) return false;
  }
  return true;
}

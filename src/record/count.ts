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
  const some = Object.values(tables).map((table) => `EXISTS (SELECT FROM "${table}")`);
  const [row] = await query(`SELECT ${some.join(' OR ')} AS some`);
  return !row?.some;
}

import type { PrismaClient } from '../generated/prisma/client.ts';

/** How many records there are of each noun. */
export async function countRecords(prisma: PrismaClient): Promise<{ noun: string; count: number }[]> {
  return [
    { noun: 'events', count: await prisma.event.count() },
    { noun: 'statements', count: await prisma.statement.count() },
    { noun: 'people', count: await prisma.person.count() },
    { noun: 'organizations', count: await prisma.organization.count() },
    { noun: 'places', count: await prisma.place.count() },
    { noun: 'documents', count: await prisma.document.count() },
  ];
}

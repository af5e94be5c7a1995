import type { Transaction } from '../record/values.ts';

/** What a statement is about, by its UUID. */
export type TopicInput = { event: string } | { person: string } | { organization: string } | { place: string };

export function topicColumns(input: TopicInput) {
  return {
    eventId: 'event' in input ? input.event : null,
    personId: 'person' in input ? input.person : null,
    organizationId: 'organization' in input ? input.organization : null,
    placeId: 'place' in input ? input.place : null,
  };
}

/** Makes these all that a statement is about; what it was about before keeps its row. */
export async function updateTopics(tx: Transaction, statementId: string, about: readonly TopicInput[]): Promise<void> {
  const select = { id: true, eventId: true, personId: true, organizationId: true, placeId: true } as const;
  const current = await tx.statementTopic.findMany({ where: { statementId }, select });
  const wanted = new Map(about.map((topic) => [Object.values(topic)[0] as string, topicColumns(topic)]));
  const subject = (row: (typeof current)[number]) => row.eventId ?? row.personId ?? row.organizationId ?? row.placeId ?? '';
  const dropped = current.filter((row) => !wanted.has(subject(row)));
  for (const row of current) wanted.delete(subject(row));
  if (dropped.length > 0) await tx.statementTopic.deleteMany({ where: { id: { in: dropped.map(({ id }) => id) } } });
  for (const topic of wanted.values()) await tx.statementTopic.create({ select: { id: true }, data: { statementId, ...topic } });
}

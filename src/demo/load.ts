import { createDocument } from '../documents/write.ts';
import { createAppearance } from '../documents/write-appearance.ts';
import { createCitation } from '../documents/write-citation.ts';
import { createEvent } from '../events/write.ts';
import { createEventLink, createParticipation } from '../events/write-links.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { createOrganization } from '../organizations/write.ts';
import { createMembership } from '../organizations/write-membership.ts';
import { createPerson } from '../people/write.ts';
import { createPlace } from '../places/write.ts';
import type { RecordInput, Transaction } from '../record/values.ts';
import { createStatement } from '../statements/write.ts';
import { createStatementLink } from '../statements/write-link.ts';
import { appearances } from './appearances.ts';
import { citations } from './citations.ts';
import { documents } from './documents.ts';
import { events } from './events.ts';
import { demoId, type Kind } from './ids.ts';
import { memberships } from './memberships.ts';
import { organizations } from './organizations.ts';
import { eventLinks, participations } from './participations.ts';
import { people } from './people.ts';
import { places } from './places.ts';
import { statementLinks, statements } from './statements.ts';

/** Adds the demo record: what a French news report of December 2021 says, all of it published. */
export async function loadDemo(prisma: PrismaClient): Promise<void> {
  await prisma.$transaction(
    async (tx) => {
      await publish(tx, 'place', places, createPlace);
      await publish(tx, 'person', people, createPerson);
      await publish(tx, 'organization', organizations, createOrganization);
      await publish(tx, 'membership', memberships, createMembership);
      await publish(tx, 'event', events, createEvent);
      await publish(tx, 'participation', participations, createParticipation);
      await publish(tx, 'eventLink', eventLinks, createEventLink);
      await publish(tx, 'document', documents, createDocument);
      await publish(tx, 'statement', statements, createStatement);
      await publish(tx, 'appearance', appearances, createAppearance);
      await publish(tx, 'statementLink', statementLinks, createStatementLink);
      await publish(tx, 'citation', citations, createCitation);
    },
    { timeout: 120_000 },
  );
}

/** One after the other, since records may point at those before them. */
async function publish<Input extends RecordInput>(
  tx: Transaction,
  kind: Kind,
  table: Readonly<Record<string, Input>>,
  create: (tx: Transaction, input: Input) => Promise<string>,
): Promise<void> {
  for (const [slug, input] of Object.entries(table)) {
    await create(tx, { ...input, id: demoId(kind, slug), status: 'PUBLISHED' });
  }
}

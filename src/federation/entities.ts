import { builder } from '../builder.ts';
import { refOf } from '../graph/noun.ts';

// The records that other subgraphs can extend, and by which keys they name them.

export type Key = 'id' | 'wikidataId' | 'url';

/** The keys of each entity. Of several that are given, the first decides. */
export const entities: Readonly<Record<string, readonly Key[]>> = {
  Person: ['id', 'wikidataId'],
  Organization: ['id', 'wikidataId'],
  Place: ['id', 'wikidataId'],
  Event: ['id', 'wikidataId'],
  Statement: ['id'],
  Document: ['id', 'wikidataId', 'url'],
  Review: ['id'],
};

for (const [model, keys] of Object.entries(entities)) {
  builder.asEntity(refOf(model), {
    key: keys.map((key) => builder.selection<Record<Key, string>>(key as never)),
    resolveReference: () => {
      throw new Error('`_entities` finds all representations at once, in resolve.ts.');
    },
  });
}

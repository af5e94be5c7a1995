import SchemaBuilder from '@pothos/core';
import DirectivesPlugin from '@pothos/plugin-directives';
import FederationPlugin from '@pothos/plugin-federation';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import type { Context } from './context.ts';
import type { Edtf } from './edtf.ts';
import { userError } from './errors.ts';
import type PrismaTypes from './generated/pothos-types.ts';
import { getDatamodel } from './generated/pothos-types.ts';

export interface SchemaTypes {
  PrismaTypes: PrismaTypes;
  Context: Context;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  Scalars: {
    ID: { Input: string; Output: string | number | bigint };
    DateTime: { Input: Date; Output: Date };
    EDTF: { Input: Edtf; Output: string };
    Language: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
  };
}

/** Apart from the builder, so that another schema can be built in the same way. */
export const builderOptions: ConstructorParameters<typeof SchemaBuilder<SchemaTypes>>[0] = {
  plugins: [RelayPlugin, PrismaPlugin, DirectivesPlugin, FederationPlugin],
  defaultFieldNullability: false,
  prisma: {
    // A resolver's queries run on the client of its request, which may be a transaction's.
    client: (context) => context.prisma,
    dmmf: getDatamodel(),
    exposeDescriptions: { models: true, fields: true },
    filterConnectionTotalCount: true,
    onUnusedQuery: 'error',
  },
  relay: {
    clientMutationId: 'omit',
    cursorType: 'String',
    nodeTypeOptions: { description: 'A record with an id that no other record has, after Relay.' },
    // Defined in graph/node.ts, where one statement loads all records of a kind.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    idFieldOptions: { description: 'The id of this record: opaque, unique in the schema, and the same for ever.' },
    decodeGlobalID: (id) => decodeGlobalId(id),
    pageInfoTypeOptions: { description: 'Where a page stands in its list, after Relay.', shareable: true },
    hasNextPageFieldOptions: { description: 'Whether there is more after this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether there is more before this page.' },
    startCursorFieldOptions: { description: 'The cursor of the first entry; pass it as `before` for the page before.' },
    endCursorFieldOptions: { description: 'The cursor of the last entry; pass it as `after` for the page after.' },
    edgesFieldOptions: { description: 'The entries of this page, each with its cursor.' },
    nodeFieldOptions: { nullable: false, description: 'The record.' },
    cursorFieldOptions: { description: 'Where this entry stands in the list: opaque, for `after` and `before`.' },
    pageInfoFieldOptions: { description: 'Where this page stands in the list.' },
    nodesOnConnection: { description: 'The records of this page, without their cursors.' },
    firstArgOptions: {
      description: 'How many, from the start of the list or after `after`: 0 to 100, 20 if neither `first` nor `last` is given.',
    },
    lastArgOptions: { description: 'How many, from the end of the list or before `before`: 0 to 100.' },
    afterArgOptions: { description: 'Only what stands after this cursor.' },
    beforeArgOptions: { description: 'Only what stands before this cursor.' },
  },
};

export const builder = new SchemaBuilder<SchemaTypes>(builderOptions);

builder.queryType({ description: 'What can be asked of the record. Readers see what is published.' });

builder.mutationType({ description: 'What can be changed, each by those whose role allows it. A mistake in an input stands in `errors`.' });

builder.subscriptionType({
  description: 'What is told of the record as it changes: server-sent events, each with a cursor to go on from.',
});

/**
 * Takes an id apart.
 * @throws {GraphQLError} INVALID_ID when it isn't one that this server gave.
 */
export function decodeGlobalId(id: string): { typename: string; id: string } {
  const [, typename, uuid] = /^(\w+):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(Buffer.from(id, 'base64url').toString()) ?? [];
  if (!typename || !uuid) {
    throw userError(
      'INVALID_ID',
      `"${id.slice(0, 80)}" is not an id of this server. Take ids from its answers; don't make or change them.`,
    );
  }
  return { typename, id: uuid };
}

import {
  commitMutation,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  type GraphQLTaggedNode,
  getFragment,
  getRequest,
  getSingularSelector,
  graphql,
  type MutationParameters,
  Network,
  type OperationType,
  RecordSource,
  Store,
} from 'relay-runtime';
import type { Records_actor$data } from './__generated__/Records_actor.graphql.js';
import type { RecordsLineQuery } from './__generated__/RecordsLineQuery.graphql.js';
import type { RecordsMakeMutation } from './__generated__/RecordsMakeMutation.graphql.js';
import type { RecordsNodeQuery } from './__generated__/RecordsNodeQuery.graphql.js';
import type { RecordsPeopleQuery } from './__generated__/RecordsPeopleQuery.graphql.js';
import type { RecordsRetractMutation } from './__generated__/RecordsRetractMutation.graphql.js';
import statementsAgain, { type RecordsStatementsQuery } from './__generated__/RecordsStatementsQuery.graphql.js';

// Operations that use what Relay's compiler asks of a schema, run against the server by Relay's runtime, and what
// its store then holds. Each answer is kept as it came over the wire, to be compared with the store.

const endpoint = 'http://localhost:4000/graphql';
const headers = { authorization: 'Bearer vbt_…' };

let answered: Record<string, unknown> = {};
const network = Network.create(async ({ id, text }, variables) => {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ query: text, documentId: id, variables }),
  });
  const answer = await response.json();
  answered = answer.data ?? {};
  return answer;
});
const environment = new Environment({ network, store: new Store(new RecordSource()) });

const check = (what: string, isSo: boolean) => console.log(`${isSo ? 'passed' : 'FAILED'}  ${what}`);

async function ask<T extends OperationType>(query: GraphQLTaggedNode, variables: T['variables']): Promise<T['response']> {
  environment.retain(createOperationDescriptor(getRequest(query), variables));
  return await fetchQuery<T>(environment, query, variables).toPromise();
}

function mutate<T extends MutationParameters>(mutation: GraphQLTaggedNode, variables: T['variables']): Promise<T['response']> {
  return new Promise((resolve, reject) => {
    commitMutation<T>(environment, { mutation, variables, onCompleted: resolve, onError: reject });
  });
}

/** A record of the store, as plain fields. */
const stored = (id: string) => environment.getStore().getSource().get(id);

const people = await ask<RecordsPeopleQuery>(
  graphql`
    query RecordsPeopleQuery {
      people(first: 1, where: { statements: { some: {} } }) @connection(key: "Records_people") {
        __id
        edges {
          cursor
          node {
            id
            name
            revision
          }
        }
      }
    }
  `,
  {},
);
const person = people.people.edges[0]?.node;
if (!person) throw new Error('The demo record has nobody who spoke.');
check('@connection: the store has the first edge', stored(person.id)?.name === person.name);

// Fragments on interfaces, on the one that Relay knows and on others.
graphql`
  fragment Records_node on Node {
    __typename
    id
  }
`;
graphql`
  fragment Records_record on Record {
    status
    revision
    createdAt
  }
`;
const actorFragment = graphql`
  fragment Records_actor on Actor
  @argumentDefinitions(first: { type: "Int", defaultValue: 1 }, after: { type: "String" })
  @refetchable(queryName: "RecordsStatementsQuery") {
    id
    name
    statements(first: $first, after: $after) @connection(key: "Records_statements") {
      edges {
        node {
          id
          text
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;
const nodeQuery = graphql`
  query RecordsNodeQuery($id: ID!) {
    node(id: $id) {
      ...Records_node
      ...Records_record @alias(as: "record")
      ...Records_actor @alias(as: "actor")
    }
  }
`;
await ask<RecordsNodeQuery>(nodeQuery, { id: person.id });
const wire = answered.node as Record<string, unknown>;
const record = stored(person.id);
check(
  'fragments on Node, Record and Actor: the store has what was answered',
  ['__typename', 'id', 'name', 'status', 'revision', 'createdAt'].every(
    (field) => wire[field] !== undefined && record?.[field] === wire[field],
  ),
);

const ofActor = () => {
  const { data } = environment.lookup(createOperationDescriptor(getRequest(nodeQuery), { id: person.id }).fragment);
  const selector = getSingularSelector(getFragment(actorFragment), (data as RecordsNodeQuery['response']).node?.actor);
  return (environment.lookup(selector).data as Records_actor$data).statements;
};
const texts: unknown[] = ofActor().edges.map(({ node }) => node.text);
while (ofActor().pageInfo.hasNextPage) {
  const variables = { id: person.id, first: 1, after: ofActor().pageInfo.endCursor };
  await fetchQuery<RecordsStatementsQuery>(environment, statementsAgain, variables).toPromise();
  const { statements } = answered.node as { statements: { edges: { node: { text: string } }[] } };
  texts.push(...statements.edges.map(({ node }) => node.text));
}
check(
  `@refetchable on an interface: ${texts.length} pages are one list in the store`,
  texts.length > 1 && JSON.stringify(ofActor().edges.map(({ node }) => node.text)) === JSON.stringify(texts),
);

const made = await mutate<RecordsMakeMutation>(
  graphql`
    mutation RecordsMakeMutation($input: CreatePersonInput!, $connections: [ID!]!) {
      createPerson(input: $input) {
        record @prependNode(connections: $connections, edgeTypeName: "PersonEdge") {
          id
          name
          revision
        }
        errors {
          code
        }
      }
    }
  `,
  { input: { name: 'Ana Lima', publish: true }, connections: [people.people.__id] },
);
const id = made.createPerson.record?.id ?? '';
const edges = () => (stored(people.people.__id)?.edges as { __refs: string[] } | undefined)?.__refs.length;
check('@prependNode: the new record is an edge of the list', stored(id)?.name === 'Ana Lima' && edges() === 2);

const gone = await mutate<RecordsRetractMutation>(
  graphql`
    mutation RecordsRetractMutation($input: RetractInput!) {
      retract(input: $input) {
        record {
          id @deleteRecord
        }
        errors {
          code
        }
      }
    }
  `,
  { input: { id, reason: 'Made to be retracted.' } },
);
check('@deleteRecord: the retracted record is gone', gone.retract.errors.length === 0 && stored(id) === null);

const line = await ask<RecordsLineQuery>(
  graphql`
    query RecordsLineQuery($id: ID!) {
      timeline(of: $id, first: 3) {
        edges {
          node {
            date
            record {
              __typename
              id
              ... on Statement {
                text
              }
            }
          }
        }
      }
    }
  `,
  { id: person.id },
);
check(
  'a list of entries without ids: the store has their records',
  line.timeline?.edges.every(({ node }) => stored(node.record.id) !== undefined) === true,
);

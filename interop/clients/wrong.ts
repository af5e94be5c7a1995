// What verbatim-client doesn't let pass. Each line below such a comment must be a mistake of type, or the check fails.
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { Client, fetchExchange } from '@urql/core';
import { GraphQLClient } from 'graphql-request';
import { AddNameDocument, type EDTF, type ResultOf, StatementPageDocument, type VariablesOf } from 'verbatim-client';
import { connections } from 'verbatim-client/cache';
import { Medium, type Statement } from 'verbatim-client/schema';

const url = 'http://localhost:4000/graphql';
const apollo = new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: url }) });
const urql = new Client({ url, exchanges: [fetchExchange], preferGetMethod: false });
const request = new GraphQLClient(url);

/** Never run: it is here for its types. */
export async function wrong() {
  const a = await apollo.query({ query: StatementPageDocument, variables: { first: 5 } });
  // @ts-expect-error The field doesn't exist.
  a.data?.statements.edges[0]?.node.wording;
  // @ts-expect-error The argument is a number.
  await apollo.query({ query: StatementPageDocument, variables: { first: 'five' } });

  const u = await urql.query(StatementPageDocument, { first: 5 });
  // @ts-expect-error The field doesn't exist.
  u.data?.statements.edges[0]?.node.wording;
  // @ts-expect-error The filter has no such field.
  await urql.query(StatementPageDocument, { where: { wording: { eq: '' } } });

  const r = await request.request(StatementPageDocument, { first: 5 });
  // @ts-expect-error The field doesn't exist.
  r.statements.edges[0]?.node.wording;
  // @ts-expect-error The speaker may be absent.
  r.statements.edges[0]?.node.speaker.name;
  // @ts-expect-error The kind is no value of the enum.
  await request.request(AddNameDocument, { input: { record: '', name: '', kind: 'NICKNAME' } });

  // @ts-expect-error A field of the schema that the document doesn't ask for.
  r.statements.edges[0]?.node.speechAct;
  // @ts-expect-error The field doesn't exist in the schema.
  connections.Query.utterances;
}

// And what it does let pass, in the same words.
export type Node = ResultOf<typeof StatementPageDocument>['statements']['edges'][number]['node'];
export type Input = VariablesOf<typeof AddNameDocument>['input'];
export const date = (node: Node): EDTF | null => node.date;
export const input: Input = { record: '', name: '', kind: 'ALIAS' };
export const isPosted = ({ medium }: Pick<Statement, 'medium'>) => medium === Medium.SOCIAL_MEDIA;

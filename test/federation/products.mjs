import { createServer } from 'node:http';
import SchemaBuilder from '@pothos/core';
import { DirectiveLocation, GraphQLDirective } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { builderOptions } from '../../dist/builder.js';

// The subgraph that the public suite of compatibility tests asks for, built as Verbatim's own schema is, but of
// what is kept here in memory. interop/federation starts it.

const users = [{ email: 'support@apollographql.com', name: 'Jane Smith', totalProductsCreated: 1337, yearsOfEmployment: 10 }];

const dimensions = { size: 'small', weight: 1, unit: 'kg' };

const study = (caseNumber, description) => ({ study: { caseNumber, description }, outcome: null });

const products = [
  {
    id: 'apollo-federation',
    sku: 'federation',
    package: '@apollo/federation',
    variation: { id: 'OSS' },
    research: [study('1234', 'Federation Study')],
  },
  { id: 'apollo-studio', sku: 'studio', package: '', variation: { id: 'platform' }, research: [study('1235', 'Studio Study')] },
];

const deprecated = { sku: 'apollo-federation-v1', package: '@apollo/federation-v1', reason: 'Migrate to Federation V2' };

const builder = new SchemaBuilder(builderOptions);
const nullable = true;

const User = builder
  .externalRef('User', builder.selection('email'), ({ email, ...given }) => {
    const user = users.find((each) => each.email === email);
    return user && { ...user, ...given };
  })
  .implement({
    externalFields: (t) => ({
      email: t.id(),
      totalProductsCreated: t.int({ nullable }),
      yearsOfEmployment: t.int(),
    }),
    fields: (t) => ({
      averageProductsCreatedPerYear: t.int({
        nullable,
        requires: builder.selection('totalProductsCreated yearsOfEmployment'),
        resolve: ({ totalProductsCreated, yearsOfEmployment }) => Math.round(totalProductsCreated / yearsOfEmployment),
      }),
      name: t.exposeString('name', { nullable, override: { from: 'users' } }),
    }),
  });

const createdBy = (t, type) => t.field({ type, nullable, resolve: () => users[0] });

const Variation = builder.objectRef('ProductVariation').implement({ fields: (t) => ({ id: t.exposeID('id') }) });

const Dimension = builder.objectRef('ProductDimension').implement({
  shareable: true,
  fields: (t) => ({
    size: t.exposeString('size', { nullable }),
    weight: t.exposeFloat('weight', { nullable }),
    unit: t.exposeString('unit', { nullable, inaccessible: true }),
  }),
});

const Study = builder.objectRef('CaseStudy').implement({
  fields: (t) => ({ caseNumber: t.exposeID('caseNumber'), description: t.exposeString('description', { nullable }) }),
});

const Research = builder.objectRef('ProductResearch').implement({
  fields: (t) => ({
    study: t.field({ type: Study, resolve: ({ study: its }) => its }),
    outcome: t.exposeString('outcome', { nullable }),
  }),
});

builder.asEntity(Research, {
  key: builder.selection('study { caseNumber }'),
  resolveReference: ({ study: { caseNumber } }) =>
    products.flatMap(({ research }) => research).find((each) => each.study.caseNumber === caseNumber),
});

const Product = builder.objectRef('Product').implement({
  directives: [{ name: 'custom', args: {} }],
  fields: (t) => ({
    id: t.exposeID('id'),
    sku: t.exposeString('sku', { nullable }),
    package: t.exposeString('package', { nullable }),
    variation: t.field({ type: Variation, nullable, resolve: ({ variation }) => variation }),
    dimensions: t.field({ type: Dimension, nullable, resolve: () => dimensions }),
    createdBy: createdBy(t, User.provides('totalProductsCreated')),
    notes: t.string({ nullable, tag: 'internal', resolve: () => null }),
    research: t.field({ type: [Research], resolve: ({ research }) => research }),
  }),
});

builder.asEntity(Product, {
  key: ['id', 'sku package', 'sku variation { id }'].map((fields) => builder.selection(fields)),
  resolveReference: ({ id, sku, package: name, variation }) =>
    products.find((each) => (id ? each.id === id : each.sku === sku && (name === each.package || variation?.id === each.variation.id))),
});

const Deprecated = builder.objectRef('DeprecatedProduct').implement({
  fields: (t) => ({
    sku: t.exposeString('sku'),
    package: t.exposeString('package'),
    reason: t.exposeString('reason', { nullable }),
    createdBy: createdBy(t, User),
  }),
});

const findDeprecated = ({ sku, package: name }) => (sku === deprecated.sku && name === deprecated.package ? deprecated : null);

builder.asEntity(Deprecated, { key: builder.selection('sku package'), resolveReference: findDeprecated });

const Inventory = builder.objectRef('Inventory').implement({
  fields: (t) => ({ id: t.exposeID('id'), deprecatedProducts: t.field({ type: [Deprecated], resolve: () => [deprecated] }) }),
});

builder.asEntity(Inventory, { interfaceObject: true, key: builder.selection('id'), resolveReference: ({ id }) => ({ id }) });

builder.queryType({
  fields: (t) => ({
    product: t.field({
      type: Product,
      nullable,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_root, { id }) => products.find((each) => each.id === id),
    }),
    deprecatedProduct: t.field({
      type: Deprecated,
      nullable,
      deprecationReason: 'Use product query instead',
      args: { sku: t.arg.string({ required: true }), package: t.arg.string({ required: true }) },
      resolve: (_root, args) => findDeprecated(args),
    }),
  }),
});

const schema = builder.toSubGraphSchema({
  // The newest that the suite knows.
  linkUrl: 'https://specs.apollo.dev/federation/v2.3',
  composeDirectives: ['@custom'],
  directives: [new GraphQLDirective({ name: 'custom', locations: [DirectiveLocation.OBJECT] })],
  extensions: { directives: [{ name: 'link', args: { url: 'https://myspecs.dev/myCustomDirective/v1.0', import: ['@custom'] } }] },
});

const server = createServer(createYoga({ schema, graphqlEndpoint: '/', logging: false }));
server.listen(0, '127.0.0.1', () => console.log(`listening at http://127.0.0.1:${server.address().port}/`));

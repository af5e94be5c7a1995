import './scalars.ts';
import './auth/account.ts';
import './auth/token.ts';
import './auth/token-mutations.ts';
import './graph/node.ts';
import './people/person.ts';
import './organizations/membership.ts';
import './organizations/organization.ts';
import './places/place.ts';
import './events/event.ts';
import './events/event-link.ts';
import './events/participation.ts';
import './documents/appearance.ts';
import './documents/citation.ts';
import './documents/document.ts';
import './statements/statement.ts';
import './statements/statement-link.ts';
import './statements/review.ts';
import './names/edit.ts';
import './people/edit.ts';
import './organizations/edit.ts';
import './places/edit.ts';
import './events/edit.ts';
import './documents/edit.ts';
import './statements/edit.ts';
import './history/edit.ts';
import './review/item.ts';
import './review/edit.ts';
import './search/search.ts';
import './timeline/timeline.ts';
import './exchange/import-type.ts';
import './exchange/edit.ts';
import './merge/candidates.ts';
import './merge/merge.ts';
import './merge/not-same.ts';
import './subscriptions/record-changed.ts';
import './subscriptions/statement-published.ts';
import './federation/entities.ts';
import { builder } from './builder.ts';
import type { FederationNode } from './config.ts';
import { link, sdlOf, subgraphOf } from './federation/subgraph.ts';
import { followPast } from './graph/past.ts';

/** The whole schema, for clients. Each slice adds its types to the builder when it is imported; no slice imports this. */
export const schema = followPast(builder.toSchema({ extensions: { directives: [link] }, sortSchema: false }));

/** The schema as it is served, to clients and gateways. */
export const servedSchema = (node: FederationNode) => subgraphOf(schema, node);

/** What a gateway composes the graph from. */
export const subgraphSdl = (node: FederationNode) => sdlOf(schema, node);

import './scalars.ts';
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
import './search/search.ts';
import './timeline/timeline.ts';
import { builder } from './builder.ts';

/** The whole schema. Each slice adds its types to the builder when it is imported; no slice imports this. */
export const schema = builder.toSchema();

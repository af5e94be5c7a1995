import { visible } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { PlaceKind as kinds, GeoPrecision as precisions } from '../generated/prisma/enums.ts';
import { enumFilter, text, within } from '../graph/columns.ts';
import { listField, oneField } from '../graph/fields.ts';
import { type FilterField, has, one } from '../graph/filter.ts';
import { defineNoun, nounOf } from '../graph/noun.ts';
import { recordOrders } from '../graph/order.ts';
import { defineQueries } from '../graph/queries.ts';
import { RecordInterface, recordFilters, recordType } from '../graph/record.ts';
import { Subject, subjectFields } from '../graph/subject.ts';
import { revisionsField } from '../history/revision.ts';
import { identifierFields, identifiers } from '../names/identifier.ts';
import { names, namesField } from '../names/name.ts';

export const PlaceKind = builder.enumType('PlaceKind', {
  description: 'What kind of place this is, after the subtypes of schema.org Place.',
  values: {
    [kinds.REGION]: { description: 'A part of the world above countries or across them, such as the Middle East.' },
    [kinds.COUNTRY]: { description: 'A country.' },
    [kinds.ADMINISTRATIVE_AREA]: { description: 'A part of a country with an administration: a province, a district.' },
    [kinds.CITY]: { description: 'A city, town or village.' },
    [kinds.FACILITY]: { description: 'A building or grounds: a base, a palace, an airport.' },
  },
});

export const GeoPrecision = builder.enumType('GeoPrecision', {
  description: 'How closely coordinates fit, after the geo-precision of ACLED.',
  values: {
    [precisions.EXACT]: { description: 'They lie in the place.' },
    [precisions.NEAR]: { description: 'They lie near it, or in a part of it.' },
    [precisions.AREA]: { description: 'They stand for a larger area around it, such as a province or a country.' },
  },
});

builder.prismaNode('Place', {
  ...recordType,
  interfaces: [RecordInterface, Subject],
  fields: (t) => ({
    ...subjectFields(t, 'Place'),
    name: t.exposeString('name'),
    names: namesField(t),
    ...identifierFields(t),
    kind: t.expose('kind', { type: PlaceKind, nullable: true }),
    parent: oneField(t, 'Place', 'parent'),
    parts: listField(t, 'Place', { relation: 'parts', of: 'Place', description: 'The places in this one, one level down.' }),
    latitude: t.exposeFloat('latitude', { nullable: true }),
    longitude: t.exposeFloat('longitude', { nullable: true }),
    precision: t.expose('precision', { type: GeoPrecision, nullable: true }),
    events: listField(t, 'Place', { relation: 'events', of: 'Event', description: 'The events that happened here.' }),
    statements: listField(t, 'Place', { relation: 'statements', of: 'Statement', description: 'The statements that were made here.' }),
    revisions: revisionsField(t),
  }),
});

const BoundingBox = builder.inputType('BoundingBox', {
  description:
    'A part of the earth between two latitudes and two longitudes (WGS 84, degrees). When west is greater than east, it crosses the 180th meridian.',
  fields: (t) => ({
    south: t.float({ required: true, description: 'The southern edge.' }),
    west: t.float({ required: true, description: 'The western edge.' }),
    north: t.float({ required: true, description: 'The northern edge.' }),
    east: t.float({ required: true, description: 'The eastern edge.' }),
  }),
});

const inBox: FilterField = {
  type: BoundingBox,
  description: 'The coordinates lie in this part of the earth, its edges included.',
  where: (value) => {
    const { south, west, north, east } = value as typeof BoundingBox.$inferInput;
    const eastOf = { longitude: { gte: west } };
    const westOf = { longitude: { lte: east } };
    return {
      AND: [
        { latitude: { not: null } },
        { latitude: { gte: south, lte: north } },
        west <= east ? { AND: [eastOf, westOf] } : { OR: [eastOf, westOf] },
      ],
    };
  },
};

const kind = enumFilter('PlaceKind', PlaceKind);

const place = defineNoun({
  model: 'Place',
  plural: 'places',
  visible: ({ viewer }) => visible(viewer),
  filter: () => ({
    ...recordFilters('Place'),
    name: text('name', 'The name that the place is best known by.'),
    names: names(),
    identifiers: identifiers(),
    kind: kind('kind', 'What kind of place it is.'),
    parent: one('parent', nounOf('Place'), 'The place that it lies in.'),
    hasParent: has('parent', nounOf('Place'), 'Whether it lies in another place.'),
    within: within('Place', 'The place that it lies in, on whatever level, or is itself.'),
    inBox,
    events: nounOf('Event').list('events', 'The events that happened there.'),
  }),
  orders: { NAME: { columns: ['name'], description: 'The name.' }, ...recordOrders },
  standardOrder: [{ path: ['name'], direction: 'asc' }],
});

defineQueries(place, { singular: 'place', plural: 'places', by: { identifier: true }, one: 'a place', many: 'places' });

import { descriptionOf } from '../graph/model.ts';
import { defineNounMutations } from '../mutation/edit.ts';
import { column, type InputFields, reference } from '../mutation/input.ts';
import { identifiersInput, namesInput } from '../names/edit.ts';
import { GeoPrecision, PlaceKind } from './place.ts';
import { createPlace, type PlaceInput, updatePlace } from './write.ts';

const fields: InputFields = {
  name: column('Place', 'name'),
  kind: column('Place', 'kind', PlaceKind),
  parent: reference('Place', descriptionOf('Place', 'parent'), 'parentId'),
  latitude: column('Place', 'latitude', 'Float'),
  longitude: column('Place', 'longitude', 'Float'),
  precision: column('Place', 'precision', GeoPrecision),
};

defineNounMutations<PlaceInput>({
  model: 'Place',
  one: 'a place',
  fields,
  required: ['name'],
  first: { names: namesInput, identifiers: identifiersInput },
  create: createPlace,
  update: updatePlace,
});

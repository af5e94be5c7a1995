import type { Format } from '../format.ts';
import { readWikidata } from './read.ts';

export const wikidata: Format = {
  name: 'wikidata',
  description: 'Entities of Wikidata as JSON: people, organizations and places, one by one, from the API or a dump.',
  isPartial: true,
  passes: 2,
  read: readWikidata,
};

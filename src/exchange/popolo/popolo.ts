import type { Format } from '../format.ts';
import { readPopolo } from './read.ts';
import { writePopolo } from './write.ts';

export const popolo: Format = {
  name: 'popolo',
  description: 'Popolo JSON, as EveryPolitician publishes it: people, organizations, memberships, areas and events.',
  passes: 2,
  read: readPopolo,
  write: writePopolo,
};

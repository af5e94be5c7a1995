import type { PlaceInput } from '../places/write.ts';
import { idsOf } from './ids.ts';

const regions = {
  'middle-east': {
    name: 'Middle East',
    kind: 'REGION',
    names: [
      { name: 'Moyen-Orient', kind: 'TRANSLATION', language: 'fr' },
      { name: 'الشرق الأوسط', kind: 'TRANSLATION', language: 'ar', script: 'Arab' },
    ],
    identifiers: [{ scheme: 'wikidata', value: 'Q7204' }],
  },
} as const satisfies Record<string, PlaceInput>;

const region = idsOf('place', regions);

/** Their Wikidata identifiers stand with the states, since an identifier belongs to one record only. */
const countries = {
  iraq: {
    name: 'Iraq',
    kind: 'COUNTRY',
    parentId: region('middle-east'),
    latitude: 33,
    longitude: 44,
    precision: 'AREA',
    names: [
      { name: 'Irak', kind: 'TRANSLATION', language: 'fr' },
      { name: 'العراق', kind: 'TRANSLITERATION', language: 'ar', script: 'Arab' },
    ],
    identifiers: [{ scheme: 'iso-3166-1', value: 'IQ' }],
  },
  'united-states': {
    name: 'United States',
    kind: 'COUNTRY',
    latitude: 39.8,
    longitude: -98.6,
    precision: 'AREA',
    names: [{ name: 'États-Unis', kind: 'TRANSLATION', language: 'fr' }],
    identifiers: [{ scheme: 'iso-3166-1', value: 'US' }],
  },
} as const satisfies Record<string, PlaceInput>;

const country = idsOf('place', countries);

const cities = {
  baghdad: {
    name: 'Baghdad',
    kind: 'CITY',
    parentId: country('iraq'),
    latitude: 33.315,
    longitude: 44.366,
    precision: 'EXACT',
    names: [
      { name: 'Bagdad', kind: 'TRANSLATION', language: 'fr' },
      { name: 'بغداد', kind: 'TRANSLITERATION', language: 'ar', script: 'Arab' },
    ],
    identifiers: [{ scheme: 'wikidata', value: 'Q1530' }],
  },
  washington: {
    name: 'Washington, D.C.',
    kind: 'CITY',
    parentId: country('united-states'),
    latitude: 38.905,
    longitude: -77.016,
    precision: 'EXACT',
    names: [{ name: 'Washington', kind: 'ALIAS' }],
    identifiers: [{ scheme: 'wikidata', value: 'Q61' }],
  },
} as const satisfies Record<string, PlaceInput>;

const city = idsOf('place', cities);

const facilities = {
  'al-asad': {
    name: 'Al-Asad air base',
    kind: 'FACILITY',
    parentId: country('iraq'),
    latitude: 33.786,
    longitude: 42.441,
    precision: 'EXACT',
    names: [
      { name: "base aérienne d'Al-Asad", kind: 'TRANSLATION', language: 'fr' },
      { name: 'Ain al-Asad', kind: 'ALIAS' },
      { name: 'قاعدة عين الأسد الجوية', kind: 'TRANSLATION', language: 'ar', script: 'Arab' },
    ],
  },
  'white-house': {
    name: 'White House',
    kind: 'FACILITY',
    parentId: city('washington'),
    latitude: 38.8977,
    longitude: -77.0365,
    precision: 'EXACT',
    names: [{ name: 'Maison Blanche', kind: 'TRANSLATION', language: 'fr' }],
    identifiers: [{ scheme: 'wikidata', value: 'Q35525' }],
  },
} as const satisfies Record<string, PlaceInput>;

/** Each after the one that it lies in. */
export const places = { ...regions, ...countries, ...cities, ...facilities };

export const place = idsOf('place', places);

import type { PlaceKind } from '../../generated/prisma/enums.ts';
import { lookUp } from '../reading/fields.ts';
import { type Claims, itemOf } from './statements.ts';

// What an entity is, by its classes (P31). Subclasses can't be followed without all of Wikidata, so the common ones are
// listed; docs/formats/wikidata.md tells how others are told apart.

export type Kind =
  | { type: 'Person' }
  | { type: 'Place'; kind?: PlaceKind }
  | { type: 'Organization'; classification?: string }
  | { type: 'other'; class: string };

const places: Readonly<Record<string, PlaceKind>> = {
  // country, sovereign state, island country, state, state with limited recognition, historical country
  ...kindOf('COUNTRY', 'Q6256 Q3624078 Q112099 Q7275 Q15634554 Q3024240'),
  // dependent territory, constituent country, constitutional republic, kingdom
  ...kindOf('COUNTRY', 'Q161243 Q1763527 Q1520223 Q417175'),
  // continent, region, cultural region, sea, ocean, island, archipelago, mountain range, river, desert
  ...kindOf('REGION', 'Q5107 Q82794 Q3502482 Q165 Q9430 Q23442 Q33837 Q46831 Q4022 Q8514'),
  // administrative territorial entity, of the first, second and third level, municipality, province, county, district
  ...kindOf('ADMINISTRATIVE_AREA', 'Q56061 Q10864048 Q13220204 Q13221722 Q15284 Q34876 Q28575 Q149621'),
  // constituency, state of the United States, of Germany, oblast of Russia, region and department of France
  ...kindOf('ADMINISTRATIVE_AREA', 'Q192611 Q35657 Q1221156 Q835714 Q36784 Q6465'),
  // city, big city, million city, megacity, global city, capital, town, village, human settlement
  ...kindOf('CITY', 'Q515 Q1549591 Q1637706 Q174844 Q208511 Q5119 Q3957 Q532 Q486972'),
  // commune of France, municipality of Spain, city of the United States
  ...kindOf('CITY', 'Q484170 Q2074737 Q1093829'),
  // airport, air base, military base, building, palace, embassy, prison, stadium, bridge
  ...kindOf('FACILITY', 'Q1248784 Q695850 Q245016 Q41176 Q16560 Q3917681 Q40357 Q483110 Q12280'),
};

const organizations: Readonly<Record<string, string>> = {
  Q43229: 'organization',
  Q7278: 'political party',
  Q24649: 'political alliance',
  Q7210356: 'political organization',
  Q848197: 'parliamentary group',
  Q7188: 'government',
  Q192350: 'ministry',
  Q327333: 'government agency',
  Q640506: 'cabinet',
  Q35749: 'parliament',
  Q11204: 'legislature',
  Q10553309: 'legislative house',
  Q375928: 'lower house',
  Q637846: 'upper house',
  Q41487: 'court',
  Q190752: 'supreme court',
  Q11032: 'newspaper',
  Q1110794: 'daily newspaper',
  Q192283: 'news agency',
  Q1193236: 'news media',
  Q17232649: 'news website',
  Q1153191: 'online newspaper',
  Q41298: 'magazine',
  Q1616075: 'television station',
  Q2001305: 'television channel',
  Q14350: 'radio station',
  Q15265344: 'broadcaster',
  Q1331793: 'media company',
  Q2085381: 'publisher',
  Q3918: 'university',
  Q875538: 'public university',
  Q902104: 'private university',
  Q31855: 'research institute',
  Q155271: 'think tank',
  Q4830453: 'business',
  Q783794: 'company',
  Q6881511: 'enterprise',
  Q891723: 'public company',
  Q22687: 'bank',
  Q79913: 'non-governmental organization',
  Q163740: 'nonprofit organization',
  Q708676: 'charity',
  Q157031: 'foundation',
  Q48204: 'association',
  Q178790: 'trade union',
  Q484652: 'international organization',
  Q245065: 'intergovernmental organization',
  Q17149090: 'armed group',
  Q772547: 'armed forces',
  Q176799: 'military unit',
  Q37726: 'army',
  Q17127659: 'terrorist organization',
  Q47913: 'intelligence agency',

  Q1127126: 'military alliance',
  Q194166: 'consortium',
  Q847017: 'sports club',
};

/** What only organizations have: chairperson, parent and child organization, chief executive, industry, employees, board. */
const ofOrganizations = ['P488', 'P749', 'P355', 'P169', 'P452', 'P1128', 'P3320', 'P1142', 'P1454', 'P2124', 'P159'];
/** Population and area, which places have. */
const ofPlaces = ['P1082', 'P2046'];
/** Point in time, start, end: what has a place and a time is an event. And what has subclasses is a class. */
const ofOthers = ['P585', 'P580', 'P582', 'P279'];

export function kindOfEntity(claims: Claims): Kind {
  const classes = claims.best('P31').flatMap(({ mainsnak }) => itemOf(mainsnak) ?? []);
  if (classes.includes('Q5')) return { type: 'Person' };
  // A country is a place here, also when it is said to be an organization.
  for (const each of classes) {
    const kind = lookUp(places, each);
    if (kind) return { type: 'Place', kind };
  }
  for (const each of classes) {
    const classification = lookUp(organizations, each);
    if (classification) return { type: 'Organization', classification };
  }
  if (!claims.has(...ofOthers)) {
    const isSomewhere = claims.has('P625') && claims.has('P17', 'P131');
    if (isSomewhere && claims.has(...ofPlaces)) return { type: 'Place' };
    if (claims.has(...ofOrganizations)) return { type: 'Organization' };
    if (isSomewhere) return { type: 'Place' };
  }
  return { type: 'other', class: classes[0] ?? 'none' };
}

function kindOf(kind: PlaceKind, classes: string): Record<string, PlaceKind> {
  return Object.fromEntries(classes.split(' ').map((each) => [each, kind]));
}

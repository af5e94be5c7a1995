import type { OrganizationInput } from '../organizations/write.ts';
import { idsOf } from './ids.ts';

const states = {
  iraq: {
    name: 'Iraq',
    classification: 'state',
    names: [
      { name: 'Irak', kind: 'TRANSLATION', language: 'fr' },
      { name: 'العراق', kind: 'TRANSLITERATION', language: 'ar', script: 'Arab' },
    ],
    identifiers: [{ scheme: 'wikidata', value: 'Q796' }],
  },
  iran: {
    name: 'Iran',
    classification: 'state',
    names: [
      { name: 'ایران', kind: 'TRANSLITERATION', language: 'fa', script: 'Arab' },
      // The article calls the states by their capitals.
      { name: 'Téhéran', kind: 'ALIAS', language: 'fr' },
    ],
    identifiers: [{ scheme: 'wikidata', value: 'Q794' }],
  },
  'united-states': {
    name: 'United States',
    classification: 'state',
    names: [
      { name: 'États-Unis', kind: 'TRANSLATION', language: 'fr' },
      { name: 'الولايات المتحدة', kind: 'TRANSLATION', language: 'ar', script: 'Arab' },
      { name: 'Washington', kind: 'ALIAS', language: 'fr' },
    ],
    identifiers: [{ scheme: 'wikidata', value: 'Q30' }],
  },
} as const satisfies Record<string, OrganizationInput>;

const state = idsOf('organization', states);

const armedForces = {
  coalition: {
    name: 'Global Coalition against Daesh',
    classification: 'military coalition',
    summary: {
      en: 'International coalition against Daesh, founded and led by the United States.',
      fr: 'Coalition internationale contre Daesh, créée et menée par les États-Unis.',
    },
    names: [
      { name: 'Coalition internationale contre Daesh en Irak', kind: 'TRANSLATION', language: 'fr' },
      { name: 'Global Coalition to Defeat ISIS', kind: 'ALIAS', language: 'en' },
      { name: 'التحالف الدولي ضد داعش', kind: 'TRANSLATION', language: 'ar', script: 'Arab' },
    ],
  },
  'us-forces': {
    name: 'United States forces in Iraq',
    classification: 'armed forces',
    parentId: state('united-states'),
    names: [{ name: 'forces américaines en Irak', kind: 'TRANSLATION', language: 'fr' }],
  },
  centcom: {
    name: 'United States Central Command',
    classification: 'military command',
    parentId: state('united-states'),
    names: [
      { name: 'CENTCOM', kind: 'ABBREVIATION', language: 'en' },
      { name: 'Commandement central américain', kind: 'TRANSLATION', language: 'fr' },
    ],
  },
  'iraqi-security-forces': {
    name: 'Iraqi security forces',
    classification: 'armed forces',
    parentId: state('iraq'),
    names: [
      { name: 'ISF', kind: 'ABBREVIATION', language: 'en' },
      { name: 'forces de sécurité irakiennes', kind: 'TRANSLATION', language: 'fr' },
      { name: 'FSI', kind: 'ABBREVIATION', language: 'fr' },
      { name: 'قوات الأمن العراقية', kind: 'TRANSLATION', language: 'ar', script: 'Arab' },
    ],
  },
  'joint-operations-command': {
    name: 'Joint Operations Command – Iraq',
    classification: 'military command',
    parentId: state('iraq'),
    names: [
      { name: "commandement des opérations conjointes de l'Irak", kind: 'TRANSLATION', language: 'fr' },
      { name: 'قيادة العمليات المشتركة', kind: 'TRANSLATION', language: 'ar', script: 'Arab' },
    ],
  },
  'quds-force': {
    name: 'Quds Force',
    classification: 'armed forces',
    parentId: state('iran'),
    names: [
      { name: 'Force Quds', kind: 'TRANSLATION', language: 'fr' },
      { name: 'نیروی قدس', kind: 'TRANSLATION', language: 'fa', script: 'Arab' },
    ],
  },
} as const satisfies Record<string, OrganizationInput>;

const armedGroups = {
  'islamic-state': {
    name: 'Islamic State',
    classification: 'armed group',
    names: [
      { name: 'Daesh', kind: 'ALIAS', language: 'fr' },
      { name: 'ISIS', kind: 'ABBREVIATION', language: 'en' },
      { name: 'داعش', kind: 'ABBREVIATION', language: 'ar', script: 'Arab' },
    ],
    identifiers: [{ scheme: 'wikidata', value: 'Q2429253' }],
  },
  // The article speaks of the next three in different places and doesn't say whether they are the same groups.
  'pro-iranian-factions': {
    name: 'Pro-Iranian factions',
    classification: 'armed groups',
    summary: {
      en: 'Armed factions that side with Iran; the sources name none of them.',
      fr: "Factions armées favorables à l'Iran ; les sources n'en nomment aucune.",
    },
    names: [{ name: 'factions pro-iraniennes', kind: 'TRANSLATION', language: 'fr' }],
  },
  'shiite-groups': {
    name: 'Iraqi Shiite groups that sympathize with Iran',
    classification: 'armed groups',
    summary: {
      en: 'Groups in Iraq that side with the government of Iran and want foreign soldiers out; the sources name none of them.',
      fr: "Groupes d'Irak favorables au pouvoir iranien et hostiles aux soldats étrangers ; les sources n'en nomment aucun.",
    },
    names: [{ name: 'groupes chiites irakiens sympathisants du régime iranien', kind: 'TRANSLATION', language: 'fr' }],
  },
  'iran-backed-groups': {
    name: 'Proxy groups backed by Iran',
    classification: 'armed groups',
    names: [{ name: "groupes mandataires soutenus par l'Iran", kind: 'TRANSLATION', language: 'fr' }],
  },
} as const satisfies Record<string, OrganizationInput>;

const media = {
  'associated-press': {
    name: 'Associated Press',
    classification: 'news agency',
    names: [{ name: 'AP', kind: 'ABBREVIATION', language: 'en' }],
    identifiers: [{ scheme: 'wikidata', value: 'Q40469' }],
  },
  twitter: {
    name: 'Twitter',
    classification: 'social network',
    identifiers: [{ scheme: 'wikidata', value: 'Q918' }],
  },
  'verbatim-project': {
    name: 'Verbatim project',
    classification: 'software project',
    summary: {
      en: 'The project that makes Verbatim, and that wrote the two dispatches of this demonstration.',
      fr: 'Le projet qui développe Verbatim, et qui a écrit les deux dépêches de cette démonstration.',
    },
    names: [{ name: 'projet Verbatim', kind: 'TRANSLATION', language: 'fr' }],
  },
} as const satisfies Record<string, OrganizationInput>;

/** Each after the one that it is part of. */
export const organizations = { ...states, ...armedForces, ...armedGroups, ...media };

export const organization = idsOf('organization', organizations);

import type { EventInput } from '../events/write.ts';
import { idsOf } from './ids.ts';
import { place } from './places.ts';

// Dates are as the article has them. It is of December 2021, its day isn't known: so "jeudi dernier" is
// 2021-12, and "en juillet dernier" is 2021-07. An event that it doesn't date has no date.

const courses = {
  'change-of-role': {
    title: {
      en: 'Change to a non-combat role in Iraq',
      fr: 'Passage à un rôle de non-combat en Irak',
    },
    description: {
      en: 'The foreign forces that fight Daesh in Iraq go over from combat to training, advice and other support.',
      fr: "Les forces étrangères engagées contre Daesh en Irak passent du combat à la formation, au conseil et à d'autres formes de soutien.",
    },
    classification: 'course of events',
    placeId: place('iraq'),
  },
  tensions: {
    title: {
      en: 'Heightened tensions between Iran and the United States',
      fr: "Tensions accrues entre l'Iran et les États-Unis",
      es: 'Aumento de las tensiones entre Irán y Estados Unidos',
    },
    description: {
      en: 'They rose steeply from January 2020, and had not eased when the report was written.',
      fr: "Vives depuis janvier 2020, elles n'étaient pas retombées quand le reportage a été écrit.",
    },
    classification: 'course of events',
    date: '2020-01/..',
  },
} as const satisfies Record<string, EventInput>;

const course = idsOf('event', courses);

const endOfCombat = {
  'combat-missions': {
    title: {
      en: 'Combat missions of the Coalition against Daesh in Iraq',
      fr: 'Missions de combat de la Coalition contre Daesh en Irak',
    },
    type: 'ASSAULT',
    classification: 'military operation',
    endDate: '2021-12',
    placeId: place('iraq'),
  },
  agreement: {
    title: {
      en: 'Agreement to end the American combat effort in Iraq',
      fr: "Accord sur la fin de l'effort de combat américain en Irak",
      es: 'Acuerdo sobre el fin del combate estadounidense en Irak',
    },
    description: {
      en: 'The American president and the Iraqi prime minister set the last day of 2021 as the end.',
      fr: 'Le président américain et le premier ministre irakien en fixent le terme au dernier jour de 2021.',
    },
    type: 'AGREE',
    auxiliaryMode: 'HISTORICAL',
    date: '2021-07',
    placeId: place('white-house'),
    parentId: course('change-of-role'),
    aliases: [{ name: 'White House agreement', kind: 'ALIAS', language: 'en' }],
  },
  meeting: {
    title: {
      en: 'Meeting of Iraqi military officials and Coalition leaders',
      fr: 'Réunion de chefs militaires irakiens et de dirigeants de la Coalition',
    },
    type: 'CONSULT',
    date: '2021-12',
    parentId: course('change-of-role'),
  },
  'end-of-missions': {
    title: {
      en: 'End of the combat missions of the Coalition in Iraq',
      fr: 'Fin des missions de combat de la Coalition en Irak',
      es: 'Fin de las misiones de combate de la Coalición en Irak',
      ar: 'انتهاء المهام القتالية للتحالف الدولي في العراق',
    },
    description: {
      en: 'Made known on a Thursday, by a post on Twitter. The post speaks of a withdrawal too; the report itself only of the end of combat.',
      fr: 'Rendue publique un jeudi, sur Twitter. Le message évoque aussi un retrait ; le reportage, lui, seulement la fin des combats.',
    },
    type: 'RETREAT',
    date: '2021-12',
    placeId: place('iraq'),
    parentId: course('change-of-role'),
    aliases: [{ name: 'la décision de jeudi', kind: 'ALIAS', language: 'fr' }],
  },
  'iraqi-forces-take-over': {
    title: {
      en: 'Iraqi security forces alone guard the international troops and face Daesh',
      fr: 'Les forces de sécurité irakiennes seules pour protéger les troupes internationales et affronter Daesh',
    },
    classification: 'handover of tasks',
    auxiliaryMode: 'FUTURE',
    date: '2021-12',
    placeId: place('iraq'),
    parentId: course('change-of-role'),
  },
  deadline: {
    title: {
      en: 'End of the American combat effort in Iraq',
      fr: "Fin de l'effort de combat américain en Irak",
      es: 'Fin del combate estadounidense en Irak',
    },
    description: {
      en: 'Still to come when the report was written.',
      fr: 'Encore à venir quand le reportage a été écrit.',
    },
    type: 'RETREAT',
    auxiliaryMode: 'FUTURE',
    date: '2021-12-31',
    placeId: place('iraq'),
    parentId: course('change-of-role'),
    aliases: [
      { name: 'deadline of 31 December', kind: 'ALIAS', language: 'en' },
      { name: "l'échéance", kind: 'ALIAS', language: 'fr' },
    ],
  },
} as const satisfies Record<string, EventInput>;

const violence = {
  // The article tells neither with what nor with what aim the vehicle was attacked: so it has no mode.
  'strike-on-soleimani': {
    title: {
      en: 'Attack on the vehicle of Qasem Soleimani',
      fr: 'Attaque du véhicule de Qasem Soleimani',
      es: 'Ataque contra el vehículo de Qasem Soleimani',
    },
    description: {
      en: 'United States forces attack the vehicle that carries the commander of the Quds Force. He dies.',
      fr: 'Les forces des États-Unis attaquent le véhicule qui transporte le commandant de la Force Quds. Il meurt.',
    },
    type: 'ASSAULT',
    auxiliaryMode: 'HISTORICAL',
    date: '2020-01',
    placeId: place('baghdad'),
    parentId: course('tensions'),
    aliases: [
      { name: 'Killing of Qasem Soleimani', kind: 'ALIAS', language: 'en' },
      { name: 'Mort de Qasem Soleimani', kind: 'ALIAS', language: 'fr' },
    ],
  },
  'missiles-on-al-asad': {
    title: {
      en: 'Iranian missiles on Al-Asad air base',
      fr: "Missiles iraniens sur la base aérienne d'Al-Asad",
      es: 'Misiles iraníes contra la base aérea de Al-Asad',
    },
    description: {
      en: 'Iran fires several missiles at a base in Iraq where some of the United States forces are.',
      fr: "L'Iran tire plusieurs missiles sur une base d'Irak qui abrite des forces des États-Unis.",
    },
    type: 'ASSAULT',
    mode: 'HEAVY_WEAPONS',
    auxiliaryMode: 'HISTORICAL',
    // A few days after something that is dated to January 2020.
    date: '2020-01~',
    placeId: place('al-asad'),
    parentId: course('tensions'),
  },
  'attacks-since-2020': {
    title: {
      en: 'Attacks on headquarters and military convoys',
      fr: 'Attaques de quartiers généraux et de convois militaires',
    },
    description: {
      en: 'Iraqi Shiite groups attack ever more often. The sources do not say whose headquarters and convoys they were.',
      fr: 'Des groupes chiites irakiens attaquent de plus en plus. Les sources ne disent pas à qui étaient ces quartiers généraux et ces convois.',
    },
    type: 'ASSAULT',
    date: '2020-01~/..',
    parentId: course('tensions'),
  },
  'wave-of-violence': {
    title: {
      en: 'New wave of violence by pro-Iranian factions',
      fr: 'Nouvelle vague de violences de factions pro-iraniennes',
    },
    type: 'ASSAULT',
  },
  'attack-on-kadhimi': {
    title: {
      en: 'Attack on prime minister Mustafa al-Kadhimi',
      fr: 'Attaque contre le premier ministre Mustafa al-Kadhimi',
      es: 'Ataque contra el primer ministro Mustafa al-Kadhimi',
    },
    description: {
      en: 'Armed groups attack the prime minister of Iraq. The sources say neither which groups nor when.',
      fr: "Des groupes armés attaquent le premier ministre de l'Irak. Les sources ne disent ni lesquels ni quand.",
    },
    type: 'ASSAULT',
  },
} as const satisfies Record<string, EventInput>;

/** Each after the one that it is part of. */
export const events = { ...courses, ...endOfCombat, ...violence };

export const event = idsOf('event', events);

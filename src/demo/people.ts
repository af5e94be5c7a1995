import type { PersonInput } from '../people/write.ts';
import { idsOf } from './ids.ts';

export const people = {
  araji: {
    name: 'Qasim al-Araji',
    sortName: 'Araji, Qasim al-',
    givenName: 'Qasim',
    familyName: 'al-Araji',
    summary: {
      en: 'National security adviser of Iraq.',
      fr: "Conseiller à la sécurité nationale de l'Irak.",
    },
    names: [{ name: 'قاسم الأعرجي', kind: 'TRANSLITERATION', language: 'ar', script: 'Arab' }],
  },
  mckenzie: {
    name: 'Kenneth F. McKenzie',
    sortName: 'McKenzie, Kenneth F.',
    givenName: 'Kenneth F.',
    familyName: 'McKenzie',
    summary: {
      en: 'American general, at the head of United States Central Command.',
      fr: 'Général américain, à la tête du Commandement central des États-Unis.',
    },
    names: [{ name: 'Frank McKenzie', kind: 'ALIAS', language: 'en' }],
  },
  biden: {
    name: 'Joe Biden',
    sortName: 'Biden, Joe',
    givenName: 'Joe',
    familyName: 'Biden',
    summary: { en: 'President of the United States.', fr: 'Président des États-Unis.' },
    identifiers: [{ scheme: 'wikidata', value: 'Q6279' }],
  },
  kadhimi: {
    name: 'Mustafa al-Kadhimi',
    sortName: 'Kadhimi, Mustafa al-',
    givenName: 'Mustafa',
    familyName: 'al-Kadhimi',
    summary: { en: 'Prime minister of Iraq.', fr: "Premier ministre de l'Irak." },
    names: [
      { name: 'مصطفى الكاظمي', kind: 'TRANSLITERATION', language: 'ar', script: 'Arab' },
      { name: 'Moustafa al-Kazimi', kind: 'ALIAS', language: 'fr' },
    ],
  },
  shammari: {
    name: 'Abdul Amir al-Shammari',
    sortName: 'Shammari, Abdul Amir al-',
    givenName: 'Abdul Amir',
    familyName: 'al-Shammari',
    summary: {
      en: 'Iraqi lieutenant general, second in command of joint operations.',
      fr: 'Lieutenant général irakien, commandant en second des opérations conjointes.',
    },
    names: [{ name: 'عبد الأمير الشمري', kind: 'TRANSLITERATION', language: 'ar', script: 'Arab' }],
  },
  soleimani: {
    name: 'Qasem Soleimani',
    sortName: 'Soleimani, Qasem',
    givenName: 'Qasem',
    familyName: 'Soleimani',
    // The article tells of his death and gives the month.
    deathDate: '2020-01',
    summary: {
      en: 'Iranian commander of the Quds Force, killed by United States forces.',
      fr: 'Commandant iranien de la Force Quds, tué par les forces des États-Unis.',
    },
    names: [
      { name: 'قاسم سلیمانی', kind: 'TRANSLITERATION', language: 'fa', script: 'Arab' },
      { name: 'Qassem Soleimani', kind: 'ALIAS' },
    ],
  },
} as const satisfies Record<string, PersonInput>;

export const person = idsOf('person', people);

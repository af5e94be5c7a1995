import type { StatementInput } from '../statements/write.ts';
import type { StatementLinkInput } from '../statements/write-link.ts';
import { document } from './documents.ts';
import { event } from './events.ts';
import { idsOf } from './ids.ts';
import { membership } from './memberships.ts';
import { organization } from './organizations.ts';
import { person } from './people.ts';
import { place } from './places.ts';

// What the article reports as said, in its words. They are translations: nobody in it spoke French,
// and it doesn't say what they spoke. The English is the project's own, from the French.
//
// DIRECT: all that is reported stands in quotation marks, which are left out here. MIXED: a part of it does;
// the text keeps the marks. INDIRECT: nothing does.
// When one does several things by saying it, the speech act is what it comes to in the end.
//
// Medium and outlet stand only where the article gives them, and so does the date: see events.ts.

const asInArticle = { language: 'fr', isTranslation: true } as const;

const mckenzie = { speaker: { person: person('mckenzie') }, capacityId: membership('mckenzie/centcom') } as const;

const shammari = { speaker: { person: person('shammari') }, capacityId: membership('shammari/joint-operations-command') } as const;

const onTwitter = {
  speaker: { person: person('araji') },
  capacityId: membership('araji/iraq'),
  medium: 'SOCIAL_MEDIA',
  outletId: organization('twitter'),
  date: '2021-12',
} as const;

export const statements = {
  'araji-end': {
    ...asInArticle,
    ...onTwitter,
    text: "la fin des missions de combat des forces de la coalition et leur retrait d'Irak",
    translations: [
      {
        language: 'en',
        text: 'the end of the combat missions of the coalition forces and their withdrawal from Iraq',
        documentId: document('dispatch-en'),
      },
    ],
    attributionText: 'le conseiller à la sécurité nationale irakien, Qasim al-Araji',
    quoteType: 'DIRECT',
    // He makes it known. To end them was for the Coalition.
    speechAct: 'ASSERTIVE',
    about: [{ event: event('end-of-missions') }, { organization: organization('coalition') }, { place: place('iraq') }],
  },
  'araji-relation': {
    ...asInArticle,
    ...onTwitter,
    text: "la relation avec la coalition internationale se poursuivra dans le domaine de la formation, du conseil et de l'autonomisation",
    translations: [
      {
        language: 'en',
        text: 'The relationship with the international coalition will continue in the field of training, advice and empowerment',
        documentId: document('dispatch-en'),
      },
    ],
    attributionText: 'al-Araji',
    quoteType: 'DIRECT',
    speechAct: 'ASSERTIVE',
    about: [{ event: event('change-of-role') }, { organization: organization('coalition') }],
  },
  'mckenzie-soldiers': {
    ...asInArticle,
    ...mckenzie,
    text: 'Washington conserverait 2 500 soldats dans le pays',
    translations: [{ language: 'en', text: 'the United States would keep 2,500 soldiers in Iraq', documentId: document('dispatch-en') }],
    attributionText: 'Kenneth F. McKenzie, commandant du Commandement central américain au Moyen-Orient',
    quoteType: 'INDIRECT',
    speechAct: 'ASSERTIVE',
    // The only one of his statements that the article places in this interview.
    medium: 'INTERVIEW',
    outletId: organization('associated-press'),
    addressee: { organization: organization('associated-press') },
    about: [{ organization: organization('us-forces') }, { organization: organization('united-states') }, { place: place('iraq') }],
  },
  'air-support': {
    ...asInArticle,
    text: "Malgré la transformation du rôle des forces américaines en Irak en un rôle de non-combat, elles continueront à fournir un soutien aérien et d'autres formes d'assistance militaire dans la lutte de l'Irak contre Daesh.",
    translations: [
      {
        language: 'en',
        text: 'Despite the change of the role of the American forces in Iraq to a non-combat role, they will go on giving air support and other forms of military assistance in Iraq’s fight against Daesh.',
      },
    ],
    // A quotation that follows on McKenzie's interview; the article doesn't say whose words it is.
    attributionText: '[sans attribution ; après les propos de Kenneth F. McKenzie]',
    quoteType: 'DIRECT',
    speechAct: 'ASSERTIVE',
    about: [
      { event: event('change-of-role') },
      { organization: organization('us-forces') },
      { organization: organization('islamic-state') },
      { place: place('iraq') },
    ],
  },
  'mckenzie-bases': {
    ...asInArticle,
    ...mckenzie,
    text: "Nous avons retiré des bases dont nous n'avions pas besoin, nous avons fait en sorte qu'il soit plus difficile de nous atteindre. Mais les Irakiens veulent toujours de nous là-bas. Ils veulent toujours la présence, ils veulent toujours l'engagement",
    translations: [
      {
        language: 'en',
        text: 'We have withdrawn from bases that we did not need, we have made it harder to reach us. But the Iraqis still want us there. They still want the presence, they still want the commitment',
      },
    ],
    attributionText: 'le général McKenzie',
    quoteType: 'DIRECT',
    speechAct: 'ASSERTIVE',
    about: [{ organization: organization('us-forces') }, { organization: organization('iraq') }],
  },
  // The article prints it behind the words "a maintenu le général McKenzie", which belong to both.
  'mckenzie-stay': {
    ...asInArticle,
    ...mckenzie,
    text: "Donc, tant qu'ils le souhaitent et que nous pouvons nous mettre d'accord, nous serons là",
    translations: [
      { language: 'en', text: 'So, as long as they wish it and we can agree, we will be there', documentId: document('dispatch-en') },
    ],
    attributionText: 'le général McKenzie',
    quoteType: 'DIRECT',
    speechAct: 'COMMISSIVE',
    about: [{ organization: organization('us-forces') }, { organization: organization('iraq') }],
  },
  // Said by two together, and a statement has one speaker: so they are named as the article names them.
  agreement: {
    ...asInArticle,
    text: "l'effort de combat américain en Irak prendrait fin le 31 décembre",
    translations: [{ language: 'en', text: 'the American combat effort in Iraq would end on 31 December' }],
    attributionText: 'le président américain Joe Biden et le premier ministre irakien Mustafa al-Kadhimi',
    quoteType: 'INDIRECT',
    speechAct: 'COMMISSIVE',
    date: '2021-07',
    venueId: place('white-house'),
    about: [{ event: event('deadline') }, { place: place('iraq') }],
  },
  'shammari-success': {
    ...asInArticle,
    ...shammari,
    text: 'Ce changement prépare les forces irakiennes au succès, car il est intervenu plus tôt que prévu',
    translations: [
      {
        language: 'en',
        text: 'This change prepares the Iraqi forces for success, because it came sooner than planned',
        documentId: document('dispatch-en'),
      },
    ],
    attributionText: "le lieutenant général Abdul Amir al-Shammari, commandant adjoint du commandement des opérations conjointes de l'Irak",
    quoteType: 'DIRECT',
    speechAct: 'ASSERTIVE',
    // About Thursday's decision, so between that and the article.
    date: '2021-12',
    about: [{ event: event('end-of-missions') }, { organization: organization('iraqi-security-forces') }],
  },
  'shammari-hope': {
    ...asInArticle,
    ...shammari,
    text: "nos soldats ont démontré leur capacité à maintenir la défaite Daesh, et nous regardons l'avenir avec espoir",
    translations: [
      {
        language: 'en',
        text: 'our soldiers have shown their ability to keep Daesh defeated, and we look to the future with hope',
      },
    ],
    attributionText: 'le lieutenant général',
    quoteType: 'DIRECT',
    speechAct: 'EXPRESSIVE',
    date: '2021-12',
    about: [{ organization: organization('iraqi-security-forces') }, { organization: organization('islamic-state') }],
  },
  'mckenzie-departure': {
    ...asInArticle,
    ...mckenzie,
    text: `ces groupes armés "veulent que toutes les forces américaines quittent l'Irak. Mais nous ne partirons pas, et cela pourrait provoquer une réaction à l'approche de la fin du mois."`,
    translations: [
      {
        language: 'en',
        text: 'these armed groups “want all American forces to leave Iraq. But we will not leave, and that could provoke a reaction as the end of the month comes near.”',
      },
    ],
    attributionText: 'Kenneth F. McKenzie',
    quoteType: 'MIXED',
    speechAct: 'ASSERTIVE',
    about: [
      { event: event('wave-of-violence') },
      { organization: organization('pro-iranian-factions') },
      { organization: organization('us-forces') },
      { place: place('iraq') },
    ],
  },
  'mckenzie-iran': {
    ...asInArticle,
    ...mckenzie,
    text: `à ce jour, "l'Iran cherche toujours à expulser (les troupes américaines) du Moyen-Orient et considère l'Irak comme le principal champ de bataille pour cela"`,
    translations: [
      {
        language: 'en',
        text: 'to this day “Iran still seeks to expel (the American troops) from the Middle East and regards Iraq as the main battlefield for that”',
      },
    ],
    attributionText: 'le général McKenzie',
    quoteType: 'MIXED',
    speechAct: 'ASSERTIVE',
    about: [
      { event: event('tensions') },
      { organization: organization('iran') },
      { organization: organization('us-forces') },
      { place: place('iraq') },
      { place: place('middle-east') },
    ],
  },
  'mckenzie-despair': {
    ...asInArticle,
    ...mckenzie,
    // He was asked; by whom and where, the article doesn't say.
    text: `ces événements étaient "un signe du désespoir dans lequel (les groupes mandataires soutenus par l'Iran) vivent désormais"`,
    translations: [
      {
        language: 'en',
        text: 'these events were “a sign of the despair in which (the proxy groups backed by Iran) now live”',
      },
    ],
    attributionText: 'McKenzie',
    quoteType: 'MIXED',
    speechAct: 'ASSERTIVE',
    about: [
      { event: event('attack-on-kadhimi') },
      { person: person('kadhimi') },
      { organization: organization('iran-backed-groups') },
      { organization: organization('iran') },
    ],
  },
} as const satisfies Record<string, StatementInput>;

export const statement = idsOf('statement', statements);

export const statementLinks = {
  'mckenzie-soldiers/araji-relation': {
    fromId: statement('mckenzie-soldiers'),
    toId: statement('araji-relation'),
    kind: 'CONFIRMS',
  },
  'araji-relation/araji-end': {
    fromId: statement('araji-relation'),
    toId: statement('araji-end'),
    kind: 'QUALIFIES',
  },
} as const satisfies Record<string, StatementLinkInput>;

export const statementLink = idsOf('statementLink', statementLinks);

import type { AppearanceInput } from '../documents/write-appearance.ts';
import { englishText, frenchText } from './dispatches.ts';
import { document, documents } from './documents.ts';
import { demoId } from './ids.ts';
import { nth, spans, type Words } from './spans.ts';
import { statement, statements } from './statements.ts';

type Statement = keyof typeof statements;

/** How a document marks words as said, and names who said them. */
interface Attribution {
  cue?: Words;
  source?: Words;
}

/** The words that a document printed, each stretch of an interrupted quotation for itself, and their attribution. */
interface Quotation extends Attribution {
  content: readonly Words[];
}

/** Every statement is in the article, which printed what is now the statement's text. */
const inArticle = {
  'araji-end': { cue: 'a annoncé', source: 'le conseiller à la sécurité nationale irakien, Qasim al-Araji' },
  'araji-relation': { cue: 'selon', source: "la publication d'al-Araji" },
  'mckenzie-soldiers': {
    cue: 'a déclaré',
    source: 'Kenneth F. McKenzie, commandant du Commandement central américain au Moyen-Orient',
  },
  'air-support': {},
  'mckenzie-bases': { cue: 'a maintenu', source: 'le général McKenzie' },
  'mckenzie-stay': { cue: 'a maintenu', source: 'le général McKenzie' },
  agreement: {
    cue: 'ont convenu',
    source: 'le président américain Joe Biden et le premier ministre irakien Mustafa al-Kadhimi',
  },
  'shammari-success': {
    cue: 'a déclaré',
    source: "le lieutenant général Abdul Amir al-Shammari, commandant adjoint du commandement des opérations conjointes de l'Irak",
  },
  'shammari-hope': { cue: 'a ajouté', source: 'le lieutenant général' },
  'mckenzie-departure': { cue: 'Selon', source: 'Kenneth F. McKenzie' },
  'mckenzie-iran': { cue: 'affirme', source: 'le général McKenzie' },
  'mckenzie-despair': { cue: 'a déclaré', source: 'McKenzie' },
} satisfies Record<Statement, Attribution>;

const inFrenchDispatch = {
  'araji-end': {
    content: ["la fin des missions de combat des forces de la coalition et leur retrait d'Irak"],
    cue: 'a fait part de',
    source: "Qasim al-Araji, conseiller de l'Irak pour la sécurité nationale",
  },
  'araji-relation': {
    content: [
      'La relation avec la coalition internationale',
      "se poursuivra dans le domaine de la formation, du conseil et de l'autonomisation",
    ],
    cue: 'a-t-il écrit',
  },
  'mckenzie-soldiers': {
    content: ['les États-Unis garderaient 2 500 soldats en Irak'],
    cue: nth(frenchText, 1, 'a déclaré'),
    source: 'Kenneth F. McKenzie, à la tête du Commandement central américain',
  },
  'mckenzie-bases': {
    content: ["Ils veulent toujours la présence, ils veulent toujours l'engagement"],
    cue: 'a-t-il dit',
  },
  'mckenzie-stay': {
    content: ["Donc, tant qu'ils le souhaitent et que nous pouvons nous mettre d'accord, nous serons là"],
    cue: 'a-t-il dit',
  },
  'shammari-success': {
    content: ['Ce changement prépare les forces irakiennes au succès, car il est intervenu plus tôt que prévu'],
    cue: nth(frenchText, 2, 'a déclaré'),
    source: "Abdul Amir al-Shammari, commandant adjoint des opérations conjointes de l'Irak",
  },
  'mckenzie-despair': {
    content: ["un signe du désespoir dans lequel (les groupes mandataires soutenus par l'Iran) vivent désormais"],
    cue: 'voit',
    source: nth(frenchText, 2, 'McKenzie'),
  },
} satisfies Partial<Record<Statement, Quotation>>;

const inEnglishDispatch = {
  'araji-end': {
    content: ['the end of the combat missions of the coalition forces and their withdrawal from Iraq'],
    cue: 'spoke of',
    source: "Iraq's national security adviser, Qasim al-Araji",
  },
  'araji-relation': {
    content: ['The relationship with the international coalition', 'will continue in the field of training, advice and empowerment'],
    cue: 'he wrote',
  },
  'mckenzie-soldiers': {
    content: ['the United States would keep 2,500 soldiers in Iraq'],
    cue: nth(englishText, 1, 'said'),
    source: 'Kenneth F. McKenzie, the head of United States Central Command',
  },
  'mckenzie-bases': {
    content: ['They still want the presence, they still want the commitment'],
    cue: nth(englishText, 2, 'said'),
  },
  'mckenzie-stay': {
    content: ['So, as long as they wish it and we can agree, we will be there'],
    cue: nth(englishText, 2, 'said'),
  },
  'shammari-success': {
    content: ['This change prepares the Iraqi forces for success, because it came sooner than planned'],
    cue: nth(englishText, 3, 'said'),
    source: "Abdul Amir al-Shammari, deputy commander of Iraq's joint operations",
  },
  'mckenzie-despair': {
    content: ['a sign of the despair in which (the proxy groups backed by Iran) now live'],
    cue: 'sees',
    source: nth(englishText, 2, 'McKenzie'),
  },
} satisfies Partial<Record<keyof typeof inFrenchDispatch, Quotation>>;

/** What a document printed. A dispatch has it from another document. */
function printed(
  slug: keyof typeof documents,
  quotations: Partial<Record<Statement, Quotation>>,
  from?: keyof typeof documents,
): Record<string, AppearanceInput> {
  const entries = (Object.entries(quotations) as [Statement, Quotation][]).map(([said, { content, cue, source }]) => {
    const stretches = spans(content);
    const input: AppearanceInput = {
      statementId: statement(said),
      documentId: document(slug),
      printedText: stretches.map(({ exact }) => exact).join('\n'),
      language: documents[slug].language,
      isTranslation: true,
      relayedFromId: from && demoId('appearance', `${said}/${from}`),
      content: stretches,
      cue: cue === undefined ? [] : spans([cue]),
      source: source === undefined ? [] : spans([source]),
    };
    return [`${said}/${slug}`, input] as const;
  });
  return Object.fromEntries(entries);
}

const wholeText = (Object.entries(inArticle) as [Statement, Attribution][]).map(
  ([said, attribution]) => [said, { ...attribution, content: [statements[said].text] }] as const,
);

/** Each after the one that it is relayed from. */
export const appearances = {
  ...printed('article', Object.fromEntries(wholeText)),
  ...printed('dispatch-fr', inFrenchDispatch, 'article'),
  ...printed('dispatch-en', inEnglishDispatch, 'dispatch-fr'),
};

import { parseLanguage } from '../../language.ts';

// Language codes of Wikimedia's projects that BCP 47 has others for, or gives another meaning.
// https://www.wikidata.org/wiki/Help:Wikimedia_language_codes/lists/all
const codes: Readonly<Record<string, string | undefined>> = {
  als: 'gsw',
  'bat-smg': 'sgs',
  'be-x-old': 'be-tarask',
  bh: 'bho',
  'cbk-zam': 'cbk',
  eml: 'egl',
  'fiu-vro': 'vro',
  'map-bms': undefined,
  mo: 'ro-MD',
  nrm: 'nrf',
  'roa-rup': 'rup',
  'roa-tara': undefined,
  simple: 'en',
  'sr-ec': 'sr-Cyrl',
  'sr-el': 'sr-Latn',
  'zh-classical': 'lzh',
  'zh-min-nan': 'nan',
  'zh-yue': 'yue',
};

/** The BCP 47 language of a code that Wikimedia's projects use; undefined when there is none. */
export function languageOfWiki(code: string): string | undefined {
  const tag = Object.hasOwn(codes, code) ? codes[code] : code;
  try {
    return tag === undefined ? undefined : parseLanguage(tag);
  } catch {
    return undefined;
  }
}

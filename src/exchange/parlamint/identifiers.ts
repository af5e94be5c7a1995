import type { XmlElement } from '../reading/xml.ts';
import type { ExchangeIdentifier } from '../record.ts';
import type { Corpus } from './corpus.ts';
import type { Notes } from './notes.ts';
import { attribute, textOf, where } from './tei.ts';

/** The other identifiers of an organization or a person. What is in no register that is known here is counted. */
export function identifiersOf(idnos: readonly XmlElement[], file: string, corpus: Corpus, notes: Notes): ExchangeIdentifier[] {
  return idnos.flatMap((idno) => {
    const identifier = identifierOf(idno);
    const what = attribute(idno, 'subtype') ?? attribute(idno, 'type') ?? 'other';
    if (!identifier) notes.left(where(file, idno), `identifier or address (idno, ${what})`);
    // One record holds it at most.
    else if (!corpus.take(`${identifier.scheme} ${identifier.value}`)) {
      notes.left(where(file, idno), `identifier that another record has already (idno, ${what})`);
    } else return [identifier];
    return [];
  });
}

function identifierOf(idno: XmlElement): ExchangeIdentifier | undefined {
  const value = textOf(idno);
  const kind = (attribute(idno, 'subtype') ?? attribute(idno, 'type') ?? '').toLowerCase();
  const wikidata = /^https?:\/\/(?:www\.|m\.)?wikidata\.org\/(?:wiki|entity)\/(Q[1-9][0-9]*)$/i.exec(value)?.[1];
  if (wikidata) return { scheme: 'wikidata', value: wikidata.toUpperCase() };
  if (kind === 'wikidata' && /^Q[1-9][0-9]*$/.test(value)) return { scheme: 'wikidata', value };
  const viaf = /^https?:\/\/(?:www\.)?viaf\.org\/viaf\/([0-9]+)\/?$/i.exec(value)?.[1] ?? (kind === 'viaf' ? value : undefined);
  if (viaf && /^[0-9]+$/.test(viaf)) return { scheme: 'viaf', value: viaf };
  if (/^https?:\/\/[a-z-]+(?:\.m)?\.wikipedia\.org\/wiki\/./i.test(value)) return { scheme: 'wikipedia', value };
  if (['twitter', 'facebook'].includes(kind) && value !== '') return { scheme: kind, value };
  return undefined;
}

// Words and sentences of five languages that don't exist, but have the shape of those that do: a few words are
// frequent and most are rare (Zipf), so that a search finds thousands of texts, a handful or none.

export const languages = ['en', 'fr', 'es', 'ar', 'de'];
export const wordsPerLanguage = 3000;
export const sentencesPerLanguage = 3000;

const syllables = {
  en: 'ter con min ing ver tion pre sta der cal mor lin fen gar wick ton bel dur sem pol rat hin nor gret lum',
  fr: 'cou ver lai tion mer gou bre sin voi rem pla cha deur ment ron fle mai jus ter sou quel ble van tré gie',
  es: 'ca mien ción tra des go bla per ves ron dad lla mo cer jun ta se ñal bre cua dor lis mer pue ri',
  ar: 'مك تا بر حر سل كا من ري قو ات شم ول دي فا نم غر جا هد بي عم سو رك طا صل لي',
  de: 'ver gen lich ung der stad kra mein hau sen zug wer bes tal for keit pro mis lan ger rich dur fen bau ein',
};

/** Numbers from 0 up to 1 that are the same each time (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A rank from 0: rank r comes about 1/(r + 1) as often as rank 0. */
export function zipf(random, count) {
  return Math.min(count - 1, Math.floor((count + 1) ** random()) - 1);
}

/** The words of a language, the most frequent first. */
export function wordsOf(language, seed) {
  const random = chance(seed * 31 + languages.indexOf(language));
  const parts = syllables[language].split(' ');
  const words = new Set();
  while (words.size < wordsPerLanguage) {
    const length = 2 + Math.floor(random() * 3);
    words.add(Array.from({ length }, () => parts[Math.floor(random() * parts.length)]).join(''));
  }
  return [...words];
}

/** Sentences of a language, of 5 to 25 words. */
export function sentencesOf(language, seed) {
  const random = chance(seed * 37 + languages.indexOf(language));
  const words = wordsOf(language, seed);
  return Array.from({ length: sentencesPerLanguage }, () => {
    const text = Array.from({ length: 5 + Math.floor(random() * 21) }, () => words[zipf(random, words.length)]).join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  });
}

import { describe, expect, it } from 'vitest';
import { parseLanguage, pickLanguage } from '../../src/language.ts';
import { Random, seed } from '../support/chance.ts';

describe('parseLanguage', () => {
  it.each([
    ['fr', 'fr'],
    ['FR', 'fr'],
    ['FR-ca', 'fr-CA'],
    ['en-gb', 'en-GB'],
    ['ar-latn', 'ar-Latn'],
    ['zh-hans-cn', 'zh-Hans-CN'],
    ['ku-Arab-IQ', 'ku-Arab-IQ'],
    ['ckb', 'ckb'],
    ['es-419', 'es-419'],
    ['de-1996', 'de-1996'],
    ['sl-rozaj-biske', 'sl-biske-rozaj'],
    ['und', 'und'],
    ['mul', 'mul'],
    // Codes that were replaced become those that replaced them.
    ['iw', 'he'],
    ['cmn', 'zh'],
    ['art-lojban', 'jbo'],
  ])('%s is %s', (text, tag) => {
    expect(parseLanguage(text)).toBe(tag);
    expect(parseLanguage(tag)).toBe(tag);
  });

  it.each([
    [''],
    [' fr'],
    ['e'],
    ['français'],
    ['en_US'],
    ['en-'],
    ['-en'],
    ['fr--CA'],
    ['toolonglanguage'],
    ['French'],
    ['arabic-EG'],
    ['root'],
    ['en,fr'],
    ['*'],
    ['fr\0'],
    ['🙂'],
    // What says how to sort and count, or has a meaning for a few only.
    ['en-u-ca-buddhist'],
    ['en-t-jp'],
    ['en-a-bbb'],
    ['en-x-twain'],
    ['x-private'],
    ['fr-abcde-abcde'],
    ['x'.repeat(100_000)],
  ])('refuses %j', (text) => {
    expect(() => parseLanguage(text)).toThrow(RangeError);
    expect(() => parseLanguage(text)).toThrow(/is not a BCP 47 language\. Write it like fr, en-GB or ar-Latn\.$/);
    expect(() => parseLanguage(text)).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{0,110}$/s) }));
  });

  it('gives a tag that stays as it is, or throws a RangeError', () => {
    const random = new Random(seed);
    const subtags = ['en', 'FR', 'ar', 'Latn', 'arab', 'US', 'ca', '419', '1996', 'x', 'u', 'ca', 'a', '', 'zzzzzzzzz', 'é', 'fonipa'];
    let read = 0;
    for (let i = 0; i < 2_000; i++) {
      const text = Array.from({ length: 1 + random.below(4) }, () => random.pick(subtags)).join(random.pick(['-', '-', '-', '_']));
      try {
        const tag = parseLanguage(text);
        read++;
        expect(parseLanguage(tag)).toBe(tag);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }
    expect(read).toBeGreaterThan(100);
  });
});

describe('pickLanguage', () => {
  it.each<[name: string, there: string[], preferred: string[], picked: string | undefined]>([
    ['the same tag', ['en', 'fr', 'fr-CA'], ['fr-CA'], 'fr-CA'],
    ['a shorter one before a longer one', ['zh-Hans-CN', 'zh'], ['zh-Hans'], 'zh'],
    ['a shorter one', ['en', 'fr'], ['fr-CA'], 'fr'],
    ['one that is shorter by two', ['en', 'zh'], ['zh-Hans-CN'], 'zh'],
    ['a longer one', ['en', 'fr-CA'], ['fr'], 'fr-CA'],
    ['the first of several longer ones', ['en', 'fr-BE', 'fr-CA'], ['fr'], 'fr-BE'],
    ['the first wish that can be met', ['en', 'fr'], ['de', 'fr', 'en'], 'fr'],
    ['a longer one of the first wish before the second wish', ['en', 'fr-CA'], ['fr', 'en'], 'fr-CA'],
    ['the first that is there when no wish can be met', ['ar', 'fr'], ['de', 'it'], 'ar'],
    ['the first that is there without wishes', ['ar', 'fr'], [], 'ar'],
    ['nothing when nothing is there', [], ['fr'], undefined],
    ['no language that only starts with the same letters', ['en', 'fro'], ['fr'], 'en'],
    ['no sister of the wish', ['de', 'en-US'], ['en-GB'], 'de'],
  ])('takes %s', (_name, there, preferred, picked) => {
    expect(pickLanguage(there, preferred)).toBe(picked);
  });

  it('takes one of those that are there, and the wish itself if it is', () => {
    const random = new Random(seed);
    const tags = ['fr', 'fr-CA', 'fr-BE', 'en', 'en-GB', 'ar', 'ar-Latn', 'zh-Hans-CN', 'zh-Hant'];
    for (let i = 0; i < 1_000; i++) {
      const there = tags.filter(() => random.chance(0.4));
      const wish = random.pick(tags);
      const picked = pickLanguage(there, [wish, random.pick(tags)]);
      if (there.length > 0) expect(there).toContain(picked);
      if (there.includes(wish)) expect(picked).toBe(wish);
    }
  });
});

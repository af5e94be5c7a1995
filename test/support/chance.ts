// Chance that can be repeated: the same seed gives the same values. A test that fails prints its seed;
// VERBATIM_SEED tries another, and VERBATIM_ROUNDS=10 goes on ten times as long.

/** What the random tests of this run start from. */
export const seed = Number(process.env.VERBATIM_SEED ?? 20_211_209);

const more = Number(process.env.VERBATIM_ROUNDS ?? 1);

/** How often a random test does what it does: as often as it usually does, or VERBATIM_ROUNDS times that. */
export const rounds = (usual: number): number => Math.ceil(usual * more);

if (process.env.VERBATIM_SEED) console.info(`VERBATIM_SEED=${seed}`);

/** A stretch of time, known on both sides or not. */
export interface Bounds {
  earliest: Date | null;
  latest: Date | null;
}

/** A date as EDTF with its bounds, reckoned here and not by the code under test. */
export interface RandomDate extends Bounds {
  edtf: string;
}

/** A generator (mulberry32), and the values that tests draw from it. */
export class Random {
  #state: number;

  constructor(from: number) {
    this.#state = from >>> 0;
  }

  /** From 0 to 1, without 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to `end`, without `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    const one = from[this.below(from.length)];
    if (one === undefined) throw new Error('There is nothing to pick from.');
    return one;
  }

  /** One of these, the first ones far more often: what many things hang on. */
  favourite<T>(from: readonly T[]): T {
    return this.chance(0.4) ? this.pick(from.slice(0, 2)) : this.pick(from);
  }

  /** Nothing, or what is made. */
  maybe<T>(probability: number, make: () => T): T | undefined {
    return this.chance(probability) ? make() : undefined;
  }

  list<T>(length: number, make: (i: number) => T): T[] {
    return Array.from({ length }, (_, i) => make(i));
  }

  shuffled<T>(list: readonly T[]): T[] {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
    }
    return copy;
  }

  /** A UUID of version 7, of a moment that has nothing to do with when it is drawn. */
  uuid(): string {
    const hex = this.list(32, () => this.below(16).toString(16));
    hex.splice(0, 5, '0', '1', '7', 'd', 'b');
    hex[12] = '7';
    hex[16] = this.pick(['8', '9', 'a', 'b']);
    return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  /** One of a few hundred instants, so that some are equal. */
  instant(): Date {
    return new Date(Date.UTC(2022, 0, 1 + this.below(40), this.below(3), 0, 0, this.below(3)));
  }

  words(count: number): string {
    return this.list(count, () => this.pick(words)).join(' ');
  }

  /** A sentence of 2 to 9 words. */
  text(): string {
    return this.words(2 + this.below(8));
  }

  language(): string {
    return this.pick(languages);
  }

  /** A text in one to three languages. */
  localized(make = () => this.text()): Record<string, string> {
    return Object.fromEntries(this.list(1 + this.below(3), () => [this.language(), make()]));
  }

  date(): RandomDate {
    return this.chance(0.65) ? this.#time() : this.#interval();
  }

  #time(): RandomDate {
    const year = this.chance(0.9) ? 2019 + this.below(4) : this.pick([44, 1921, 1999, 9999]);
    const month = 1 + this.below(12);
    const day = 1 + this.below(28);
    const [y, m, d] = [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')];
    const mark = this.chance(0.3) ? this.pick(['~', '?', '%']) : '';
    const inYear = { earliest: midnight(year, 1, 1), latest: before(year + 1, 1, 1) };
    const inMonth = { earliest: midnight(year, month, 1), latest: before(year, month + 1, 1) };
    const inDay = { earliest: midnight(year, month, day), latest: before(year, month, day + 1) };
    const noon = new Date(midnight(year, month, day).getTime() + 12 * 3_600_000);
    return this.pick([
      { edtf: `${y}-${m}-${d}${mark}`, ...inDay },
      { edtf: `${y}-${m}-${d}`, ...inDay },
      { edtf: `${y}-${m}${mark}`, ...inMonth },
      { edtf: `${y}${mark}`, ...inYear },
      { edtf: `${y}-${m}-XX`, ...inMonth },
      { edtf: `${y}-XX`, ...inYear },
      { edtf: `${y.slice(0, 3)}X`, earliest: midnight(year - (year % 10), 1, 1), latest: before(year - (year % 10) + 10, 1, 1) },
      { edtf: `${y}-${m}-${d}T12:00:00Z`, earliest: noon, latest: noon },
    ]);
  }

  #interval(): RandomDate {
    // Digits may be left open in a date by itself only.
    const whole = () => {
      for (;;) {
        const time = this.#time();
        if (!time.edtf.includes('X')) return time;
      }
    };
    const [a, b] = [whole(), whole()].sort((one, other) => Number(one.earliest) - Number(other.earliest)) as [RandomDate, RandomDate];
    const latest = Number(a.latest) > Number(b.latest) ? a : b;
    return this.pick([
      { edtf: `${a.edtf}/${latest.edtf}`, earliest: a.earliest, latest: latest.latest },
      { edtf: `${a.edtf}/..`, earliest: a.earliest, latest: null },
      { edtf: `../${a.edtf}`, earliest: null, latest: a.latest },
      { edtf: `${a.edtf}/`, earliest: a.earliest, latest: null },
      { edtf: `/${a.edtf}`, earliest: null, latest: a.latest },
      { edtf: '../..', earliest: null, latest: null },
    ]);
  }
}

function midnight(year: number, month: number, day: number): Date {
  const date = new Date(Date.UTC(2000, month - 1, day));
  // Date.UTC takes the years 0 to 99 for those of the last century.
  date.setUTCFullYear(year + (date.getUTCFullYear() - 2000));
  return date;
}

const before = (year: number, month: number, day: number) => new Date(midnight(year, month, day).getTime() - 1);

export const languages = ['fr', 'fr-CA', 'en', 'en-GB', 'es', 'de', 'ar', 'fa', 'it', 'zh-Hant'];

/** Words of many scripts, and what is special to SQL, to LIKE, to JSON and to the syntax of searches. */
export const words = [
  'Irak',
  'coalition',
  'coalitions',
  'général',
  'Général',
  'opérations',
  'opération',
  'mission',
  'missions',
  'retrait',
  'fin',
  'combat',
  'troops',
  'announced',
  'announces',
  'ending',
  'Ångström',
  'naïve',
  'operación',
  'operaciones',
  'españoles',
  'Häuser',
  'Haus',
  'Straße',
  'التحالف',
  'العراق',
  'العمليات',
  'Багдад',
  'войска',
  '聯軍',
  '伊拉克',
  'Kadhimi',
  'Kazimi',
  'McKenzie',
  "l'Irak",
  'Al-Asad',
  'e\u0301tat',
  '100%',
  '%',
  '_',
  'a_b',
  'a\\b',
  '\\',
  "'",
  '"',
  '“quoted”',
  '<b>',
  '&',
  '🕊️',
  '𝔄𝔩',
  '👩🏽‍🚒',
  'NULL',
  '{}',
  '$1',
  '--',
  ':*',
  '|',
  '!',
] as const;

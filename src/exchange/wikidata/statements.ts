import { z } from 'zod';
import type { Findings } from '../reading/findings.ts';
import type { Where } from '../unreadable.ts';

// What an entity says: statements, each with a value, a rank and qualifiers.

/** A map as PHP writes it: one that is empty is a list. */
export const mapOf = <T extends z.ZodType>(schema: T) =>
  z.union([z.record(z.string(), schema), z.tuple([]).transform((): Record<string, z.output<T>> => ({}))], {
    error: 'it is not of the form that Wikidata has',
  });

const snak = z.object({
  snaktype: z.enum(['value', 'somevalue', 'novalue']),
  datavalue: z.object({ value: z.unknown() }).optional(),
});

const statement = z.object({
  id: z.string().optional(),
  rank: z.enum(['preferred', 'normal', 'deprecated']).default('normal'),
  mainsnak: snak,
  qualifiers: mapOf(z.array(snak)).default({}),
  references: z.array(z.unknown()).default([]),
});

type Snak = z.infer<typeof snak>;
export type Statement = z.infer<typeof statement>;

const item = z.union([z.object({ id: z.string().regex(/^Q[1-9]\d*$/) }), z.object({ 'numeric-id': z.int().positive() })]);

/** The id of the item that a value names. */
export function itemOf({ datavalue }: Snak): string | undefined {
  const { data } = item.safeParse(datavalue?.value);
  if (!data) return undefined;
  return 'id' in data ? data.id : `Q${data['numeric-id']}`;
}

export function textOf({ datavalue }: Snak): string | undefined {
  return typeof datavalue?.value === 'string' && datavalue.value.trim() !== '' ? datavalue.value : undefined;
}

/** The statements of an entity by property. What nobody asks for is counted as left. */
export class Claims {
  readonly #claims: Readonly<Record<string, readonly unknown[]>>;
  readonly #at: Where;
  readonly #findings: Findings | undefined;
  readonly #asked = new Set<string>();

  /** @param findings is told what is wrong or left, if anybody wants to know. */
  constructor(claims: Readonly<Record<string, readonly unknown[]>>, at: Where, findings?: Findings) {
    this.#claims = claims;
    this.#at = at;
    this.#findings = findings;
  }

  has(...properties: string[]): boolean {
    return properties.some((property) => Object.hasOwn(this.#claims, property));
  }

  /** The statements that aren't deprecated. */
  all(property: string): Statement[] {
    this.#asked.add(property);
    const read = (Object.hasOwn(this.#claims, property) ? (this.#claims[property] ?? []) : []).flatMap((each) => {
      const parsed = statement.safeParse(each);
      if (parsed.success) return [parsed.data];
      const path = [property, ...(parsed.error.issues[0]?.path ?? [])].join('.');
      this.#findings?.problem(this.#at, `A statement of ${path} is not of the form that Wikidata has, and was left out.`);
      return [];
    });
    const kept = read.filter(({ rank }) => rank !== 'deprecated');
    if (kept.length < read.length) this.#findings?.left('statements', 'deprecated', read.length - kept.length);
    const references = kept.reduce((sum, each) => sum + each.references.length, 0);
    if (references > 0) this.#findings?.left('statements', 'references', references);
    return kept;
  }

  /** The preferred statements, or the normal ones when there are none. */
  best(property: string): Statement[] {
    const all = this.all(property);
    const preferred = all.filter(({ rank }) => rank === 'preferred');
    return preferred.length > 0 ? preferred : all;
  }

  /** The one value that the best statements give; when they don't agree, or one can't be read, they are left. */
  one<T extends string>(property: string, read: (statement: Statement) => T | undefined): T | undefined {
    const values = new Set(this.best(property).map(read));
    const [value] = values;
    if (values.size === 1 && value !== undefined) return value;
    if (values.size > 0) this.leave(property, values.size > 1 ? 'several values' : 'a value that can’t be kept');
    return undefined;
  }

  leave(property: string, why?: string, count = 1): void {
    this.#findings?.left('claims', why ? `${property} with ${why}` : property, count);
  }

  leaveRest(): void {
    for (const [property, statements] of Object.entries(this.#claims)) {
      if (!this.#asked.has(property)) this.leave(property, undefined, statements.length);
    }
  }
}

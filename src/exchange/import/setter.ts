import type { Transaction } from '../../record/values.ts';

// Who gave a value that the record has: an import, or a person since.

/** The account that the history has for what an import did. */
export const accountOf = (importId: string): string => `import:${importId}`;

type Content = Readonly<Record<string, unknown>>;

interface Change {
  rowId: string;
  recordId: string;
  model: string;
  action: 'CREATE' | 'UPDATE' | 'DELETE';
  before: Content | null;
  after: Content | null;
  by: string | null;
}

/** What is to become of a value of the record that differs from the one that an import gives. */
export type Verdict =
  /** An import gave it, or nobody: the import may change it. */
  | 'take'
  /** An editor gave it, and the source says what it always said. */
  | 'keep'
  /** An editor gave it, and the source says something else. */
  | 'conflict';

/** The history of some records and their parts, as far as it tells who gave what. */
export class Setters {
  readonly #byRow = new Map<string, Change[]>();
  readonly #byRecord = new Map<string, Change[]>();
  readonly #formats: ReadonlyMap<string, string>;
  readonly #format: string;

  private constructor(changes: readonly Change[], formats: ReadonlyMap<string, string>, format: string) {
    for (const change of changes) {
      push(this.#byRow, change.rowId, change);
      push(this.#byRecord, change.recordId, change);
    }
    this.#formats = formats;
    this.#format = format;
  }

  /** Reads the history of some records, without what imports did that were undone since. */
  static async of(tx: Transaction, records: readonly string[], format: string): Promise<Setters> {
    const imports = await tx.import.findMany({ select: { id: true, format: true, undoneAt: true } });
    const undone = imports.filter(({ undoneAt }) => undoneAt).map(({ id }) => accountOf(id));
    const changes = await tx.$queryRawUnsafe<Change[]>(
      `SELECT "rowId"::text, "recordId"::text, "model", "action"::text, "before", "after", "by" FROM history.revision
       WHERE "recordId" = ANY ($1::uuid[]) AND NOT coalesce("by" = ANY ($2::text[]), false) ORDER BY id`,
      records,
      undone,
    );
    return new Setters(changes, new Map(imports.map((each) => [accountOf(each.id), each.format])), format);
  }

  #isImport({ by }: Change): boolean {
    return by !== null && this.#formats.has(by);
  }

  /**
   * Whether an import may give a column of a row another value.
   * @param incoming the value that it gives, as JSON has it.
   */
  verdict(rowId: string, column: string, incoming: unknown): Verdict {
    const changes = (this.#byRow.get(rowId) ?? []).filter(({ after }) => after && column in after);
    const last = changes.at(-1);
    if (!last || this.#isImport(last)) return 'take';
    // What nobody has said anything of is to be filled in.
    if (last.action === 'CREATE' && last.after?.[column] === null) return 'take';
    const lastImport = changes.findLastIndex((change) => this.#isImport(change));
    const given = changes[lastImport]?.after?.[column];
    return lastImport >= 0 && same(given, incoming) ? 'keep' : 'conflict';
  }

  /** Whether an import of this format gave a column of a row its value, so that one of this format may take it back. */
  isOurs(rowId: string, column: string): boolean {
    const last = (this.#byRow.get(rowId) ?? []).findLast(({ after }) => after && column in after);
    return last !== undefined && this.#formats.get(last.by ?? '') === this.#format;
  }

  /** Whether an import of this format made a part, and nobody touched it since. */
  isOurPart(rowId: string): boolean {
    const changes = this.#byRow.get(rowId) ?? [];
    return changes.length > 0 && changes.every(({ by }) => this.#formats.get(by ?? '') === this.#format);
  }

  /** Whether somebody changed or removed a part of a record by hand that once had this content. */
  wasTakenBack(recordId: string, table: string, isSame: (content: Content) => boolean): boolean {
    const rows = new Set((this.#byRecord.get(recordId) ?? []).filter(({ model }) => model === table).map(({ rowId }) => rowId));
    return [...rows].some((rowId) => {
      let content: Content = {};
      let had = false;
      let last: Change | undefined;
      for (const change of this.#byRow.get(rowId) ?? []) {
        had ||= isSame({ ...content, ...change.after });
        content = { ...content, ...change.after };
        last = change;
      }
      return had && last !== undefined && last.action !== 'CREATE' && !this.#isImport(last);
    });
  }

  /** Whether somebody changed parts of a record by hand. */
  changedByHand(recordId: string, table: string): boolean {
    return (this.#byRecord.get(recordId) ?? []).some((change) => change.model === table && !this.#isImport(change));
  }
}

/** Of some records that aren't there, those that somebody removed by hand. */
export async function removedByHand(tx: Transaction, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
    `SELECT w.id::text FROM unnest($1::uuid[]) AS w (id), LATERAL (
       SELECT r."action", r."by" FROM history.revision AS r WHERE r."rowId" = w.id ORDER BY r.id DESC LIMIT 1
     ) AS last WHERE last."action" = 'DELETE' AND coalesce(last."by" NOT LIKE 'import:%', true)`,
    ids,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whether two values are the same, as JSON has them. */
export function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** A value as text, whatever the order of its keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, each) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

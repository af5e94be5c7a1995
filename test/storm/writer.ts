import { Random } from '../support/chance.ts';
import * as changing from './changing.ts';
import * as making from './making.ts';
import type { Answer, Make, Operation } from './operation.ts';
import type { Pool } from './pool.ts';

// Those who write, over HTTP, and what they were told.

/** A mutation that was sent, and what came of it as far as its writer knows. */
export interface Entry extends Operation {
  word: string;
  /** Whether it was acknowledged, refused, or never answered: then it may be done or not. */
  outcome: 'DONE' | 'REFUSED' | 'UNKNOWN';
  /** The codes of what was wrong. */
  codes: string[];
  record?: Answer;
}

/** How often each is done. */
const weights: readonly (readonly [number, readonly Make[]])[] = [
  [6, [making.createAll]],
  [
    3,
    [making.createStatement, making.addAppearance, making.addCitation, making.addName, changing.updateDocument, changing.updateMembership],
  ],
  [3, [changing.updateStatement, changing.updatePerson, changing.publish]],
  [
    2,
    [making.createPerson, making.createEvent, making.createDocument, making.addMembership, making.addParticipation, making.addTranslation],
  ],
  [
    2,
    [
      changing.updateOrganization,
      changing.updatePlace,
      changing.updateEvent,
      changing.updateName,
      changing.retract,
      changing.revert,
      changing.remove,
    ],
  ],
  [
    1,
    [making.createOrganization, making.createPlace, making.addEventLink, making.addStatementLink, making.addReview, making.addIdentifier],
  ],
  [
    1,
    [
      changing.updateParticipation,
      changing.updateAppearance,
      changing.updateReview,
      changing.updateIdentifier,
      changing.updateTranslation,
      changing.merge,
      changing.unmerge,
    ],
  ],
];
const makes = weights.flatMap(([weight, list]) => list.flatMap((make) => Array.from({ length: weight }, () => make)));

/** What a storm begins with, so that there is something to change. */
export const firstMakes: readonly Make[] = [
  making.createOrganization,
  making.createPlace,
  making.createEvent,
  making.createPerson,
  making.createDocument,
  making.createAll,
  making.createAll,
];

/** Where the mutations are sent, and by whom. */
export interface Endpoint {
  address: string;
  token: string;
}

export class Writer {
  /** All that was sent, in order. */
  readonly journal: Entry[] = [];
  readonly #r: Random;
  readonly #pool: Pool;
  readonly #name: string;

  /** @param name a word that no other writer of the same database has. */
  constructor(name: string, seed: number, pool: Pool) {
    this.#name = name;
    this.#r = new Random(seed);
    this.#pool = pool;
  }

  /** Makes one mutation, of any kind unless one is named, and waits for the answer. */
  async write(endpoint: Endpoint, make?: Make): Promise<Entry> {
    const word = `${this.#name}n${this.journal.length}`;
    const draw = { r: this.#r, pool: this.#pool, word };
    let operation: Operation | undefined;
    while (!operation) operation = (make ?? this.#r.pick(makes))(draw);
    const entry: Entry = { ...operation, word, outcome: 'UNKNOWN', codes: [] };
    this.journal.push(entry);
    // Who is told to try again does.
    do await send(endpoint, entry);
    while (entry.codes.includes('BUSY'));
    if (entry.outcome === 'DONE' && entry.record) operation.learn?.(entry.record);
    return entry;
  }
}

interface Body {
  data?: Record<string, { record: Answer | null; errors: { code: string }[] } | null> | null;
  errors?: { extensions?: { code?: string } }[];
}

/** Sends a mutation and notes what came of it. */
async function send({ address, token }: Endpoint, entry: Entry): Promise<void> {
  const { mutation, input, asks = '' } = entry;
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  // Of removals the record is what they were removed from, which is of any kind.
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { record { id revision ${asks} } errors { code } } }`;
  let body: Body;
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables: { input } }),
    });
    body = (await response.json()) as Body;
  } catch {
    entry.codes = ['NO_ANSWER'];
    return;
  }
  const payload = body.data?.[mutation];
  if (!payload) {
    // Whether what failed within was done first can't be told from here.
    entry.codes = (body.errors ?? []).map(({ extensions }) => extensions?.code ?? 'NO_CODE');
    return;
  }
  entry.codes = [...payload.errors.map(({ code }) => code), ...(body.errors ?? []).map(({ extensions }) => extensions?.code ?? 'NO_CODE')];
  entry.outcome = payload.errors.length > 0 ? 'REFUSED' : 'DONE';
  if (payload.record) entry.record = payload.record;
}

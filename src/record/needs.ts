import type { RecordStatus } from '../generated/prisma/enums.ts';
import { listsOf, partModels, recordModels, referencesOf } from '../graph/model.ts';
import { delegate } from './delegate.ts';
import type { RecordKey } from './rule.ts';
import type { Transaction } from './values.ts';

// What a record says of others: it can't be published before they are.

export interface Need extends RecordKey {
  status: RecordStatus;
  /** What names it in an input, such as `speaker`, or `about` for one of several. */
  relation: string;
}

type Row = Record<string, unknown>;

/** The records that a record depends on, those of its parts included. */
export async function needsOf(tx: Transaction, { model, id }: RecordKey): Promise<Need[]> {
  const row = await delegate(tx, model).findUnique({ where: { id }, select: { id: true, ...selectNeeds(model) } });
  if (!row) return [];
  const named = (relation: string) => namesInInputs[`${model}.${relation}`] ?? relation;
  const own = referenced(model, row, named);
  const ofParts = partsOf(model).flatMap(({ relation, of }) =>
    (row[relation] as Row[]).flatMap((part) => referenced(of, part, () => named(relation))),
  );
  return [...own, ...ofParts].filter((need) => need.id !== id);
}

/** How inputs name what isn't named like its relation. */
const namesInInputs: Readonly<Record<string, string>> = {
  'Statement.speakerPerson': 'speaker',
  'Statement.speakerOrganization': 'speaker',
  'Statement.addresseePerson': 'addressee',
  'Statement.addresseeOrganization': 'addressee',
  'Statement.topics': 'about',
  // A translation names the document that printed it.
  'Statement.translations': 'document',
  'Membership.person': 'member',
  'Membership.memberOrganization': 'member',
  'Participation.person': 'participant',
  'Participation.organization': 'participant',
  'Review.reviewerPerson': 'reviewer',
  'Review.reviewerOrganization': 'reviewer',
};

/** A column that says what records of a model depend on: their own, or one of their parts. */
interface Dependence {
  /** The part, and its column that names the record. */
  part?: { model: string; column: string };
  column: string;
  /** As in a `Need`. */
  relation: string;
  to: string;
}

/** All that `needsOf` looks at, for a check of the whole record. */
export function dependencesOf(model: string): Dependence[] {
  const own = referencesToRecords(model).map(({ relation, column, to }) => ({ relation, column, to }));
  const ofParts = partsOf(model).flatMap(({ relation, of }) => {
    const owner = referencesOf(of).find(({ to }) => to === model);
    if (!owner) return [];
    const others = referencesToRecords(of).filter(({ column }) => column !== owner.column);
    return others.map(({ column, to }) => ({ part: { model: of, column: owner.column }, relation, column, to }));
  });
  return [...own, ...ofParts];
}

/** The links that hang on a record, and are not published yet. */
export async function draftLinksOf(tx: Transaction, { model, id }: RecordKey): Promise<RecordKey[]> {
  const links = listsOf(model).filter(({ of }) => isLink(of) && referencesOf(of).some(({ to }) => to === model));
  if (links.length === 0) return [];
  const select = Object.fromEntries(links.map(({ relation }) => [relation, { where: { status: 'DRAFT' }, select: { id: true } }]));
  const row = await delegate(tx, model).findUnique({ where: { id }, select: { id: true, ...select } });
  return links.flatMap(({ relation, of }) => ((row?.[relation] ?? []) as { id: string }[]).map((link) => ({ model: of, id: link.id })));
}

const links = new Set(['Membership', 'Participation', 'EventLink', 'StatementLink', 'Appearance', 'Citation', 'Review']);

/** Whether the model's records bind others together, rather than standing for something by themselves. */
export function isLink(model: string): boolean {
  return links.has(model);
}

function partsOf(model: string) {
  return listsOf(model).filter(({ relation, of }) => (partModels as readonly string[]).includes(of) && isOwner(model, relation, of));
}

/** A translation is a part of its statement, and not of the document that printed it. */
function isOwner(model: string, relation: string, part: string): boolean {
  if (part === 'Translation') return model === 'Statement';
  if (part === 'StatementTopic') return model === 'Statement';
  if (part === 'DocumentAuthor') return model === 'Document' && relation === 'authors';
  return true;
}

const needed = { select: { id: true, status: true } };

function referencesToRecords(model: string) {
  return referencesOf(model).filter(({ relation, to }) => recordModels.includes(to) && relation !== 'mergedInto');
}

function selectNeeds(model: string): Row {
  const select = (of: string) => Object.fromEntries(referencesToRecords(of).map(({ relation }) => [relation, needed]));
  return {
    ...select(model),
    ...Object.fromEntries(partsOf(model).map(({ relation, of }) => [relation, { select: select(of) }])),
  };
}

function referenced(model: string, row: Row, name: (relation: string) => string): Need[] {
  return referencesToRecords(model).flatMap(({ relation, to }) => {
    const target = row[relation] as { id: string; status: RecordStatus } | null;
    return target ? [{ model: to, id: target.id, status: target.status, relation: name(relation) }] : [];
  });
}

import { decline } from './decline.ts';

// What a Prisma data model says, looked up by name: the only place that identifiers come from.

interface DatamodelField {
  readonly name: string;
  readonly dbName?: string | null;
  /** `scalar`, `enum` or `object`; anything else is declined. */
  readonly kind: string;
  readonly type: string;
  readonly isList: boolean;
  readonly isRequired: boolean;
  readonly isUnique?: boolean;
  readonly isId?: boolean;
  readonly relationName?: string | null;
  readonly relationFromFields?: readonly string[];
  readonly relationToFields?: readonly string[];
}

interface DatamodelModel {
  readonly dbName?: string | null;
  readonly fields: readonly DatamodelField[];
  readonly primaryKey?: { readonly fields: readonly string[] } | null;
  readonly uniqueIndexes?: readonly { readonly fields: readonly string[] }[];
}

/** A data model as Prisma's DMMF and Pothos's generator write it. */
export interface Datamodel {
  readonly models: Readonly<Record<string, DatamodelModel>>;
}

/** A column. */
export interface Column {
  readonly kind: 'column';
  readonly name: string;
  /** As it stands in SQL, quoted. */
  readonly sql: string;
  /** A Prisma type, or `Enum`. */
  readonly type: string;
  readonly isList: boolean;
  readonly isRequired: boolean;
}

/** A relation, over one column on each side. */
export interface Relation {
  readonly kind: 'relation';
  readonly name: string;
  readonly to: string;
  readonly isList: boolean;
  readonly isRequired: boolean;
  /** The column here, and the one there, quoted; undefined where more than one column binds them. */
  readonly on: { readonly own: string; readonly other: string; readonly isOwned: boolean } | undefined;
}

export interface Model {
  readonly name: string;
  /** As it stands in SQL, quoted. */
  readonly table: string;
  readonly fields: ReadonlyMap<string, Column | Relation>;
  readonly columns: readonly Column[];
  /** What Prisma sorts by when a page is asked for without an order; undefined when that isn't clear. */
  readonly identifier: readonly Column[] | undefined;
}

export type Models = ReadonlyMap<string, Model>;

/** The longest name that PostgreSQL keeps whole. */
const longestName = 63;

function quoted(name: string): string {
  if (Buffer.byteLength(name) > longestName) throw new Error(`PostgreSQL would cut the name ${name} short.`);
  return `"${name.replaceAll('"', '""')}"`;
}

/** Reads a data model, once. */
export function modelsOf({ models }: Datamodel): Models {
  return new Map(Object.keys(models).map((name) => [name, modelOf(name, models)]));
}

function modelOf(name: string, models: Datamodel['models']): Model {
  const { dbName, fields, primaryKey, uniqueIndexes = [] } = models[name] as DatamodelModel;
  const known = fields.flatMap((field): (Column | Relation)[] => {
    if (field.kind === 'object') return [relationOf(name, field, models)];
    if (field.kind !== 'scalar' && field.kind !== 'enum') return [];
    const type = field.kind === 'enum' ? 'Enum' : field.type;
    const { isList, isRequired } = field;
    return [{ kind: 'column', name: field.name, sql: quoted(field.dbName ?? field.name), type, isList, isRequired }];
  });
  const columns = known.filter((field) => field.kind === 'column');
  const identifying = fields.find(({ isId }) => isId) ?? fields.find(({ isUnique, isRequired }) => isUnique && isRequired);
  const names = identifying ? [identifying.name] : (primaryKey?.fields ?? uniqueIndexes[0]?.fields ?? []);
  const identifier = names.flatMap((each) => columns.filter((column) => column.name === each && column.isRequired));
  return {
    name,
    table: quoted(dbName ?? name),
    fields: new Map(known.map((field) => [field.name, field])),
    columns,
    identifier: identifier.length > 0 && identifier.length === names.length ? identifier : undefined,
  };
}

function relationOf(model: string, field: DatamodelField, models: Datamodel['models']): Relation {
  const { name, type: to, isList, isRequired } = field;
  const isOwned = (field.relationFromFields ?? []).length > 0;
  const opposite = models[to]?.fields.find(
    (other) =>
      other.relationName === field.relationName &&
      other.type === model &&
      (other.relationFromFields ?? []).length > 0 &&
      !(to === model && other.name === name),
  );
  const owner = isOwned ? field : opposite;
  const [owning, owned] = isOwned ? [model, to] : [to, model];
  const [from, ...more] = owner?.relationFromFields ?? [];
  const target = owner?.relationToFields?.[0] ?? models[owned]?.fields.find(({ isId }) => isId)?.name;
  const far = column(models[owned], target);
  const near = column(models[owning], from);
  const on = near && far && more.length === 0 ? (isOwned ? [near, far] : [far, near]) : undefined;
  return { kind: 'relation', name, to, isList, isRequired, on: on && { own: on[0] ?? '', other: on[1] ?? '', isOwned } };
}

function column(model: DatamodelModel | undefined, name: string | undefined): string | undefined {
  const field = model?.fields.find((candidate) => candidate.name === name);
  return field && quoted(field.dbName ?? field.name);
}

/** @throws {Declined} when there is no such model. */
export function modelNamed(models: Models, name: string): Model {
  return models.get(name) ?? decline(`no model ${name}`);
}

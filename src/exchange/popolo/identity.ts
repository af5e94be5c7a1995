import { basename } from 'node:path';
import { stableId } from '../ids.ts';
import type { ExchangeIdentifier, Ref } from '../record.ts';
import type { Source } from '../source.ts';
import type { PopoloClass } from './classes.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * How the ids of a file become ids of the record. They are unique in their file only, and for each class: they become
 * identifiers with a scheme of the file's name, such as `popolo.estonia-ep-popolo: persons/bc584d7f…`. The ids of a file
 * that this server wrote are those of the records themselves; it says so in `meta`.
 */
export class Identity {
  readonly scheme: string;
  isOwn = false;

  constructor(scheme: string) {
    this.scheme = scheme;
  }

  /** The id of an object; of one that has none, by what else tells it. */
  id(kind: PopoloClass, id: string | undefined, ...key: readonly string[]): string {
    if (id === undefined) return stableId('popolo', this.scheme, kind, '', ...key);
    return this.isOwn && uuid.test(id) ? id : stableId('popolo', this.scheme, kind, id);
  }

  identifier(kind: PopoloClass, id: string | undefined): ExchangeIdentifier[] {
    return id === undefined || (this.isOwn && uuid.test(id)) ? [] : [{ scheme: this.scheme, value: `${kind}/${id}` }];
  }

  /** By the identifier, since the record may have been there before, with an id of its own. */
  ref(kind: PopoloClass, id: string): Ref {
    const [identifier] = this.identifier(kind, id);
    return identifier ? { identifier } : { id };
  }
}

/** The scheme of a source: the name of its only file, or of its folder, without its version. */
export function schemeOf(source: Source): string {
  const [file] = source.files;
  const name = basename(source.files.length === 1 && file ? file.name : source.name);
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\.json$/, '')
    .replace(/[-_. ]v?\d+(\.\d+)*$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug ? `popolo.${slug}` : 'popolo';
}

/** The name of a scheme as the record has them; undefined when nothing of it is left. */
export function validScheme(text: string): string | undefined {
  const scheme = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .replace(/-+$/, '');
  return scheme || undefined;
}

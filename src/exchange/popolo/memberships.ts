import { z } from 'zod';
import { Fields, present } from '../reading/fields.ts';
import type { Findings } from '../reading/findings.ts';
import type { ExchangeMembership } from '../record.ts';
import { Unreadable, type Where } from '../unreadable.ts';
import type { PopoloClass } from './classes.ts';
import type { Identity } from './identity.ts';
import { code, objectsIn, placeOf, refId, text } from './parts.ts';

/** How much text of memberships and posts is held, in characters. */
export const standardLimit = 64 * 1024 * 1024;

interface Post {
  role?: string;
  label?: string;
  organization?: string;
}

interface Held {
  at: Where;
  id?: string;
  organization?: string;
  post?: string;
  onBehalfOf?: string;
  role?: string;
  label?: string;
  startDate?: string;
  endDate?: string;
  /** What else tells it from others of the same member: its area and its period. */
  more: string;
}

/**
 * The memberships of a source by their members, gathered before anything is given: the record has them with their
 * members, and a file may have them before, behind, or in the persons.
 */
export class Memberships {
  readonly #identity: Identity;
  readonly #findings: Findings;
  readonly #limit: number;
  readonly #byMember = new Map<string, Held[]>();
  readonly #posts = new Map<string, Post>();
  #held = 0;

  constructor(identity: Identity, findings: Findings, limit = standardLimit) {
    this.#identity = identity;
    this.#findings = findings;
    this.#limit = limit;
  }

  /** @throws {Unreadable} when there are too many to be held. */
  addPost(at: Where, value: object): void {
    const fields = new Fields(value, 'posts', placeOf(at, value), this.#findings);
    const id = fields.take('id', code);
    const post = present({
      role: fields.take('role', text),
      label: fields.take('label', text),
      organization: refId(fields, 'organization'),
    });
    fields.leaveRest();
    if (id === undefined) this.#findings.left('posts', 'without an id');
    else {
      this.#hold(at, JSON.stringify(post).length + id.length);
      this.#posts.set(id, post);
    }
  }

  /**
   * @param person whose membership it is, when it stands in a person.
   * @throws {Unreadable} when there are too many to be held.
   */
  add(at: Where, value: object, person?: string): void {
    this.#addFields(new Fields(value, 'memberships', placeOf(at, value), this.#findings), person);
  }

  /** Those that stand in a person. */
  addOf(at: Where, value: object): void {
    const person = new Fields(value, 'persons', at, this.#findings);
    const id = person.take('id', code);
    for (const each of objectsIn(person, 'memberships', 'persons', this.#findings)) this.#addFields(each, id);
  }

  #addFields(fields: Fields, person: string | undefined): void {
    const { at } = fields;
    const member = memberOf(fields, person);
    const area = refId(fields, 'area');
    const period = fields.take('legislative_period_id', code);
    if (area !== undefined) this.#findings.left('memberships', 'area_id');
    // Its dates are the period's, not those of the membership: nobody said that it lasted as long.
    if (period !== undefined) this.#findings.left('memberships', 'legislative_period_id');
    const held: Held = present({
      at,
      id: fields.take('id', code),
      organization: refId(fields, 'organization'),
      post: refId(fields, 'post'),
      onBehalfOf: refId(fields, 'on_behalf_of'),
      role: fields.take('role', text),
      label: fields.take('label', text),
      startDate: fields.date('start_date', text),
      endDate: fields.date('end_date', text),
      more: JSON.stringify([area, period]),
    });
    fields.leaveRest();
    if (member === undefined) {
      this.#findings.problem(at, 'The membership names no person and no member: it was left out.');
      return;
    }
    this.#hold(at, JSON.stringify(held).length);
    const others = this.#byMember.get(member);
    if (others) others.push(held);
    else this.#byMember.set(member, [held]);
  }

  #hold(at: Where, length: number): void {
    this.#held += length;
    if (this.#held > this.#limit) {
      const megabytes = Math.round(this.#limit / 1024 / 1024);
      throw new Unreadable(`Up to here are more than ${megabytes} MB of memberships, which are held in memory. Divide the file.`, at);
    }
  }

  /** The memberships of a person or an organization, which are given once. */
  of(kind: PopoloClass, id: string | undefined): ExchangeMembership[] {
    const member = `${kind}/${id ?? ''}`;
    const held = this.#byMember.get(member) ?? [];
    this.#byMember.delete(member);
    const seen = new Map<string, number>();
    return held.flatMap((each) => {
      const post = each.post === undefined ? undefined : this.#posts.get(each.post);
      if (each.post !== undefined && !post) this.#findings.problem(each.at, `There is no post "${each.post}" in the file.`);
      const organization = each.organization ?? post?.organization;
      if (organization === undefined) {
        this.#findings.problem(each.at, 'The membership names no organization: it was left out.');
        return [];
      }
      const role = each.role ?? post?.role;
      const key = [member, organization, role ?? '', each.onBehalfOf ?? '', each.startDate ?? '', each.more];
      const count = seen.get(key.join('\n')) ?? 0;
      seen.set(key.join('\n'), count + 1);
      const membership: ExchangeMembership = present({
        id: this.#identity.id('memberships', each.id, ...key, String(count)),
        organization: this.#identity.ref('organizations', organization),
        role,
        label: each.label ?? post?.label,
        onBehalfOf: each.onBehalfOf === undefined ? undefined : this.#identity.ref('organizations', each.onBehalfOf),
        startDate: each.startDate,
        endDate: each.endDate,
      });
      return [membership];
    });
  }

  /** Tells of those whose member didn't come. */
  tellLost(): void {
    for (const [member, held] of this.#byMember) {
      for (const { at } of held) this.#findings.problem(at, `There is no "${member}" in the file: the membership was left out.`);
    }
    this.#byMember.clear();
  }
}

const embeddedMember = z.object({ '@type': text.optional(), id: code.optional() }, { error: 'it is not an object' });

/** The member as `persons/<id>` or `organizations/<id>`. */
function memberOf(fields: Fields, person: string | undefined): string | undefined {
  const id = refId(fields, 'person') ?? person;
  const member = fields.take('member', embeddedMember);
  if (id !== undefined) return `persons/${id}`;
  if (member?.id === undefined) return undefined;
  return `${member['@type']?.toLowerCase() === 'organization' ? 'organizations' : 'persons'}/${member.id}`;
}

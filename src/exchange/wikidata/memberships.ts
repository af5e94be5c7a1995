import { stableId } from '../ids.ts';
import { present } from '../reading/fields.ts';
import type { Findings } from '../reading/findings.ts';
import type { ExchangeMembership } from '../record.ts';
import type { Index } from './index-of-entities.ts';
import { type Claims, itemOf, type Statement } from './statements.ts';
import { edtfOf } from './time.ts';

/** What each says of the place that is held: the organization itself (P39 names an office instead). */
const properties = {
  Person: { P39: undefined, P102: 'member', P463: 'member', P108: undefined },
  Organization: { P463: 'member' },
} as const satisfies Record<string, Readonly<Record<string, string | undefined>>>;

interface Member {
  id: string;
  claims: Claims;
  findings: Findings;
}

/** The places that a person or an organization holds. The organizations need not be in the source. */
export function membershipsOf(member: Member, type: 'Person' | 'Organization', index: Index): ExchangeMembership[] {
  return Object.entries(properties[type]).flatMap(([property, role]) =>
    member.claims.all(property).flatMap((statement, i) => membershipOf(member, property, role, statement, i, index) ?? []),
  );
}

function membershipOf(
  { id, claims, findings }: Member,
  property: string,
  role: string | undefined,
  statement: Statement,
  position: number,
  index: Index,
): ExchangeMembership | undefined {
  const target = itemOf(statement.mainsnak);
  const office = property === 'P39' ? index.officeOf(target) : undefined;
  // Of an office, the organization is in a qualifier: "of" it, or the parliamentary group that its holder sat with.
  const organization =
    property === 'P39' ? (qualifierItem(statement, 'P642') ?? office?.organization ?? qualifierItem(statement, 'P4100')) : target;
  if (organization === undefined) {
    claims.leave(property, 'no organization');
    return undefined;
  }
  for (const [qualifier, { length }] of Object.entries(statement.qualifiers)) {
    if (!['P580', 'P582', ...(property === 'P39' ? ['P642', 'P4100'] : [])].includes(qualifier))
      findings.left(`qualifiers of ${property}`, qualifier, length);
  }
  return present({
    id: statement.id === undefined ? stableId('wikidata', id, property, organization, String(position)) : statementId(statement.id),
    organization: { identifier: { scheme: 'wikidata', value: organization } },
    role: role ?? office?.label,
    startDate: qualifierDate(statement, 'P580', property, findings),
    endDate: qualifierDate(statement, 'P582', property, findings),
  });
}

/** Old statements have ids in small letters, which are the same. */
const statementId = (id: string) => stableId('wikidata', 'statement', id.toUpperCase());

function qualifierItem({ qualifiers }: Statement, property: string): string | undefined {
  const items = new Set((Object.hasOwn(qualifiers, property) ? (qualifiers[property] ?? []) : []).map(itemOf));
  return items.size === 1 ? [...items][0] : undefined;
}

function qualifierDate({ qualifiers }: Statement, name: string, property: string, findings: Findings): string | undefined {
  const snaks = Object.hasOwn(qualifiers, name) ? (qualifiers[name] ?? []) : [];
  const dates = new Set(snaks.map((each) => edtfOf(each)));
  const [date] = dates;
  if (dates.size === 1 && date !== undefined) return date;
  if (dates.size > 0) findings.left(`qualifiers of ${property}`, `${name} that can’t be kept`);
  return undefined;
}

import type { MembershipInput } from '../organizations/write-membership.ts';
import { idsOf } from './ids.ts';
import { organization } from './organizations.ts';
import { person } from './people.ts';

/** As the article states them: it tells when none of them began, and when one ended. */
export const memberships = {
  'araji/iraq': {
    member: { person: person('araji') },
    organizationId: organization('iraq'),
    role: 'national security adviser',
    label: 'National Security Adviser of Iraq',
  },
  'mckenzie/centcom': {
    member: { person: person('mckenzie') },
    organizationId: organization('centcom'),
    role: 'commander',
    label: 'Commander of United States Central Command',
  },
  'biden/united-states': {
    member: { person: person('biden') },
    organizationId: organization('united-states'),
    role: 'president',
    label: 'President of the United States',
  },
  'kadhimi/iraq': {
    member: { person: person('kadhimi') },
    organizationId: organization('iraq'),
    role: 'prime minister',
    label: 'Prime Minister of Iraq',
  },
  'shammari/joint-operations-command': {
    member: { person: person('shammari') },
    organizationId: organization('joint-operations-command'),
    role: 'deputy commander',
    label: 'Deputy Commander of the Joint Operations Command – Iraq',
  },
  'soleimani/quds-force': {
    member: { person: person('soleimani') },
    organizationId: organization('quds-force'),
    role: 'commander',
    label: 'Commander of the Quds Force',
    // He was its commander when he was killed.
    endDate: '2020-01',
  },
  'united-states/coalition': {
    member: { organization: organization('united-states') },
    organizationId: organization('coalition'),
    role: 'leader',
    label: 'Founder and leader of the Coalition',
  },
} as const satisfies Record<string, MembershipInput>;

export const membership = idsOf('membership', memberships);

import type { EventLinkInput, ParticipationInput } from '../events/write-links.ts';
import { event } from './events.ts';
import { idsOf } from './ids.ts';
import { organization } from './organizations.ts';
import { person } from './people.ts';

/** Who took part in the events. The article doesn't name who attacked al-Kadhimi: that event has no actor. */
export const participations = {
  'change-of-role/us-forces': {
    eventId: event('change-of-role'),
    participant: { organization: organization('us-forces') },
    role: 'ACTOR',
    note: 'change their role',
  },
  'tensions/iran': {
    eventId: event('tensions'),
    participant: { organization: organization('iran') },
    role: 'ACTOR',
  },
  'tensions/united-states': {
    eventId: event('tensions'),
    participant: { organization: organization('united-states') },
    role: 'ACTOR',
  },
  'combat-missions/coalition': {
    eventId: event('combat-missions'),
    participant: { organization: organization('coalition') },
    role: 'ACTOR',
  },
  'combat-missions/islamic-state': {
    eventId: event('combat-missions'),
    participant: { organization: organization('islamic-state') },
    role: 'RECIPIENT',
    note: 'was fought',
  },
  'agreement/biden': {
    eventId: event('agreement'),
    participant: { person: person('biden') },
    role: 'ACTOR',
    note: 'for the United States',
  },
  'agreement/kadhimi': {
    eventId: event('agreement'),
    participant: { person: person('kadhimi') },
    role: 'ACTOR',
    note: 'for Iraq',
  },
  'meeting/iraq': {
    eventId: event('meeting'),
    participant: { organization: organization('iraq') },
    role: 'ACTOR',
    note: 'senior military officials',
  },
  'meeting/coalition': {
    eventId: event('meeting'),
    participant: { organization: organization('coalition') },
    role: 'ACTOR',
    note: 'leaders',
  },
  'end-of-missions/coalition': {
    eventId: event('end-of-missions'),
    participant: { organization: organization('coalition') },
    role: 'ACTOR',
    note: 'ends its combat missions',
  },
  'iraqi-forces-take-over/iraqi-security-forces': {
    eventId: event('iraqi-forces-take-over'),
    participant: { organization: organization('iraqi-security-forces') },
    role: 'ACTOR',
    note: 'are to protect the international troops and to face Daesh, alone',
  },
  'iraqi-forces-take-over/islamic-state': {
    eventId: event('iraqi-forces-take-over'),
    participant: { organization: organization('islamic-state') },
    role: 'RECIPIENT',
    note: 'is to be faced by the Iraqi forces alone',
  },
  'deadline/united-states': {
    eventId: event('deadline'),
    participant: { organization: organization('united-states') },
    role: 'ACTOR',
    note: 'is to end its combat effort',
  },
  'strike-on-soleimani/us-forces': {
    eventId: event('strike-on-soleimani'),
    participant: { organization: organization('us-forces') },
    role: 'ACTOR',
    note: 'attacked the vehicle',
  },
  'strike-on-soleimani/soleimani': {
    eventId: event('strike-on-soleimani'),
    participant: { person: person('soleimani') },
    role: 'RECIPIENT',
    note: 'was in the vehicle; killed',
  },
  'missiles-on-al-asad/iran': {
    eventId: event('missiles-on-al-asad'),
    participant: { organization: organization('iran') },
    role: 'ACTOR',
    note: 'fired several missiles',
  },
  'missiles-on-al-asad/us-forces': {
    eventId: event('missiles-on-al-asad'),
    participant: { organization: organization('us-forces') },
    role: 'RECIPIENT',
    note: 'some of them were at the base',
  },
  'attacks-since-2020/shiite-groups': {
    eventId: event('attacks-since-2020'),
    participant: { organization: organization('shiite-groups') },
    role: 'ACTOR',
  },
  'wave-of-violence/pro-iranian-factions': {
    eventId: event('wave-of-violence'),
    participant: { organization: organization('pro-iranian-factions') },
    role: 'ACTOR',
  },
  'attack-on-kadhimi/kadhimi': {
    eventId: event('attack-on-kadhimi'),
    participant: { person: person('kadhimi') },
    role: 'RECIPIENT',
    note: 'was attacked',
  },
} as const satisfies Record<string, ParticipationInput>;

export const participation = idsOf('participation', participations);

export const eventLinks = {
  'end-of-missions/meeting': {
    fromId: event('end-of-missions'),
    toId: event('meeting'),
    kind: 'FOLLOWS',
  },
  'end-of-missions/agreement': {
    fromId: event('end-of-missions'),
    toId: event('agreement'),
    kind: 'FOLLOWS',
  },
  'end-of-missions/combat-missions': {
    fromId: event('end-of-missions'),
    toId: event('combat-missions'),
    kind: 'ENDS',
  },
  'deadline/agreement': {
    fromId: event('deadline'),
    toId: event('agreement'),
    kind: 'FOLLOWS',
  },
  'deadline/end-of-missions': {
    fromId: event('deadline'),
    toId: event('end-of-missions'),
    kind: 'FOLLOWS',
  },
  'missiles-on-al-asad/strike-on-soleimani': {
    fromId: event('missiles-on-al-asad'),
    toId: event('strike-on-soleimani'),
    kind: 'ANSWERS',
  },
} as const satisfies Record<string, EventLinkInput>;

export const eventLink = idsOf('eventLink', eventLinks);

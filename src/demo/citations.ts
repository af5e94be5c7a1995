import type { CitationInput, FactInput } from '../documents/write-citation.ts';
import { document, type documents } from './documents.ts';
import { event, type events } from './events.ts';
import type { Kind } from './ids.ts';
import { membership, type memberships } from './memberships.ts';
import { eventLink, type eventLinks, participation, type participations } from './participations.ts';
import { spans, type Words } from './spans.ts';
import { statementLink, type statementLinks } from './statements.ts';

/** The words of a document that say so, for each fact. */
interface Evidence {
  events: Partial<Record<keyof typeof events, readonly Words[]>>;
  participations: Partial<Record<keyof typeof participations, readonly Words[]>>;
  memberships: Partial<Record<keyof typeof memberships, readonly Words[]>>;
  eventLinks: Partial<Record<keyof typeof eventLinks, readonly Words[]>>;
  statementLinks: Partial<Record<keyof typeof statementLinks, readonly Words[]>>;
}

/** Every fact of the record, and the words of the article for it. */
const inArticle = {
  events: {
    'change-of-role': ['la transformation du rôle des forces américaines en Irak en un rôle de non-combat'],
    tensions: ['À partir de janvier 2020', 'les tensions entre les deux puissances sont montées en flèche'],
    'combat-missions': ['ses missions de combat contre Daesh'],
    agreement: ['ont convenu à la Maison Blanche en juillet dernier'],
    meeting: ['une réunion entre les hauts responsables militaires irakiens et les dirigeants de la coalition'],
    'end-of-missions': ['jeudi dernier', 'la fin des missions de combat des forces de la coalition'],
    'iraqi-forces-take-over': ['seules les forces de sécurité irakiennes (FSI) seront chargées'],
    deadline: ["l'effort de combat américain en Irak prendrait fin le 31 décembre"],
    'strike-on-soleimani': ['ont attaqué le véhicule dans lequel se trouvait', 'le tuant'],
    'missiles-on-al-asad': ['quelques jours plus tard', "a lancé plusieurs missiles sur la base aérienne d'Al-Asad"],
    'attacks-since-2020': ['ont multiplié les attaques', "depuis le début de l'année 2020"],
    'wave-of-violence': ["nouvelle vague d'agressions et de violences"],
    'attack-on-kadhimi': ["l'attaque du premier ministre irakien Mustafa al-Kadhimi par des groupes armés"],
  },
  participations: {
    'change-of-role/us-forces': ['la transformation du rôle des forces américaines'],
    'tensions/iran': ['les relations entre Téhéran et Washington'],
    'tensions/united-states': ['les relations entre Téhéran et Washington'],
    'combat-missions/coalition': ['a officiellement mis fin à ses missions de combat'],
    'combat-missions/islamic-state': ['missions de combat contre Daesh'],
    'agreement/biden': ['le président américain Joe Biden'],
    'agreement/kadhimi': ['le premier ministre irakien Mustafa al-Kadhimi ont convenu'],
    'meeting/iraq': ['les hauts responsables militaires irakiens'],
    'meeting/coalition': ['les dirigeants de la coalition'],
    'end-of-missions/coalition': ['a officiellement mis fin à ses missions de combat'],
    'iraqi-forces-take-over/iraqi-security-forces': ["d'assurer la protection des troupes internationales et de faire face à l'ISIS"],
    'iraqi-forces-take-over/islamic-state': ["faire face à l'ISIS"],
    'deadline/united-states': ["l'effort de combat américain"],
    'strike-on-soleimani/us-forces': ['les forces américaines à Bagdad ont attaqué le véhicule'],
    'strike-on-soleimani/soleimani': ['Qasem Soleimani, le tuant'],
    'missiles-on-al-asad/iran': ["l'Iran a lancé plusieurs missiles"],
    'missiles-on-al-asad/us-forces': ['où se trouvait une partie des forces américaines'],
    'attacks-since-2020/shiite-groups': ['les groupes chiites irakiens sympathisants du régime iranien'],
    'wave-of-violence/pro-iranian-factions': ['de la part des factions pro-iraniennes'],
    'attack-on-kadhimi/kadhimi': ["l'attaque du premier ministre irakien Mustafa al-Kadhimi"],
  },
  memberships: {
    'araji/iraq': ['le conseiller à la sécurité nationale irakien, Qasim al-Araji'],
    'mckenzie/centcom': ['Kenneth F. McKenzie, commandant du Commandement central américain'],
    'biden/united-states': ['le président américain Joe Biden'],
    'kadhimi/iraq': ['le premier ministre irakien Mustafa al-Kadhimi'],
    'shammari/joint-operations-command': ["commandant adjoint du commandement des opérations conjointes de l'Irak"],
    'soleimani/quds-force': ['le commandant iranien de la Force Quds, Qasem Soleimani, le tuant'],
    'united-states/coalition': ['fondée et dirigée par les États-Unis'],
  },
  eventLinks: {
    'end-of-missions/meeting': ['après une réunion'],
    'end-of-missions/agreement': ['Ceci est conforme à'],
    'end-of-missions/combat-missions': ['a officiellement mis fin à ses missions de combat'],
    'deadline/agreement': ['ont convenu', "l'effort de combat américain en Irak prendrait fin"],
    'deadline/end-of-missions': ["quelques semaines avant l'échéance"],
    'missiles-on-al-asad/strike-on-soleimani': ['En réponse, quelques jours plus tard'],
  },
  statementLinks: {
    'mckenzie-soldiers/araji-relation': ['Cela a également été confirmé par Kenneth F. McKenzie'],
    'araji-relation/araji-end': ['Toutefois'],
  },
} satisfies Required<{ [Fact in keyof Evidence]: Required<Evidence[Fact]> }>;

const inFrenchDispatch = {
  events: {
    deadline: ["La fin de l'effort de combat américain, fixée au 31 décembre"],
    'missiles-on-al-asad': ["des missiles sur la base aérienne d'Al-Asad"],
  },
  participations: {
    'meeting/iraq': ['une réunion de chefs militaires irakiens'],
    'meeting/coalition': ['dirigeants de la Coalition'],
  },
  memberships: {
    'mckenzie/centcom': ['Kenneth F. McKenzie, à la tête du Commandement central américain'],
    'soleimani/quds-force': ['Qasem Soleimani, commandant de la Force Quds'],
  },
  eventLinks: {
    'missiles-on-al-asad/strike-on-soleimani': ["l'Iran y avait répondu"],
  },
  statementLinks: {
    'mckenzie-soldiers/araji-relation': ["l'a confirmé à l'Associated Press"],
  },
} satisfies Evidence;

const inEnglishDispatch = {
  events: {
    'end-of-missions': ['the end of its combat missions in Iraq was made known'],
    'attack-on-kadhimi': ['the attack on Mustafa al-Kadhimi'],
  },
  participations: {
    'strike-on-soleimani/us-forces': ['The killing of Qasem Soleimani by American forces'],
    'missiles-on-al-asad/iran': ['was answered by Iran a few days later with missiles'],
  },
  memberships: {
    'araji/iraq': ["Iraq's national security adviser, Qasim al-Araji"],
  },
  eventLinks: {
    'end-of-missions/meeting': ['after Iraqi military officials met leaders of the Coalition against Daesh'],
  },
  statementLinks: {
    'mckenzie-soldiers/araji-relation': ['This was confirmed to the Associated Press by Kenneth F. McKenzie'],
  },
} satisfies Evidence;

/** The citations of a document, each named by its fact and the document. */
function cited(slug: keyof typeof documents, evidence: Evidence): Record<string, CitationInput> {
  return {
    ...citedFor('event', evidence.events, (of) => ({ eventId: event(of) })),
    ...citedFor('participation', evidence.participations, (of) => ({ participationId: participation(of) })),
    ...citedFor('membership', evidence.memberships, (of) => ({ membershipId: membership(of) })),
    ...citedFor('eventLink', evidence.eventLinks, (of) => ({ eventLinkId: eventLink(of) })),
    ...citedFor('statementLink', evidence.statementLinks, (of) => ({ statementLinkId: statementLink(of) })),
  };

  function citedFor<Slug extends string>(
    kind: Kind,
    facts: Partial<Record<Slug, readonly Words[]>>,
    fact: (of: Slug) => FactInput,
  ): Record<string, CitationInput> {
    const entries = (Object.entries(facts) as [Slug, readonly Words[]][]).map(([of, words]) => {
      const input: CitationInput = { fact: fact(of), documentId: document(slug), evidence: spans(words) };
      return [`${kind}/${of}/${slug}`, input] as const;
    });
    return Object.fromEntries(entries);
  }
}

export const citations = {
  ...cited('article', inArticle),
  ...cited('dispatch-fr', inFrenchDispatch),
  ...cited('dispatch-en', inEnglishDispatch),
};

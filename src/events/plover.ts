import { builder } from '../builder.ts';
import {
  AuxiliaryMode as auxiliaryModes,
  EventMode as modes,
  ParticipationRole as roles,
  EventType as types,
} from '../generated/prisma/enums.ts';

// The vocabulary of PLOVER 0.8, the Political Language Ontology for Verifiable Event Records.

const source = 'From PLOVER 0.8.';

export const EventType = builder.enumType('EventType', {
  description: `What kind of event this is. ${source}`,
  values: {
    [types.AGREE]: { description: 'Agree to, offer or promise to cooperate.' },
    [types.CONSULT]: { description: 'Meet, visit or otherwise consult.' },
    [types.SUPPORT]: { description: 'Start, resume or strengthen relations that are not material.' },
    [types.CONCEDE]: { description: 'Give way in words: ease restrictions, accept demands.' },
    [types.COOPERATE]: { description: 'Cooperate materially, to the benefit of both sides.' },
    [types.AID]: { description: 'Give material help that benefits the recipient.' },
    [types.RETREAT]: { description: 'Give way in deeds: withdraw, release, disarm, resign.' },
    [types.REQUEST]: { description: 'Demand or request something.' },
    [types.ACCUSE]: { description: 'Disapprove, accuse or investigate.' },
    [types.REJECT]: { description: 'Reject a request, a demand or an agreement.' },
    [types.THREATEN]: { description: 'Threaten with something to come.' },
    [types.PROTEST]: { description: 'Protest in public.' },
    [types.SANCTION]: { description: 'Reduce or break off relations, short of violence.' },
    [types.MOBILIZE]: { description: 'Make armed forces ready or show them, without using them.' },
    [types.COERCE]: { description: 'Repress, restrict or arrest.' },
    [types.ASSAULT]: { description: 'Use violence.' },
  },
});

export const EventMode = builder.enumType('EventMode', {
  description: `How an event was done. Each mode goes with certain types only. ${source}`,
  values: {
    [modes.VISIT]: { description: 'CONSULT: the actor visits, the recipient hosts.' },
    [modes.THIRD_PARTY]: { description: 'CONSULT: a third party hosts.' },
    [modes.MULTILATERAL]: { description: 'CONSULT: among many, as in an alliance.' },
    [modes.PHONE]: { description: 'CONSULT: at a distance.' },
    [modes.WITHDRAW]: { description: 'RETREAT: withdraw forces. SANCTION: withdraw oneself or what is not military.' },
    [modes.RELEASE]: { description: 'RETREAT: release captives.' },
    [modes.DISARM]: { description: 'RETREAT: give up weapons.' },
    [modes.CEASEFIRE]: { description: 'RETREAT: stop fighting.' },
    [modes.ACCESS]: { description: 'RETREAT: let others in, such as observers.' },
    [modes.RESIGN]: { description: 'RETREAT: resign from office.' },
    [modes.ASSIST]: { description: 'REQUEST, REJECT: about help or relations.' },
    [modes.CHANGE]: { description: 'REQUEST, REJECT: about a change of policy or institutions.' },
    [modes.YIELD]: { description: 'REQUEST, REJECT: about giving way.' },
    [modes.MEET]: { description: 'REQUEST, REJECT: about meeting or negotiating.' },
    [modes.DISAPPROVE]: { description: 'ACCUSE: express disapproval.' },
    [modes.INVESTIGATE]: { description: 'ACCUSE: investigate.' },
    [modes.ALLEGE]: { description: 'ACCUSE: accuse, charge, bring to court.' },
    [modes.RESTRICT]: { description: 'THREATEN, COERCE: restrict movement or politics.' },
    [modes.ARREST]: { description: 'THREATEN, COERCE: arrest or detain.' },
    [modes.RELATIONS]: { description: 'THREATEN: break off relations or talks.' },
    [modes.EXPEL]: { description: 'THREATEN, SANCTION: expel from a group or country.' },
    [modes.TERRITORY]: { description: 'THREATEN: take territory.' },
    [modes.VIOLENCE]: { description: 'THREATEN: use violence.' },
    [modes.DEMO]: { description: 'PROTEST: demonstrate.' },
    [modes.RIOT]: { description: 'PROTEST: riot.' },
    [modes.STRIKE]: { description: 'PROTEST: stop working.' },
    [modes.HUNGER]: { description: 'PROTEST: refuse to eat.' },
    [modes.BOYCOTT]: { description: 'PROTEST: boycott.' },
    [modes.OBSTRUCT]: { description: 'PROTEST: block a way or a place.' },
    [modes.VANDALIZE]: { description: 'PROTEST: damage property as a symbol.' },
    [modes.CONVICT]: { description: 'SANCTION: convict in court.' },
    [modes.DISCONTINUE]: { description: 'SANCTION: reduce or end exchanges.' },
    [modes.TROOPS]: { description: 'MOBILIZE: armed forces.' },
    [modes.WEAPONS]: { description: 'MOBILIZE: weapons.' },
    [modes.POLICE]: { description: 'MOBILIZE: police.' },
    [modes.MILITIA]: { description: 'MOBILIZE: armed groups that belong to no state.' },
    [modes.SEIZE]: { description: 'COERCE: seize or confiscate.' },
    [modes.CENSOR]: { description: 'COERCE: censor.' },
    [modes.CURFEW]: { description: 'COERCE: impose a curfew.' },
    [modes.MARTIAL_LAW]: { description: 'COERCE: impose martial law.' },
    [modes.DEPORT]: { description: 'COERCE: deport people.' },
    [modes.WITHHOLD]: { description: 'COERCE: withhold goods or services.' },
    [modes.MISINFORMATION]: { description: 'COERCE: deceive.' },
    [modes.CYBER]: { description: 'COERCE: attack by network.' },
    [modes.ABDUCT]: { description: 'ASSAULT: abduct or hijack.' },
    [modes.BEAT]: { description: 'ASSAULT: beat.' },
    [modes.TORTURE]: { description: 'ASSAULT: torture.' },
    [modes.SEXUAL]: { description: 'ASSAULT: sexual violence.' },
    [modes.TARGETED]: { description: 'ASSAULT: targeted killing, tried or done.' },
    [modes.DESTROY]: { description: 'ASSAULT: destroy property.' },
    [modes.PRIMITIVE]: { description: 'ASSAULT: with blades, stones, fire.' },
    [modes.FIREARMS]: { description: 'ASSAULT: with rifles and pistols.' },
    [modes.EXPLOSIVES]: { description: 'ASSAULT: with mines and bombs that are laid or thrown.' },
    [modes.SUICIDE_ATTACK]: { description: 'ASSAULT: by an attacker who dies in it.' },
    [modes.AERIAL]: { description: 'ASSAULT: from manned aircraft.' },
    [modes.DRONE]: { description: 'ASSAULT: with drones.' },
    [modes.HEAVY_WEAPONS]: { description: 'ASSAULT: with artillery, rockets, armour.' },
    [modes.CROWD_CONTROL]: { description: 'ASSAULT: with means meant to disperse crowds.' },
    [modes.UNCONVENTIONAL]: { description: 'ASSAULT: with chemical, biological, radiological or nuclear weapons.' },
  },
});

export const AuxiliaryMode = builder.enumType('AuxiliaryMode', {
  description: `How the sources present an event, when not as a plain fact. ${source}`,
  values: {
    [auxiliaryModes.HISTORICAL]: { description: 'As something of the past that is recalled.' },
    [auxiliaryModes.FUTURE]: { description: 'As something that is to come.' },
    [auxiliaryModes.HYPOTHETICAL]: { description: 'As something that could be.' },
    [auxiliaryModes.NEGATION]: { description: 'As something that did not happen.' },
  },
});

export const ParticipationRole = builder.enumType('ParticipationRole', {
  description: `On which side of an event someone stood. ${source}`,
  values: {
    [roles.ACTOR]: { description: 'Who did it, or all who did it together.' },
    [roles.RECIPIENT]: { description: 'To whom it was done.' },
  },
});

/** The part of Verbatim's schema that the operations ask for, as another server would write it. */
export const typeDefs = /* GraphQL */ `
  scalar EDTF
  scalar Language

  type Query {
    statement(by: RecordRef!): Statement
    event(by: RecordRef!): Event
    statements(first: Int = 20, after: String, where: StatementFilter, orderBy: [Order!]): StatementConnection!
    events(first: Int = 20, after: String, where: EventFilter, orderBy: [Order!]): EventConnection!
    search(query: String!, first: Int = 20): SearchConnection!
  }

  input RecordRef { id: ID! }
  input IdFilter { eq: ID }
  input PersonFilter { id: IdFilter }
  input ActorFilter { person: PersonFilter }
  input DateFilter { after: EDTF, isNull: Boolean }
  input StatementFilter { speaker: ActorFilter, date: DateFilter }
  input EventLinkFilter { kind: String }
  input EventLinkListFilter { some: EventLinkFilter }
  input EventFilter { linksFrom: EventLinkListFilter }
  input MembershipFilter { endDate: DateFilter }
  enum OrderBy { DATE }
  enum Direction { ASC DESC }
  input Order { by: OrderBy!, direction: Direction! = ASC }

  type PageInfo { hasNextPage: Boolean!, hasPreviousPage: Boolean!, endCursor: String }
  type StatementConnection { nodes: [Statement!]!, pageInfo: PageInfo!, totalCount: Int! }
  type EventConnection { nodes: [Event!]!, pageInfo: PageInfo! }
  type StatementList { nodes: [Statement!]! }
  type TopicList { nodes: [StatementTopic!]! }
  type MembershipList { nodes: [Membership!]! }
  type ParticipationList { nodes: [Participation!]! }
  type EventLinkList { nodes: [EventLink!]! }
  type SearchConnection { nodes: [SearchHit!]! }

  type LocalizedText { text: String!, language: Language! }

  interface Actor {
    id: ID!
    name: String!
    memberships(first: Int = 20, where: MembershipFilter): MembershipList!
    participations(first: Int = 20): ParticipationList!
  }
  interface Record { id: ID! }
  interface Subject { id: ID! }

  type Person implements Actor & Record & Subject {
    id: ID!
    name: String!
    birthDate: EDTF
    memberships(first: Int = 20, where: MembershipFilter): MembershipList!
    participations(first: Int = 20): ParticipationList!
  }
  type Organization implements Actor & Record & Subject {
    id: ID!
    name: String!
    classification: String
    memberships(first: Int = 20, where: MembershipFilter): MembershipList!
    participations(first: Int = 20): ParticipationList!
  }
  type Membership { role: String, organization: Organization! }
  type Place implements Record & Subject { id: ID!, name: String!, parent: Place }
  type Document implements Record { id: ID!, title: String }
  type Event implements Record & Subject {
    id: ID!
    title(languages: [Language!]): LocalizedText!
    date: EDTF
    type: String
    place: Place
    statementsAbout(first: Int = 20): StatementList!
    participations(first: Int = 20): ParticipationList!
    linksFrom(first: Int = 20): EventLinkList!
  }
  type EventLink { kind: String!, to: Event! }
  type Participation { role: String!, note: String, event: Event!, participant: Actor! }
  type Statement implements Record {
    id: ID!
    text: String!
    date: EDTF
    language: Language!
    quoteType: String!
    medium: String
    speaker: Actor
    about(first: Int = 20): TopicList!
  }
  type StatementTopic { subject: Subject! }
  type SearchHit { highlight: [HighlightPart!]!, record: Record! }
  type HighlightPart { text: String!, isMatch: Boolean! }
`;

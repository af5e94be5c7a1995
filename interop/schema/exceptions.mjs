// What a rule finds in the schema and is right as it is: by rule, the type or field, and why. One that the rule no
// longer finds fails the run, so that the list stays true.

const value = 'It is a value of the record that has it, and is read with it.';
const entry = 'It is an entry of a list that points to a record; the record has the id.';
const found = 'It is made for the answer: what was found, and why. The records in it have ids.';
const change = 'It tells of a change; the record that was changed has the id, and the number of the change counts within it.';

/** @type {Record<string, Record<string, string>>} */
export const exceptions = {
  '@graphql-eslint/strict-id-in-types': {
    Capacity: value,
    LocalizedText: value,
    Span: value,
    HighlightPart: value,
    DocumentAuthor: entry,
    Mention: entry,
    StatementTopic: entry,
    TimelineEntry: entry,
    DuplicateCandidate: found,
    DuplicateReason: found,
    SearchHit: found,
    FieldChange: change,
    KeptChange: change,
    Revision: change,
    RowChange: change,
    StatementPublished: change,
    ReviewItem: 'It says that a draft or a proposal waits; those have the ids.',
    ReviewNote: 'It is a value of what waits for review.',
    Import: 'It goes by the account under which its changes stand in the history, `account`.',
    ImportCount: 'It is a value of an import.',
    ImportNote: 'It is a value of the answer to an import.',
    Token: 'It goes by its name and its account; the id would be of no use, since `node` never gives a token.',
    UserError: 'It is a value of a payload.',
    Viewer: 'Who asks is one, and need not have an account.',
  },
  '@graphql-eslint/relay-edge-types': {
    DocumentAuthorEdge: entry,
    MentionEdge: entry,
    StatementTopicEdge: entry,
    TimelineEdge: entry,
    DuplicateCandidateEdge: found,
    SearchEdge: found,
    RevisionEdge: change,
    ReviewItemEdge: 'It says that a draft or a proposal waits; those can be reached by `node`.',
    ImportEdge: 'An import goes by its account.',
    TokenEdge: '`node` never gives a token.',
  },
  '@graphql-eslint/no-typename-prefix': {
    'Name.name': 'The name as it is written; Popolo calls it so.',
    'Review.reviewer': 'Who made the review: a word of its own, that only begins as the type does.',
  },
};

import { ask } from '../composition.mjs';

// What the record holds of those whom the articles mention: one published, one of whom the other service knows
// too little, a draft, one who was taken back, and two who turned out to be the first.

/**
 * Writes it, as an editor would.
 * @returns {Promise<Record<string, string>>} the ids, by name.
 */
export async function writeRecord(endpoint, headers) {
  const change = async (mutation, input) => {
    const answer = await ask(endpoint, mutation, { variables: { input }, headers });
    const done = Object.values(answer.data ?? {})[0];
    if (answer.errors || done.errors.length > 0) throw new Error(`The record was not written: ${JSON.stringify(answer)}`);
    return done.record.id;
  };
  const person = (name, value, publish = true) =>
    change('mutation ($input: CreatePersonInput!) { createPerson(input: $input) { record { id } errors { message } } }', {
      name,
      publish,
      identifiers: [{ scheme: 'wikidata', value }],
    });
  const ids = {
    ana: await person('Ana Lima', 'Q9000001'),
    bruno: await person('Bruno Sá', 'Q9000002'),
    draft: await person('Carla Reis', 'Q9000003', false),
    retracted: await person('Dora Pinto', 'Q9000004'),
    duplicate: await person('A. Lima', 'Q9000005'),
    further: await person('Lima, Ana', 'Q9000006'),
  };
  const merge = (survivor, duplicate) =>
    change('mutation ($input: MergeInput!) { merge(input: $input) { record { id } errors { message } } }', { survivor, duplicate });
  await merge(ids.duplicate, ids.further);
  await merge(ids.ana, ids.duplicate);
  await change('mutation ($input: RetractInput!) { retract(input: $input) { record { id } errors { message } } }', {
    id: ids.retracted,
    reason: 'It was somebody else.',
  });
  const quoted = 'The envoys came back with nothing.';
  ids.statement = await change(
    'mutation ($input: CreateStatementInput!) { createStatement(input: $input) { record { id } errors { message } } }',
    {
      text: quoted,
      language: 'en',
      quoteType: 'DIRECT',
      speaker: { person: { id: ids.ana } },
      appearances: [
        {
          in: { newDocument: { url: 'https://source.example/1', title: 'The envoys', text: `Ana Lima: “${quoted}”` } },
          printedText: quoted,
          language: 'en',
          content: [{ exact: quoted }],
        },
      ],
      publish: true,
    },
  );
  return ids;
}

/** A statement of hers that is not published, the latest that she made. */
export async function writeStatementDraft(endpoint, headers, speaker) {
  const input = {
    text: 'They will go again.',
    language: 'en',
    quoteType: 'INDIRECT',
    date: '2026-01-01',
    speaker: { person: { id: speaker } },
  };
  const mutation = 'mutation ($input: CreateStatementInput!) { createStatement(input: $input) { record { id } errors { message } } }';
  const { data, errors } = await ask(endpoint, mutation, { variables: { input }, headers });
  if (errors || data.createStatement.errors.length > 0) throw new Error(`The draft was not written: ${JSON.stringify({ data, errors })}`);
}

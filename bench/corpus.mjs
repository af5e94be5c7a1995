import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

// A corpus of a parliament that doesn't exist, in ParlaMint TEI: for benchmarks and storms that need a large one.

const words =
  'señorías gobierno presupuesto ley comisión enmienda grupo pregunta respuesta ministra debate votación artículo país empleo energía vivienda sanidad educación justicia acuerdo reforma medida informe plazo'.split(
    ' ',
  );

/** Numbers that are the same each time. */
function* numbers(seed) {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/**
 * Writes a corpus into a folder.
 * @param size how many sittings, speeches in each, and paragraphs in each speech.
 * @returns how many statements each way of reading makes of it.
 */
export async function writeCorpus(folder, { sittings, speeches = 100, paragraphs = 4, people = 300, parties = 12 }) {
  const random = numbers(7);
  const below = (end) => Math.floor(random.next().value * end);
  const text = () => {
    const chosen = Array.from({ length: 30 + below(60) }, () => words[below(words.length)]).join(' ');
    return `${chosen.charAt(0).toUpperCase()}${chosen.slice(1)}.`;
  };
  await mkdir(folder, { recursive: true });
  const write = (name, content) => writeFile(join(folder, name), `<?xml version="1.0" encoding="UTF-8"?>\n${content}\n`);
  const tei = 'xmlns="http://www.tei-c.org/ns/1.0" xml:lang="es"';
  const party = (i) => `party.${i}`;
  await write(
    'ParlaMint-XX-listOrg.xml',
    `<listOrg ${tei} xml:id="ParlaMint-XX-listOrg">
<org role="parliament" xml:id="P"><orgName full="yes" xml:lang="es">Parlamento</orgName></org>
${Array.from({ length: parties }, (_, i) => `<org role="parliamentaryGroup" xml:id="${party(i)}"><orgName full="yes">Grupo ${i}</orgName><orgName full="abb">G${i}</orgName></org>`).join('\n')}
</listOrg>`,
  );
  await write(
    'ParlaMint-XX-listPerson.xml',
    `<listPerson ${tei} xml:id="ParlaMint-XX-listPerson">
${Array.from(
  { length: people },
  (_, i) =>
    `<person xml:id="p${i}"><persName><forename>Nombre${i}</forename><surname>Apellido${i}</surname></persName><sex value="${i % 2 ? 'F' : 'M'}"/><affiliation ref="#P" role="member" from="2014-01-01"/><affiliation ref="#${party(i % parties)}" role="member"/></person>`,
).join('\n')}
</listPerson>`,
  );
  const names = Array.from({ length: sittings }, (_, i) => {
    const day = new Date(Date.UTC(2015, 0, 1 + i)).toISOString().slice(0, 10);
    return { id: `ParlaMint-XX_${day}`, day };
  });
  for (const { id, day } of names) {
    const body = Array.from({ length: speeches }, (_, s) => {
      const segs = Array.from({ length: paragraphs }, (_, p) => `<seg xml:id="${id}.${s}.${p}">${text()}</seg>`).join('\n');
      return `<u xml:id="${id}.${s}" who="#p${below(people)}" ana="#regular">\n${segs}\n<note>(Aplausos).</note></u>`;
    }).join('\n');
    await write(
      `${id}.xml`,
      `<TEI ${tei} xml:id="${id}"><teiHeader><fileDesc><titleStmt><title type="main" xml:lang="es">Sesión del ${day}</title></titleStmt></fileDesc><profileDesc><settingDesc><setting><date when="${day}">${day}</date></setting></settingDesc></profileDesc></teiHeader>
<text><body><div type="debateSection">
${body}
</div></body></text></TEI>`,
    );
  }
  await write(
    'ParlaMint-XX.xml',
    `<teiCorpus ${tei} xmlns:xi="http://www.w3.org/2001/XInclude" xml:id="ParlaMint-XX"><teiHeader><fileDesc><titleStmt><title xml:lang="es">Corpus</title></titleStmt></fileDesc><profileDesc><particDesc><xi:include href="ParlaMint-XX-listOrg.xml"/><xi:include href="ParlaMint-XX-listPerson.xml"/></particDesc></profileDesc></teiHeader>
${names.map(({ id }) => `<xi:include href="${id}.xml"/>`).join('\n')}
</teiCorpus>`,
  );
  return { speech: sittings * speeches, paragraph: sittings * speeches * paragraphs };
}

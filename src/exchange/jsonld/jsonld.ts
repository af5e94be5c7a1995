import type { Format, Output } from '../format.ts';
import type { ExchangeRecord } from '../record.ts';
import { NamesSeen } from '../writing/names-seen.ts';
import { Tally } from '../writing/tally.ts';
import { context } from './context.ts';
import type { Node } from './node.ts';
import { documentNode, eventNode, organizationNode, personNode, placeNode } from './nouns.ts';
import { statementNodes } from './statement.ts';

// Schema.org as JSON-LD: what it can say of the record. docs/formats/jsonld.md

export const jsonld: Format = {
  name: 'jsonld',
  description: 'Schema.org as JSON-LD: quotations, claim reviews, events, people, organizations, places, documents.',
  async write(records: AsyncIterable<ExchangeRecord>, output: Output) {
    const left = new Tally();
    const urls = new NamesSeen();
    let separator = '\n';
    await output.write(`{"@context": ${JSON.stringify(context)},\n"@graph": [`);
    for await (const record of records) {
      if (record.status === 'RETRACTED' || record.status === 'MERGED') {
        left.add('records that were retracted or merged');
        continue;
      }
      if (record.type === 'Document') urls.see(record.id, record.url);
      for (const node of nodes(record, urls, left)) {
        await output.write(separator + JSON.stringify(node));
        separator = ',\n';
      }
    }
    await output.write('\n]}\n');
    return left.counts;
  },
};

function nodes(record: ExchangeRecord, urls: NamesSeen, left: Tally): Node[] {
  switch (record.type) {
    case 'Place':
      return [placeNode(record, left)];
    case 'Organization':
      return [organizationNode(record, left)];
    case 'Person':
      return [personNode(record, left)];
    case 'Document':
      return [documentNode(record, left)];
    case 'Event':
      return [eventNode(record, left)];
    case 'Statement':
      return statementNodes(record, urls, left);
  }
}

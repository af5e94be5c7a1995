import { queryFromInfo } from '@pothos/plugin-prisma';
import { permit } from '../auth/permit.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { refOf } from '../graph/noun.ts';
import { RecordStatus } from '../graph/record.ts';
import { mistake, UserError } from '../mutation/user-error.ts';
import { BrokenRule } from '../record/rule.ts';
import { Refusal } from '../refusal.ts';
import type { Imported } from './import/import.ts';
import { noResult, type Told } from './import/told.ts';
import { countsField, countsOf } from './import-type.ts';

// Imports through GraphQL: native records, with the answers that the command gives.

const ToldOfImport = builder.objectRef<Told>('ImportNote').implement({
  description: 'Something that an import left out because it is wrong, or kept as an editor has it.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What is wrong or was kept, and why, for people.' }),
    line: t.int({ nullable: true, description: 'The line of `records`, from 1.', resolve: ({ at }) => at.line }),
    column: t.int({ nullable: true, description: 'Where in the line, from 1, when that is known.', resolve: ({ at }) => at.column }),
    id: t.string({ nullable: true, description: 'The `id` that the line gives its record.', resolve: ({ at }) => at.id }),
    model: t.string({ nullable: true, description: 'The type of the record.', resolve: ({ model }) => model }),
  }),
});

interface Answer {
  imported?: Imported;
  told: Told[];
  errors: BrokenRule[];
}

const Payload = builder.objectRef<Answer>('ImportRecordsPayload').implement({
  description: 'The answer of `importRecords`.',
  fields: (t) => ({
    import: t.field({
      type: refOf('Import'),
      nullable: true,
      description: 'The import, by whose account the records say where they come from; null when nothing was kept.',
      resolve: ({ imported }, _args, context, info) =>
        imported?.id ? context.prisma.import.findUnique({ ...queryFromInfo({ context, info }), where: { id: imported.id } }) : null,
    }),
    counts: t.field({ ...countsField, resolve: ({ imported }) => countsOf((imported?.result ?? noResult()).counts) }),
    problems: t.field({
      type: [ToldOfImport],
      description: 'What was left out because it is wrong. The rest was done, unless the import was strict.',
      resolve: ({ told }) => told.filter(({ kind }) => kind === 'problem'),
    }),
    conflicts: t.field({
      type: [ToldOfImport],
      description: 'What was kept as an editor has it, where the import says something else.',
      resolve: ({ told }) => told.filter(({ kind }) => kind === 'conflict'),
    }),
    errors: t.field({
      type: [UserError],
      description: 'What is wrong with the input; empty when the records were read.',
      resolve: ({ errors }) => errors.map(mistake),
    }),
  }),
});

const Input = builder.inputType('ImportRecordsInput', {
  description: 'The input of `importRecords`.',
  fields: (t) => ({
    records: t.string({
      required: true,
      description: 'The records as JSON Lines, each with its links, as `verbatim export verbatim` writes them. The request may have 2 MB.',
    }),
    source: t.string({ description: 'What to call the source in the list of imports; else “importRecords”.' }),
    status: t.field({
      type: RecordStatus,
      description: 'DRAFT or PUBLISHED, for records that don’t say their status; drafts, if it isn’t given.',
    }),
    strict: t.boolean({ description: 'Whether the first thing that is wrong stops all, so that nothing is done.' }),
    dryRun: t.boolean({ description: 'Whether to do nothing, and only tell what would be done.' }),
  }),
});

builder.mutationField('importRecords', (t) =>
  t.field({
    type: Payload,
    description:
      'Brings native records in. The same records again change nothing; newer ones update what changed, and keep what editors changed. For editors.',
    args: { input: t.arg({ type: Input, required: true, description: 'What to do.' }) },
    resolve: async (_root, { input }, context: Context) => {
      permit(context.viewer, 'EDIT');
      const { records, status } = input;
      if (status === 'RETRACTED' || status === 'MERGED') {
        return { told: [], errors: [new BrokenRule('INVALID_VALUE', 'What is new is a draft or published.', ['status'])] };
      }
      const { importFrom } = await import('./import/import.ts');
      const { sourceOf } = await import('./source.ts');
      const { verbatim } = await import('./verbatim.ts');
      const told: Told[] = [];
      const imported = await importFrom(
        context.prisma,
        verbatim,
        sourceOf({ records }, input.source ?? 'importRecords'),
        {
          read: { by: 'speech' },
          by: context.viewer.id,
          isStrict: input.strict === true,
          isDryRun: input.dryRun === true,
          maxErrors: mostProblems,
          ...(status ? { status } : {}),
        },
        { told: (each) => told.push(each) },
      ).catch((error) => {
        if (error instanceof BrokenRule) return error;
        // The same records are being imported by another request.
        if (error instanceof Refusal) return new BrokenRule('BUSY', error.message, []);
        throw error;
      });
      return imported instanceof BrokenRule ? { told, errors: [imported] } : { imported, told, errors: [] };
    },
  }),
);

/** An answer with more of them would help nobody. */
const mostProblems = 1000;

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { readExpiry } from '../auth/expiry.ts';
import { type Role, roles } from '../auth/roles.ts';
import { readConfig } from '../config.ts';
import { FolderInUse } from '../database/lock.ts';
import { beginToOpen } from '../database/open.ts';
import { BrokenRule } from '../record/rule.ts';
import { Refusal } from '../refusal.ts';
import { addExport } from './export.ts';
import { addImport } from './import.ts';
import { onDatabase, print, say } from './shared.ts';
import { tokenTable } from './table.ts';

// The commands of `verbatim`. What a person or a program wants goes to standard output, what is said about
// it and the log to standard error. What a command needs is loaded when it is performed.

/**
 * Runs one command of `verbatim`, and ends the process: at once, except for `serve`.
 * @param args the arguments after the program's name.
 */
export async function run(args: readonly string[]): Promise<void> {
  const refused = await perform(args);
  if (refused !== undefined) process.stderr.write(`${refused}\n`);
  if (refused !== undefined || args[0] !== 'serve') process.exit(refused === undefined ? 0 : 1);
}

/**
 * Performs one command, and stays.
 * @returns why it was not done, in a line for a person; undefined when it was.
 */
export async function perform(args: readonly string[]): Promise<string | undefined> {
  try {
    await program().parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      // Help was asked for, whatever the command.
      process.exit(0);
    }
    const message = messageOf(error);
    if (message === undefined) throw error;
    return message;
  }
}

function program(): Command {
  const verbatim = new Command('verbatim')
    .description('Keeps the record of who said what. The configuration comes from the environment; see the README.')
    // Mistakes are told below, on one line.
    .exitOverride()
    .configureOutput({ writeErr: () => {} });

  verbatim
    .command('serve')
    .description('Serves GraphQL and the playground until it is told to stop.')
    .action(async () => {
      const config = readConfig(process.env);
      // What is wrong with persisted documents is told before a database is touched.
      const opening = config.persistedDocuments === undefined ? await beginToOpen(config) : undefined;
      const { serve } = await import('../serve.ts');
      await serve(config, opening);
    });

  verbatim
    .command('migrate')
    .description('Brings the tables of the database up to date, as the start of the server does.')
    .action(() => onDatabase(async ({ name }) => say(`The tables are up to date. Database: ${name}`)));

  verbatim
    .command('verify')
    .description(
      'Checks the whole record: its history, its evidence, its rules, and what is derived from it. Ends with 1 if anything is wrong.',
    )
    .action(() =>
      onDatabase(async ({ prisma }) => {
        const { verify } = await import('../verify/verify.ts');
        const { holds, findings } = await verify(prisma);
        if (findings.length === 0) return print([...holds, 'The record is sound.'].join('\n'));
        await print(findings.map(({ model, id, problem }) => `${model} ${id}: ${problem}`).join('\n'));
        throw new Refusal(`The record is not sound: ${findings.length === 1 ? 'one thing is' : `${findings.length} things are`} wrong.`);
      }),
    );

  verbatim
    .command('schema')
    .description('Prints the GraphQL schema.')
    .option('--federation', 'as a gateway composes it with others, with FEDERATION_NODE as it is set')
    .action(async ({ federation = false }: { federation?: boolean }) => {
      const { lexicographicSortSchema, printSchema } = await import('graphql');
      const { schema, subgraphSdl } = await import('../schema.ts');
      const { FEDERATION_NODE } = process.env;
      if (federation) return print(await subgraphSdl(readConfig({ FEDERATION_NODE }).federationNode));
      await print(printSchema(lexicographicSortSchema(schema)));
    });

  addImport(verbatim);
  addExport(verbatim);

  const token = verbatim.command('token').description('Gives and takes back access.');

  token
    .command('create')
    .description('Creates a token and prints its secret, which is not kept.')
    .requiredOption('--name <name>', 'its name; the account is token:<name>')
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).argParser(readRole).makeOptionMandatory())
    .option('--expires <when>', 'after so many days (90d), or when a day begins in UTC (2027-01-01)', expiry)
    .action(({ name, role, expires }: { name: string; role: Role; expires?: Date }) =>
      onDatabase(async ({ prisma }) => {
        const { createToken } = await import('../auth/write.ts');
        const { token: created, secret } = await createToken(prisma, { name, role, expiresAt: expires }, null);
        const until = created.expiresAt ? `It expires at ${created.expiresAt.toISOString()}.` : 'It does not expire.';
        say(`This is the token of the account token:${name}, with the role ${role}; it is shown this once. ${until}`);
        await print(secret);
      }),
    );

  token
    .command('list')
    .description('Lists the tokens, without their secrets.')
    .action(() =>
      onDatabase(async ({ prisma }) => print(tokenTable(await prisma.token.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] })))),
    );

  token
    .command('revoke')
    .description('Revokes the token with this name, from the next request on.')
    .argument('<name>', 'its name')
    .action((name: string) =>
      onDatabase(async ({ prisma }) => {
        const { revokeToken } = await import('../auth/write.ts');
        await revokeToken(prisma, name);
        say(`The token "${name}" is revoked.`);
      }),
    );

  return verbatim;
}

/** Roles are taken in any case. */
function readRole(text: string): Role {
  const role = roles.find((each) => each === text.toUpperCase());
  if (!role) throw new InvalidArgumentError(`Choose one of ${roles.join(', ')}.`);
  return role;
}

function expiry(text: string): Date {
  try {
    return readExpiry(text, new Date());
  } catch (error) {
    if (error instanceof RangeError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

/** The line that tells a person why a command was not done; undefined for a defect. */
function messageOf(error: unknown): string | undefined {
  if (error instanceof CommanderError) {
    if (error.code === 'commander.help') return 'Name a command; "verbatim --help" lists them.';
    const said = error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
    return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.)]$/.test(said) ? '' : '.'} See "verbatim --help".`;
  }
  if (error instanceof FolderInUse) {
    return `${error.message} While a server runs, an administrator can create and revoke tokens through GraphQL (createToken, revokeToken), and an editor can import native records (importRecords).`;
  }
  if (error instanceof Refusal || error instanceof BrokenRule) return error.message;
  return undefined;
}

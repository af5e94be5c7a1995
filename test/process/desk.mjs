import { perform } from '../../dist/commands/commands.js';

// Performs commands of the compiled program as they are sent, one after another, and sends back what each wrote.
// What a process of its own does beside: it writes the refusal and its end to standard error, and ends.

/** What the command that is under way has written. */
let written = { stdout: '', stderr: '' };
for (const name of ['stdout', 'stderr']) {
  process[name].write = (text, ...rest) => {
    written[name] += text;
    rest.at(-1)?.();
    return true;
  };
}

process.on('message', async ({ variables, args }) => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, variables);
  written = { stdout: '', stderr: '' };
  const refused = await perform(args).catch((error) => error.stack);
  if (refused !== undefined) written.stderr += `${refused}\n`;
  process.send({ code: refused === undefined ? 0 : 1, signal: null, ...written });
});
process.on('disconnect', () => process.exit());

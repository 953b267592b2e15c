import process from 'node:process';
import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { COMMANDS, isCommandName, stub } from './commands/registry';
import { exitCodeOf, EXIT } from './terminal/exit';
import { reportError, reportUsage } from './terminal/messages';
import { endQuietlyOnClosedPipe } from './terminal/output';
import { onInterrupt } from './terminal/signals';

endQuietlyOnClosedPipe();
onInterrupt(() => process.exit(EXIT.interrupted));
const args = process.argv.slice(2);
try {
  const program = await assemble(args);
  if (args.length === 0) {
    program.outputHelp({ error: true });
    process.exitCode = EXIT.usage;
  } else {
    await program.parseAsync(args, { from: 'user' });
  }
} catch (thrown) {
  process.exitCode = fail(thrown);
}

/** Only the command that is called is loaded; the others are there by name, for help and suggestions. */
async function assemble(words: readonly string[]): Promise<Command> {
  const program = new Command('pilcrow')
    .description('Ask your articles, get the paragraph.')
    .version(manifest.version)
    .addHelpText('after', '\nExamples:\n  $ pilcrow index articles/\n  $ pilcrow ask "why did the bees disappear?"');
  const called = words[0] === 'help' ? words[1] : words[0];
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    program.addCommand(name === called && isCommandName(name) ? (await load()).command() : stub(name, summary));
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ outputError: () => undefined });
  }
  return program;
}

function fail(thrown: unknown): number {
  if (thrown instanceof CommanderError) {
    // Help and version end this way too, with 0.
    if (thrown.exitCode === 0) return EXIT.done;
    reportUsage(thrown, args);
    return EXIT.usage;
  }
  reportError(thrown, { verbose: args.includes('--verbose') });
  return exitCodeOf(thrown);
}

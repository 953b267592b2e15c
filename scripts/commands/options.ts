import { resolve } from 'node:path';
import { Command } from 'commander';
import { PilcrowError, type ErrorCode } from '../../lib/errors';

/** The options that every command takes. */
export interface CommonOptions {
  json?: true;
  indexDir?: string;
  verbose?: true;
}

/** A command with its name, what it does, its examples and the options that every command takes. */
export function newCommand(name: string, description: string, examples: readonly string[]): Command {
  return new Command(name)
    .description(description)
    .option('--json', 'print one JSON document on stdout and nothing else')
    .option('--index-dir <dir>', 'folder of the index (also PILCROW_INDEX_DIR; default: index/ beside package.json)')
    .option('--verbose', 'on failure print the stack and the cause too')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`);
}

/** Takes an option several times: the values in order. */
export function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}

/**
 * The number that was typed for an option. Whether it is in range is for others to say.
 * @throws PilcrowError with `code` for anything but digits: `Number` would take '' for 0 and 1e1 for 10
 */
export function wholeNumber(name: string, given: string | undefined, { code, hint }: { code: ErrorCode; hint: string }): number | undefined {
  if (given === undefined) return undefined;
  if (/^-?\d+$/.test(given)) return Number(given);
  throw new PilcrowError(code, `${name} ${JSON.stringify(given)} is not a whole number`, hint);
}

/** How many results are asked for. */
export function countOf({ k }: { k?: string }): number | undefined {
  return wholeNumber('k', k, { code: 'k-out-of-range', hint: 'give a whole number from 1 to 100' });
}

/** How many results of one article are asked for. */
export function perArticleOf({ perArticle }: { perArticle?: string }): number | undefined {
  return wholeNumber('--per-article', perArticle, { code: 'usage', hint: 'give a whole number from 1 to 100' });
}

/** The index to work on: named on the command line, else by PILCROW_INDEX_DIR, else the default. */
export function indexDirOf(options: CommonOptions, byDefault: () => string): string {
  if (options.indexDir === undefined) return byDefault();
  // A variable of the shell that is not set must not lead to another index.
  if (options.indexDir === '') throw new PilcrowError('usage', '--index-dir names no folder', 'name one, or leave the option out');
  return resolve(options.indexDir);
}

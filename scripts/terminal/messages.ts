import process from 'node:process';
import type { CommanderError } from 'commander';
import { asPilcrowError } from '../../lib/errors';
import type { UnknownFilter } from '../../lib/search';
import { printable } from './text';

/** Longest error line in characters: a message may quote what was given. */
const LONGEST_LINE = 1_000;

/** Lines that are written already, e.g. with colours. */
export function say(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`);
}

/** One remark on stderr. */
export function note(text: string): void {
  say([`pilcrow: ${oneLine(text)}`]);
}

/** A remark on each filter that no article passes. */
export function noteUnknown(filters: readonly UnknownFilter[]): void {
  for (const { name, value } of filters) note(`no article has the ${name === 'article' ? 'id' : name} ${JSON.stringify(value)}`);
}

/** The one line of an error; with `verbose` its stack and those of its causes too. */
export function reportError(thrown: unknown, { verbose }: { verbose: boolean }): void {
  const error = asPilcrowError(thrown);
  note(error.line);
  if (!verbose) {
    if (error.code === 'internal') note('this is a bug in Pilcrow; --verbose shows where');
    return;
  }
  let cause: unknown = error;
  for (; cause instanceof Error; cause = cause.cause) {
    const title = cause === error ? `[${error.code}]` : 'caused by';
    say([`${title} ${printableLines(cause.stack ?? cause.message)}`]);
  }
  // What went wrong in a worker comes from another process, as its text.
  if (typeof cause === 'string') say([`caused by ${printableLines(cause)}`]);
}

/** What commander found wrong with the command line, in one line, and where to read on. */
export function reportUsage(error: CommanderError, args: readonly string[]): void {
  const said = oneLine(error.message).replace(/^error: /, '').replace(/[.?]?\)?$/, (end) => end.replace('.', ''));
  const command = args[0] !== undefined && /^[a-z]+$/.test(args[0]) && error.code !== 'commander.unknownCommand' ? ` ${args[0]}` : '';
  note(`${said}; see pilcrow${command} --help`);
}

function oneLine(text: string): string {
  const line = printable(text.trim().replace(/\s*\n\s*/g, ' '));
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
}

function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

import { Option, type Command } from 'commander';
import type { FieldMap, FormatName, SourceChanges } from '../../lib/article';
import { FORMATS } from '../../lib/article';
import { PilcrowError } from '../../lib/errors';
import { wholeNumber } from './options';

/** How sources are read, as it is typed; false where an option is taken back. */
export interface TypedSourceOptions {
  format?: FormatName | false;
  map?: string | false;
  match?: string | false;
  follow?: boolean;
  limit?: string | false;
  allowPrivate?: boolean;
}

const FIELDS: readonly (keyof FieldMap)[] = ['id', 'title', 'text', 'author', 'published', 'updated', 'language', 'url', 'tags'];
/** As many addresses as a sitemap may have. */
const MAX_LIMIT = 50_000;

const TAKEN_BACK = `
These options are remembered with the source they were given for, and \`pilcrow status\` shows them. A source that
is named again keeps those that are not given; --no-follow, --no-limit, --no-map, --no-match, --no-format and
--no-allow-private take one back.`;

/** Adds the options that say how sources are read. */
export function withSourceOptions(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'read everything as this, whatever it is called').choices(Object.keys(FORMATS)))
    .option('--map <fields>', 'which fields of JSON and CSV are what, e.g. title=headline,text=body')
    .option('--match <glob>', 'only files below a folder, or pages of a sitemap or feed, that match, e.g. "news/**"')
    .option('--follow', 'read the pages that a feed, or a CSV of addresses, links to')
    .option('--limit <count>', 'most pages that a feed or sitemap leads to (default: 500)')
    .option('--allow-private', 'let addresses found in feeds, sitemaps and redirects lead into private networks');
}

/** Adds those that take an option of a remembered source back, which the help has in one line. */
export function withOptionsTakenBack(command: Command): Command {
  for (const name of ['format', 'map', 'match', 'follow', 'limit', 'allow-private']) command.addOption(new Option(`--no-${name}`).hideHelp());
  return command.addHelpText('after', TAKEN_BACK);
}

/** @throws PilcrowError `usage` */
export function sourceOptionsOf({ format, map, match, follow, limit, allowPrivate }: TypedSourceOptions): SourceChanges {
  if (typeof match === 'string' && match.trim() === '') throw new PilcrowError('usage', '--match is empty', 'give a glob such as "news/**", or leave it out');
  return {
    format: said(format, same),
    map: said(map, fieldMapOf),
    match: said(match, same),
    follow: said(follow, same),
    limit: said(limit, limitOf),
    allowPrivate: said(allowPrivate, same),
  };
}

/** Null for an option that is taken back. */
function said<Typed, Value>(typed: Typed | false | undefined, value: (typed: Typed) => Value): Value | null | undefined {
  if (typed === undefined) return undefined;
  return typed === false ? null : value(typed);
}

function same<T>(value: T): T {
  return value;
}

function limitOf(typed: string): number | undefined {
  const hint = `give a whole number from 1 to ${String(MAX_LIMIT)}`;
  const count = wholeNumber('--limit', typed, { code: 'usage', hint });
  if (count !== undefined && (count < 1 || count > MAX_LIMIT)) throw new PilcrowError('usage', `--limit ${String(count)} is not a number of pages`, hint);
  return count;
}

function fieldMapOf(typed: string): FieldMap {
  const pairs = typed.split(',').map((pair) => {
    const [field = '', name = ''] = pair.split(/=(.*)/s).map((part) => part.trim());
    const known = FIELDS.find((candidate) => candidate === field);
    if (known === undefined || name === '') {
      throw new PilcrowError('usage', `--map has ${JSON.stringify(pair)}, which is not FIELD=NAME`, `fields are ${FIELDS.join(', ')}; e.g. --map title=headline,text=body`);
    }
    return [known, name] as const;
  });
  return Object.fromEntries(pairs);
}

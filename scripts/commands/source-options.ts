import { Option, type Command } from 'commander';
import type { FieldMap, FormatName, SourceOptions } from '../../lib/article';
import { FORMATS } from '../../lib/article';
import { PilcrowError } from '../../lib/errors';
import { wholeNumber } from './options';

/** How sources are read, as it is typed. */
export interface TypedSourceOptions {
  format?: FormatName;
  map?: string;
  match?: string;
  follow?: true;
  limit?: string;
  allowPrivate?: true;
}

const FIELDS: readonly (keyof FieldMap)[] = ['id', 'title', 'text', 'author', 'published', 'updated', 'language', 'url', 'tags'];
/** As many addresses as a sitemap may have. */
const MAX_LIMIT = 50_000;

/** Adds the options that say how sources are read. */
export function withSourceOptions(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'read everything as this, whatever it is called').choices(Object.keys(FORMATS)))
    .option('--map <fields>', 'which fields of JSON and CSV are what, e.g. title=headline,text=body')
    .option('--match <glob>', 'only files below a folder, or pages of a sitemap or feed, that match, e.g. "news/**"')
    .option('--follow', 'read the pages that a feed links to, not its entries')
    .option('--limit <count>', 'most pages that a feed or sitemap leads to (default: 500)')
    .option('--allow-private', 'let addresses found in feeds, sitemaps and redirects lead into private networks');
}

/** @throws PilcrowError `usage` */
export function sourceOptionsOf({ format, map, match, follow, limit, allowPrivate }: TypedSourceOptions): SourceOptions {
  const hint = `give a whole number from 1 to ${String(MAX_LIMIT)}`;
  const count = wholeNumber('--limit', limit, { code: 'usage', hint });
  if (count !== undefined && (count < 1 || count > MAX_LIMIT)) throw new PilcrowError('usage', `--limit ${String(count)} is not a number of pages`, hint);
  if (match?.trim() === '') throw new PilcrowError('usage', '--match is empty', 'give a glob such as "news/**", or leave it out');
  return { format, map: map === undefined ? undefined : fieldMapOf(map), match, follow, limit: count, allowPrivate };
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

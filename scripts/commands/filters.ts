import type { Command } from 'commander';
import type { FiltersInput } from '../../lib/search';
import { collect } from './options';

/** The options that say which articles count. */
export interface FilterOptions {
  article?: string[];
  source?: string[];
  author?: string[];
  tag?: string[];
  language?: string[];
  from?: string;
  to?: string;
}

export function withFilters(command: Command): Command {
  return command
    .option('--article <id>', 'only from this article, however many (repeatable)', collect)
    .option('--source <source>', 'only from this source, or a path below it (repeatable)', collect)
    .option('--author <name>', 'only by this author (repeatable)', collect)
    .option('--tag <tag>', 'only with this tag (repeatable)', collect)
    .option('--language <tag>', 'only in this language, e.g. en (repeatable)', collect)
    .option('--from <date>', 'published on or after: 2024, 2024-03 or 2024-03-31')
    .option('--to <date>', 'published on or before');
}

/** What is wrong with a value is said by the engine, in the same words as the API's. */
export function filtersOf({ article, source, author, tag, language, from, to }: FilterOptions): FiltersInput {
  return { article, source, author, tag, language, from, to };
}

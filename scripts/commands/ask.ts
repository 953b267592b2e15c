import type { Command } from 'commander';
import { judgementOf, type SearchInput } from '../../lib/search';
import { styleFor } from '../terminal/colour';
import { note, noteUnknown } from '../terminal/messages';
import { print, printJson } from '../terminal/output';
import { renderResults } from '../terminal/results';
import { withEngine } from './engine';
import { type FilterOptions, filtersOf, withFilters } from './filters';
import { countOf, newCommand, perArticleOf, type CommonOptions } from './options';

interface AskOptions extends CommonOptions, FilterOptions {
  k?: string;
  mode?: string;
  perArticle?: string;
}

export function command(): Command {
  const ask = newCommand('ask', 'Find the passages that answer a question, best first, with the sentence that answers marked.', [
    'pilcrow ask "why did the bees disappear?"',
    'pilcrow ask who decides the price of bread -k 3 --tag food --from 2023',
    'pilcrow ask "what holds a bridge up?" --json | jq -r ".results[0].passage.text"',
    `pilcrow ask '"sugar syrup" for bees'          (these words must stand there, one after the other)`,
    'pilcrow ask -- jaguar -car -"big cat"          (after -- a word with a hyphen is left out, not an option)',
  ])
    .argument('[question...]', 'the question; its words need no quotes')
    .option('-k <count>', 'how many passages, 1 to 100 (default: 10)')
    .option('--mode <mode>', 'hybrid, dense (by meaning) or lexical (by words) (default: hybrid)')
    .option('--per-article <count>', 'at most so many of one article, 1 to 100 (default: 3, more where others have nothing near)');
  return withFilters(ask).action(run);
}

const SAID = {
  'answers': null,
  'may-answer': 'these passages may answer it',
  'nearest': 'nothing in the index seems to answer this; these passages come closest',
  'nothing': 'nothing was found',
} as const;

async function run(words: string[], options: AskOptions): Promise<void> {
  const { k, perArticle, mode } = options;
  // What is wrong with a value is said by the engine, in the same words as the API's.
  const request = { k: countOf({ k }), mode, perArticle: perArticleOf({ perArticle }), ...filtersOf(options), q: words.join(' ') } as SearchInput;
  const response = await withEngine(options, (engine) => engine.search(request));
  if (options.json) {
    printJson(response);
    return;
  }
  noteUnknown(response.unknownFilters);
  const said = SAID[judgementOf(response)];
  if (said !== null) note(said);
  print(renderResults(response.results, styleFor(process.stdout)));
}

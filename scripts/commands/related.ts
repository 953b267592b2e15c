import type { Command } from 'commander';
import type { RelatedInput } from '../../lib/search';
import { styleFor } from '../terminal/colour';
import { note, noteUnknown } from '../terminal/messages';
import { print, printJson } from '../terminal/output';
import { renderAlsoIn, renderResults } from '../terminal/results';
import { withEngine } from './engine';
import { type FilterOptions, filtersOf, withFilters } from './filters';
import { countOf, newCommand, perArticleOf, type CommonOptions } from './options';

interface RelatedOptions extends CommonOptions, FilterOptions {
  k?: string;
  perArticle?: string;
}

export function command(): Command {
  const related = newCommand('related', 'Find passages near a passage, from other articles.', [
    'pilcrow related ARTICLE.p7',
    'pilcrow related "$(pilcrow ask -k 1 --json what moves the tides | jq -r .results[0].passage.id)" -k 3',
    'pilcrow related ARTICLE.p7 --tag history --from 2020',
  ])
    .argument('<passage-id>', 'the id that stands beside every result of `pilcrow ask`')
    .option('-k <count>', 'how many passages, 1 to 100 (default: 5)')
    .option('--per-article <count>', 'at most so many of one article, 1 to 100 (default: 1, more where others have nothing near)');
  return withFilters(related).action(run);
}

async function run(passageId: string, options: RelatedOptions): Promise<void> {
  const request: RelatedInput = { k: countOf(options), perArticle: perArticleOf(options), ...filtersOf(options) };
  const response = await withEngine(options, (engine) => engine.related(passageId, request));
  if (options.json) {
    printJson(response);
    return;
  }
  noteUnknown(response.unknownFilters);
  if (response.results.length === 0) note('nothing related was found in other articles');
  const style = styleFor(process.stdout);
  const prints = renderAlsoIn(response.alsoIn, style);
  print([...prints, ...(prints.length === 0 ? [] : ['']), ...renderResults(response.results, style)]);
}

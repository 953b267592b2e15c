import type { Command } from 'commander';
import { styleFor } from '../terminal/colour';
import { renderDiff } from '../terminal/diff';
import { print, printJson } from '../terminal/output';
import { indexDirOf, newCommand, type CommonOptions } from './options';

interface DiffOptions extends CommonOptions {
  articles?: true;
}

export function command(): Command {
  return newCommand('diff', 'Compare two generations: their articles, and what they answer to the saved questions.', [
    'pilcrow diff                       # what the last run changed',
    'pilcrow diff 20260708T22           # since then; the beginning of an id will do, see pilcrow generations',
    'pilcrow diff 20260708T22 20260709 --json | jq ".questions[] | select(.pinned.from != null and .pinned.to == null)"',
  ])
    .argument('[from]', 'the older generation (default: the one that the other came from)')
    .argument('[to]', 'the newer generation (default: the current one)')
    .option('--articles', 'compare the articles only; no model is needed')
    .action(diff);
}

async function diff(from: string | undefined, to: string | undefined, options: DiffOptions): Promise<void> {
  const [{ diffGenerations }, { defaultIndexDir }] = await Promise.all([import('../../lib/search'), import('../../lib/index')]);
  const found = await diffGenerations({
    indexDir: indexDirOf(options, defaultIndexDir),
    from,
    to,
    articlesOnly: options.articles,
    openEmbedder: async (spec) => (await import('../../lib/embedding')).loadModel(spec),
  });
  if (options.json) printJson(found);
  else print(renderDiff(found, styleFor(process.stdout)));
}

import type { Command } from 'commander';
import { styleFor } from '../terminal/colour';
import { renderGenerations } from '../terminal/generations';
import { print, printJson } from '../terminal/output';
import { indexDirOf, newCommand, type CommonOptions } from './options';

export function command(): Command {
  return newCommand('generations', 'List the generations that are kept, newest first: what changed with each, and whether it can be gone back to.', [
    'pilcrow generations',
    'pilcrow generations --json | jq -r ".[] | select(.state == \\"ok\\") | .id"',
  ]).action(generations);
}

async function generations(options: CommonOptions): Promise<void> {
  const { defaultIndexDir, listGenerations, rollbackTarget } = await import('../../lib/index');
  const all = await listGenerations(indexDirOf(options, defaultIndexDir));
  if (options.json) printJson(all);
  else print(renderGenerations(all, rollbackTarget(all), styleFor(process.stdout), new Date()));
}

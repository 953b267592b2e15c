import type { Command } from 'commander';
import { styleFor } from '../terminal/colour';
import { print, printJson } from '../terminal/output';
import { renderStatus } from '../terminal/status';
import { withEngine } from './engine';
import { newCommand, type CommonOptions } from './options';

export function command(): Command {
  return newCommand('status', 'Say what is indexed, by which model, when, and how big it is.', [
    'pilcrow status',
    'pilcrow status --json | jq .passages',
  ]).action(status);
}

async function status(options: CommonOptions): Promise<void> {
  const found = await withEngine(options, (engine) => engine.status());
  if (options.json) printJson(found);
  else print(renderStatus(found, styleFor(process.stdout), new Date()));
}

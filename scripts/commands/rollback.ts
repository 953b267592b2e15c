import type { Command } from 'commander';
import { describeGeneration } from '../terminal/generations';
import { note } from '../terminal/messages';
import { printJson } from '../terminal/output';
import { indexDirOf, newCommand, type CommonOptions } from './options';

interface RollbackOptions extends CommonOptions {
  wait?: true;
}

export function command(): Command {
  return newCommand('rollback', 'Make an earlier generation the one in use, at once: nothing is embedded and nothing removed.', [
    'pilcrow rollback                   # to where the current one came from',
    'pilcrow rollback 20260708T22       # the beginning of an id will do, see pilcrow generations',
  ])
    .argument('[id]', 'the generation to use, a newer one too (default: the one that the current came from)')
    .option('--wait', 'wait for another run to end instead of failing')
    .action(rollback);
}

async function rollback(id: string | undefined, options: RollbackOptions): Promise<void> {
  const { defaultIndexDir, describeWriter, rollback: goBack } = await import('../../lib/index');
  const { from, to, generation, passedOver } = await goBack(indexDirOf(options, defaultIndexDir), {
    to: id,
    command: 'pilcrow rollback',
    wait: options.wait,
    onWait: (writer) => { note(`waiting for another run to end: ${describeWriter(writer)}`); },
  });
  const changed = from !== to;
  if (options.json) printJson({ from, to, changed });
  for (const { problem } of passedOver) note(`passed over: ${problem}`);
  if (changed) {
    note(`the index is now generation ${to}: ${describeGeneration(generation, new Date())}`);
    note('the next pilcrow index brings it up to date with the articles as they are then');
  } else {
    note(`generation ${to} is the current one already; nothing was changed`);
  }
}

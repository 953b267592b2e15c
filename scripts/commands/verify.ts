import process from 'node:process';
import type { Command } from 'commander';
import { PilcrowError } from '../../lib/errors';
import { styleFor } from '../terminal/colour';
import { EXIT } from '../terminal/exit';
import { print, printJson } from '../terminal/output';
import { createVerifyLine, renderVerification } from '../terminal/verify';
import { indexDirOf, newCommand, type CommonOptions } from './options';

interface VerifyCommandOptions extends CommonOptions {
  all?: true;
}

const CHECKS = `
Checked are every byte against its SHA-256, SQLite's own structures, that articles, passages, terms and
vectors belong together, that the graph leads to what exact search finds, and that the model is the one
that made the vectors. Nothing is changed. The exit code is 1 where anything has failed.`;

export function command(): Command {
  return newCommand('verify', 'Check that the index is whole: files, tables, vectors, model.', [
    'pilcrow verify',
    'pilcrow verify --all',
    'pilcrow verify 20240331T0915 --json | jq ".generations[].checks[] | select(.state == \\"failed\\")"',
  ])
    .argument('[generation...]', 'ids as `pilcrow generations` has them, or their beginnings (default: the current one)')
    .option('--all', 'every generation that is kept')
    .action(verify)
    .addHelpText('after', CHECKS);
}

async function verify(ids: string[], options: VerifyCommandOptions): Promise<void> {
  if (options.all && ids.length > 0) {
    throw new PilcrowError('usage', `--all are all generations, ${ids[0] ?? ''} among them`, 'name generations or give --all');
  }
  const { defaultIndexDir, verifyIndex } = await import('../../lib/index');
  const line = createVerifyLine(process.stderr);
  const report = await verifyIndex(indexDirOf(options, defaultIndexDir), { ids, all: options.all, onStep: line.show }).finally(line.erase);
  if (options.json) printJson(report);
  else print(renderVerification(report, styleFor(process.stdout)));
  if (!report.ok) process.exitCode = EXIT.failed;
}

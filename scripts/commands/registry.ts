import { Command } from 'commander';

/** What a command's file exports. */
export interface CommandModule {
  command(): Command;
}

/** Every command: one line for the list in `pilcrow --help`, and the file that is loaded when it is called. */
export const COMMANDS = {
  index: { summary: 'bring the index up to date with files and folders', load: () => import('./build') },
  ask: { summary: 'find the passages that answer a question', load: () => import('./ask') },
  related: { summary: 'find passages near a passage, from other articles', load: () => import('./related') },
  status: { summary: 'say what is indexed, by which model, when, and how big it is', load: () => import('./status') },
  eval: { summary: 'measure retrieval on BEIR folders: nDCG@10, MRR@10, hit@1, recall@100', load: () => import('./eval') },
} satisfies Record<string, { summary: string; load: () => Promise<CommandModule> }>;

export function isCommandName(name: string): name is keyof typeof COMMANDS {
  return Object.hasOwn(COMMANDS, name);
}

/** A command by name and summary only. */
export function stub(name: string, summary: string): Command {
  return new Command(name).description(summary);
}

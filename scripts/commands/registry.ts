import { Command } from 'commander';

/** What a command's file exports. */
export interface CommandModule {
  command(): Command;
}

/** Every command: one line for the list in `pilcrow --help`, and the file that is loaded when it is called. */
export const COMMANDS = {
  index: { summary: 'bring the index up to date with files, folders and addresses', load: () => import('./build') },
  read: { summary: 'print articles as they would be indexed', load: () => import('./read') },
  ask: { summary: 'find the passages that answer a question', load: () => import('./ask') },
  related: { summary: 'find passages near a passage, from other articles', load: () => import('./related') },
  status: { summary: 'say what is indexed, by which model, when, and how big it is', load: () => import('./status') },
  generations: { summary: 'list the generations that are kept, and what changed with each', load: () => import('./generations') },
  rollback: { summary: 'go back to an earlier generation, at once', load: () => import('./rollback') },
  questions: { summary: 'save questions, pin the answers they must keep, and check them', load: () => import('./questions') },
  diff: { summary: 'compare two generations: their articles, and what they answer', load: () => import('./diff') },
  verify: { summary: 'check that the index is whole: files, tables, vectors, model', load: () => import('./verify') },
  eval: { summary: 'measure retrieval on BEIR folders: nDCG@10, MRR@10, hit@1, recall@100', load: () => import('./eval') },
  bench: { summary: 'measure speed and memory on this machine, beside what others take', load: () => import('./bench') },
} satisfies Record<string, { summary: string; load: () => Promise<CommandModule> }>;

export function isCommandName(name: string): name is keyof typeof COMMANDS {
  return Object.hasOwn(COMMANDS, name);
}

/** A command by name and summary only. */
export function stub(name: string, summary: string): Command {
  return new Command(name).description(summary);
}

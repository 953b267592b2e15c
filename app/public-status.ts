import { basename, isAbsolute } from 'node:path';
import type { GenerationSummary, IndexStatus, IndexWriter } from '../lib/index';

/**
 * What of the index's state may be shown. Where on this machine articles and models lie, and what runs on it, is no
 * business of whoever can reach the port.
 */
export interface PublicStatus extends Omit<IndexStatus, 'sources' | 'writer'> {
  sources: { label: string }[];
  writer: PublicWriter | null;
}

export type PublicWriter = Omit<IndexWriter, 'pid' | 'host'>;

export function publicStatus({ sources, writer, model, ...status }: IndexStatus): PublicStatus {
  return { ...status, model: publicModel(model), sources: sources.map(({ label }) => ({ label })), writer: publicWriter(writer) };
}

export function publicWriter(writer: IndexWriter | null): PublicWriter | null {
  if (writer === null) return null;
  const { command, since, phase, done, etaMs } = writer;
  return { command, since, phase, done, etaMs };
}

export function publicGeneration({ model, problem, ...summary }: GenerationSummary): GenerationSummary {
  return { ...summary, model: model && publicModel(model), problem: problem && publicProblem(problem, summary) };
}

/** A model can be a folder of this machine. */
function publicModel(model: IndexStatus['model']): IndexStatus['model'] {
  return { ...model, id: isAbsolute(model.id) ? basename(model.id) : model.id };
}

/** Only what the index says of its own files; anything else comes from the machine and may hold paths. */
function publicProblem(problem: string, { id, state }: Pick<GenerationSummary, 'id' | 'state'>): string {
  if (state === 'other-format') return 'made by another version of Pilcrow';
  const said = `generation ${id} is damaged: `;
  return problem.startsWith(said) ? problem.slice(said.length) : 'it cannot be read';
}

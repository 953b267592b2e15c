import { PilcrowError } from '../../lib/errors';
import type { ArticleDraft, ReadContext, Reader, ReadInput } from '../../lib/article/types';

/** What a reader made of a file: its drafts and what it told, failures and what it passed over as `path: message`. */
export interface DataRead {
  drafts: ArticleDraft[];
  warnings: string[];
  failed: string[];
  skipped: string[];
}

export async function readData(reader: Reader, input: Omit<ReadInput, 'bytes'> & { bytes?: Uint8Array; text?: string }): Promise<DataRead> {
  const result: DataRead = { drafts: [], warnings: [], failed: [], skipped: [] };
  const context: ReadContext = {
    alive: () => undefined,
    warn: (message) => void result.warnings.push(message),
    fail: (path, error) => void result.failed.push(`${path}: ${error.message}`),
    skip: (path, reason) => void result.skipped.push(`${path}: ${reason}`),
    nested: () => {
      throw new Error('no archive');
    },
  };
  for await (const draft of reader.read({ ...input, bytes: input.bytes ?? Buffer.from(input.text ?? '') }, context)) result.drafts.push(draft);
  return result;
}

/** `code: message: hint` of what was refused. */
export async function refusal(read: Promise<unknown>): Promise<string> {
  const thrown: unknown = await read.then(() => 'nothing', (error: unknown) => error);
  return thrown instanceof PilcrowError ? `${thrown.code}: ${thrown.line}` : String(thrown);
}

export const texts = (draft: ArticleDraft | undefined): string[] => draft?.paragraphs.map((paragraph) => paragraph.text) ?? [];

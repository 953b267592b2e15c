import type { ArticleDraft, Paragraph } from '../../../lib/article';
import { pdfReader } from '../../../lib/article/formats/pdf';
import type { PilcrowError } from '../../../lib/errors';

export interface Read {
  draft: ArticleDraft;
  texts: string[];
  warnings: string[];
  failed: { path: string; error: PilcrowError }[];
}

export async function readPdf(bytes: Uint8Array, name = 'my-file.pdf'): Promise<Read> {
  const warnings: string[] = [];
  const failed: Read['failed'] = [];
  const drafts: ArticleDraft[] = [];
  const context = {
    warn: (message: string) => void warnings.push(message),
    fail: (path: string, error: PilcrowError) => void failed.push({ path, error }),
    alive: () => undefined,
    skip: () => { throw new Error('nothing is skipped in a PDF'); },
    nested: () => { throw new Error('nothing is read inside a PDF'); },
  };
  for await (const draft of pdfReader.read({ bytes, name }, context)) drafts.push(draft);
  const [draft] = drafts;
  if (draft === undefined || drafts.length > 1) throw new Error(`${drafts.length} articles`);
  return { draft, texts: draft.paragraphs.map(({ text }) => text), warnings, failed };
}

/** Paragraphs whose text begins like this. */
export function startingWith({ draft }: Read, start: string): Paragraph[] {
  return draft.paragraphs.filter(({ text }) => text.startsWith(start));
}

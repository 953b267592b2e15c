import type { Setting } from '../lib/article';
import type { ArticleView } from '../lib/index';

/** A stretch of text that belongs to one passage. */
export interface Part {
  ordinal: number;
  text: string;
  /** Where it begins in its passage's text, in UTF-16 units. */
  at: number;
  /** Whether its passage begins here, and so its anchor and its number stand here. */
  opens: boolean;
}

export interface Paragraph extends Setting {
  /** The page that begins with this paragraph, where pages are known. */
  page: number | null;
  parts: Part[];
}

/** What is set as one piece: paragraphs, below a heading when a section begins. */
export interface Block {
  heading: string | null;
  /** The passage that all these paragraphs make up, when they are whole paragraphs of one passage. */
  passage: { ordinal: number; opens: boolean } | null;
  paragraphs: Paragraph[];
}

/** Stands between the paragraphs of one passage in its text. */
export const PARAGRAPH_BREAK = '\n\n';

/**
 * Lays an article out for passages to be marked: short paragraphs that make one passage become one
 * block, so that one `:target` marks them all; a paragraph that holds several passages is a block
 * whose parts are marked one by one.
 */
export function articleBlocks({ paragraphs }: Pick<ArticleView, 'paragraphs'>): Block[] {
  const blocks: Block[] = [];
  const nextAt = new Map<number, number>();
  let above: { section: string | null; page: number | null } = { section: null, page: null };
  for (const { section, page, parts, ...setting } of paragraphs) {
    const paragraph = { ...setting, page: page === above.page ? null : page, parts: parts.map((part) => placed(part, nextAt)) };
    const heading = section === above.section ? null : section;
    above = { section, page };
    const [only, second] = paragraph.parts;
    const whole = only !== undefined && second === undefined ? only : null;
    const last = blocks.at(-1);
    if (whole && heading === null && last?.passage?.ordinal === whole.ordinal) last.paragraphs.push(paragraph);
    else blocks.push({ heading, passage: whole && { ordinal: whole.ordinal, opens: whole.opens }, paragraphs: [paragraph] });
  }
  return blocks;
}

/** @param nextAt where the next part of each passage that has begun is in its text */
function placed({ ordinal, text }: { ordinal: number; text: string }, nextAt: Map<number, number>): Part {
  const known = nextAt.get(ordinal);
  // White space before the first word of a paragraph is shown with it, but belongs to no passage.
  const at = known ?? text.trimStart().length - text.length;
  nextAt.set(ordinal, at + text.length + PARAGRAPH_BREAK.length);
  return { ordinal, text, at, opens: known === undefined };
}

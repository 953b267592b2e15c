import type { ArticleView } from '../lib/index';

/** A stretch of text that belongs to one passage. */
export interface Part {
  ordinal: number;
  text: string;
  /** Whether its passage begins here, and so its anchor and its number stand here. */
  opens: boolean;
}

/** What is set as one piece: paragraphs, below a heading when a section begins. */
export interface Block {
  heading: string | null;
  /** The passage that all these paragraphs make up, when they are whole paragraphs of one passage. */
  passage: { ordinal: number; opens: boolean } | null;
  paragraphs: Part[][];
}

/**
 * Lays an article out for passages to be marked: short paragraphs that make one passage become one
 * block, so that one `:target` marks them all; a paragraph that holds several passages is a block
 * whose parts are marked one by one.
 */
export function articleBlocks({ paragraphs }: Pick<ArticleView, 'paragraphs'>): Block[] {
  const blocks: Block[] = [];
  const seen = new Set<number>();
  let section: string | null = null;
  for (const paragraph of paragraphs) {
    const parts = paragraph.parts.map(({ ordinal, text }) => {
      const opens = !seen.has(ordinal);
      seen.add(ordinal);
      return { ordinal, text, opens };
    });
    const heading = paragraph.section === section ? null : paragraph.section;
    section = paragraph.section;
    const [only, second] = parts;
    const whole = only !== undefined && second === undefined ? only : null;
    const last = blocks.at(-1);
    if (whole && heading === null && last?.passage?.ordinal === whole.ordinal) last.paragraphs.push(parts);
    else blocks.push({ heading, passage: whole && { ordinal: whole.ordinal, opens: whole.opens }, paragraphs: [parts] });
  }
  return blocks;
}

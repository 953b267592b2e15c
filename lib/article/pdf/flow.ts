import { cleanLine, cleanLines, isBlank } from '../text/clean';
import { isSameLine, Sections } from '../text/sections';
import { canBeTitle } from '../title';
import type { Paragraph } from '../types';
import { endsInHyphen, endsSentence, LARGE, withoutMark, type Block } from './blocks';
import { Words } from './hyphens';
import type { Line } from './lines';

/** What most of a document is set in. */
export interface TextStyle {
  /** In points. */
  size: number;
  bold: boolean;
}

/** Characters of the longest heading; what is longer and bold is a paragraph that shouts. */
const HEADING_CHARACTERS = 200;
/** Type of notes, as a multiple of the text's, is no larger. */
const NOTE = 0.93;
/** Share of a page above which no footnotes stand. */
const NOTE_TOP = 0.4;
/** Share of the first page above which its title stands. */
const TITLE_TOP = 0.66;
/** A paragraph goes on behind a page of pictures at most. */
const PAGES_BETWEEN = 2;
/** Width of a character of type of one width, in em. */
const MONO_WIDTH = 0.6;
/** Characters that code is indented by at most: what is further in was placed. */
const MAX_INDENT = 80;
/** Distance of baselines, in em, that has a blank line in it. */
const BLANK_LINE = 1.8;

const NOTE_START = /^(?:\[?\d{1,3}[\s.)\]]|[*†‡§¶∗]|\p{No}|\p{Ll}\s)/u;
const CAPTION = /^(?:Fig(?:ure|\.|ura)?|Table(?:au)?|Tab(?:elle|ela|la|\.)|Abb(?:ildung|\.)|Bild|Cuadro|Listing|Algorithm|Plate|Box|Рис(?:унок|\.)|Табл(?:ица|\.)|Σχήμα|Πίνακας|Εικόνα|[図表图])\s?\d/u;
const LEADERS = /(?:\s?[.·…_]){5,}\s*/u;
const SECTION_NUMBER = /^\d+(?:\.\d+)*\.?\s/;

/** Blocks of all pages as paragraphs: what belongs together joined over columns and pages, what stands between put behind it. */
export class Flow {
  private readonly words = new Words();
  private readonly headingDepths: ReadonlyMap<Block, number>;
  private readonly notes: ReadonlySet<Block>;
  /** Whether paragraphs begin with an indent, so that one without goes on. */
  private readonly indents: boolean;

  constructor(private readonly blocks: readonly Block[], private readonly style: TextStyle) {
    for (const block of blocks) if (!block.mono) this.words.add(block.lines.map((line) => line.text));
    this.notes = footnotes(blocks, style);
    this.headingDepths = depths(blocks.filter((block) => this.isHeading(block)));
    const running = blocks.filter((block) => block.lines.length > 1 && block.mark === null && !block.mono);
    this.indents = running.filter((block) => block.indented).length * 2 > running.length;
  }

  /** The largest type on the first page with text, where it stands out and could be a title. */
  title(): string | null {
    const [first] = this.blocks;
    const candidates = this.blocks.filter((block) => block.page === first?.page && block.top < TITLE_TOP && this.headingDepths.has(block));
    const largest = candidates.reduce<Block | undefined>((a, b) => (a === undefined || b.size > a.size * 1.02 ? b : a), undefined);
    if (largest === undefined || (largest.size < LARGE * this.style.size && largest !== first)) return null;
    const text = cleanLine(this.text(largest.lines));
    return canBeTitle(text) ? text : null;
  }

  paragraphs(title: string): Paragraph[] {
    const joined = this.joined();
    const sections = new Sections(title);
    const placed: { paragraph: Paragraph; isNote: boolean }[] = [];
    for (const block of joined) {
      const depth = this.headingDepths.get(block);
      const text = this.text(block.lines, block.mark);
      if (depth !== undefined && sections.heading(depth, text)) continue;
      if (block.page === joined[0]?.page && isSameLine(cleanLine(text), title)) continue;
      const paragraph = block.mono ? { text: code(block.lines), kind: 'code' as const } : { text: cleanLine(text.replace(LEADERS, ' … ')) };
      if (isBlank(paragraph.text)) continue;
      const item = block.mark === null ? {} : { kind: 'item' as const, mark: block.mark };
      placed.push({ paragraph: { ...paragraph, section: sections.take(), page: block.page, ...item }, isNote: this.notes.has(block) });
    }
    return byPage(placed);
  }

  /** Each paragraph once, with the lines that follow in other columns, where its first line stands. */
  private joined(): Block[] {
    const joined: Block[] = [];
    /** The last paragraph in each size of type, which may go on. */
    let open = new Map<number, { block: Block; last: Block; next: number }>();
    this.blocks.forEach((block, at) => {
      const isAside = this.notes.has(block) || CAPTION.test(block.lines[0]?.text ?? '');
      // what stands before code or under a heading is done with
      if (block.mono || this.headingDepths.has(block)) open = new Map();
      if (isAside || block.mono || this.headingDepths.has(block)) {
        joined.push(block);
        return;
      }
      const key = Math.round(block.size * 2);
      const before = open.get(key);
      if (before !== undefined && (before.last.region !== block.region || before.next !== at) && this.goesOn(before.last, block)) {
        before.block.lines.push(...block.lines);
        open.set(key, { block: before.block, last: block, next: at + 1 });
      } else {
        const copy = { ...block, lines: [...block.lines] };
        joined.push(copy);
        open.set(key, { block: copy, last: block, next: at + 1 });
      }
    });
    return joined;
  }

  private goesOn(last: Block, next: Block): boolean {
    const [end, start] = [last.lines.at(-1), next.lines[0]];
    if (end === undefined || start === undefined || next.mark !== null || last.bold !== next.bold) return false;
    if (next.page - last.page > PAGES_BETWEEN || end.tabular || start.tabular) return false;
    if (endsInHyphen(end.text)) return /^\p{L}/u.test(start.text);
    if (endsSentence(end.text)) return this.indents && last.full && !next.indented;
    return /^\p{Ll}/u.test(start.text) || (last.full && !next.indented);
  }

  private isHeading(block: Block): boolean {
    const text = block.lines.map((line) => line.text).join(' ');
    if (block.mono || block.lines.length > 3 || text.length > HEADING_CHARACTERS || this.notes.has(block)) return false;
    if (block.lines.some((line) => line.tabular) || LEADERS.test(text) || CAPTION.test(text)) return false;
    if (!/\p{L}{2}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) || (/[.,;。、；]$/u.test(text) && !SECTION_NUMBER.test(text))) return false;
    return block.size > LARGE * this.style.size || (block.bold && !this.style.bold && block.size > 0.95 * this.style.size);
  }

  private text(lines: readonly Line[], mark: string | null = null): string {
    return this.words.join(lines.map((line, at) => (at === 0 && mark !== null ? withoutMark(line.text) : line.text)));
  }
}

/** Larger headings are above smaller ones, bold above plain, `2` above `2.1`. */
function depths(headings: readonly Block[]): Map<Block, number> {
  const rank = (block: Block): number => Math.round(block.size * 2) * 2 + (block.bold ? 1 : 0);
  const ranks = [...new Set(headings.map(rank))].sort((a, b) => b - a);
  return new Map(headings.map((block) => {
    const number = /^\d+(?:\.\d+)*/.exec(block.lines[0]?.text ?? '')?.[0] ?? '';
    return [block, ranks.indexOf(rank(block)) * 10 + Math.min(9, number.split('.').length)];
  }));
}

/** Blocks in small type at the end of a column, from the first that begins with a mark on, and what runs along the margin. */
function footnotes(blocks: readonly Block[], style: TextStyle): Set<Block> {
  const notes = new Set(blocks.filter((block) => block.turned));
  for (let end = blocks.length, start = end; start > 0; end = start) {
    const region = blocks[end - 1]?.region;
    while (start > 0 && blocks[start - 1]?.region === region) start--;
    let first = end;
    while (first > start && isSmall(blocks[first - 1], style)) first--;
    while (first < end && !NOTE_START.test(blocks[first]?.lines[0]?.text ?? '')) first++;
    for (const block of blocks.slice(first, end)) notes.add(block);
  }
  return notes;
}

function isSmall(block: Block | undefined, style: TextStyle): boolean {
  return block !== undefined && block.size <= NOTE * style.size && block.top > NOTE_TOP && !block.mono;
}

/** A page's notes after what it says. */
function byPage(placed: readonly { paragraph: Paragraph; isNote: boolean }[]): Paragraph[] {
  const order = (a: { paragraph: Paragraph; isNote: boolean }, b: { paragraph: Paragraph; isNote: boolean }): number =>
    (a.paragraph.page ?? 0) - (b.paragraph.page ?? 0) || Number(a.isNote) - Number(b.isNote);
  return [...placed].sort(order).map(({ paragraph }) => paragraph);
}

/** Lines of code with the indents and blank lines they are set with. */
function code(lines: readonly Line[]): string {
  const left = lines.reduce((least, line) => Math.min(least, line.u0), Infinity);
  return cleanLines(lines.map((line, at) => {
    const indent = Math.min(MAX_INDENT, Math.round((line.u0 - left) / (MONO_WIDTH * line.size)));
    const isAfterBlank = line.v - (lines[at - 1]?.v ?? line.v) > BLANK_LINE * line.size;
    return (isAfterBlank ? '\n' : '') + ' '.repeat(indent) + line.text;
  }).join('\n'));
}

/**
 * The parser compares each delimiter (of emphasis, links, code, addresses) with all earlier ones of its
 * paragraph: 28 s for a paragraph of 32,000. A block is read when the squares of its paragraphs' counts
 * sum up to at most this for each of its characters. That allows 128 delimiters with nothing between
 * them, or 1,280 with one in 20 characters; a paragraph of links has one in 13, prose one in 100. The
 * comparisons in a megabyte then take about 2 s.
 */
const COMPARISONS_PER_CHARACTER = 64;
/** Block quotes and lists begun in each other on a line: every line below is tried against all of them. */
const MAX_NESTING = 16;

/** What the rest of the paragraph is searched for, each time anew: `<!--`, `<?`. */
const SEARCH_WEIGHT = 4;
const DELIMITER = /[*_]+|~+|`+|[[\]@]|<[!?]?/g;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;
/** Of headings; the parser takes longer over these than over delimiters: 10,000 took 10 s. */
const UNDERLINE_WEIGHT = 2;

const DEFINITION = /^ {0,3}\[[^[\]]{1,999}\]:\s*\S/;
const BULLET = /^ {0,3}(?:[-+*]|1[.)]) +\S/;
const NUMBER = /^ {0,3}\d{1,9}[.)] +\S/;
const CONTAINERS = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=\s)))+/;
const ORNAMENT = /^[ \t]*([-*])(?:[ \t]*\1)*[ \t]*$/;
const TABLE_RULE = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const FENCE_END = /^ {0,3}(`{3,}|~{3,})[ \t]*$/;

/** Whether a line ends a paragraph: other white space is text. */
export function isBlankLine(line: string): boolean {
  return /^[ \t]*$/.test(line);
}

/** The code fence that is open below a line, given the one that is open above it; null where none is. */
export function fenceOf(line: string, above: string | null): string | null {
  if (above === null) return FENCE.exec(line)?.[1] ?? null;
  return FENCE_END.exec(line)?.[1]?.startsWith(above) === true ? null : above;
}

/**
 * Sums up the squares of the delimiters in a block's paragraphs, list items and table rows, line by line.
 * Where it cannot be sure that a paragraph ends it counts on, so that it never counts too little.
 */
export class DelimiterCount {
  /** As if there were no code in it. */
  readonly everywhere = new Paragraphs();
  /** Without the lines in code fences. */
  readonly outside = new Paragraphs();
  /** Whether its fences are fences when it is parsed on its own: neither in HTML nor in a list item. */
  certain = true;
  /** Lines that may underline a heading. */
  underlines = 0;

  add(line: string, inFence: boolean): void {
    this.everywhere.add(line);
    if (inFence) return;
    if (line.includes('<') || (fenceOf(line, null) !== null && !/^\S/.test(line))) this.certain = false;
    this.outside.add(line);
    if (UNDERLINE.test(line)) this.underlines++;
  }
}

/** Whether a block of this many characters can be parsed: with its neighbours, alone, or not in good time. */
export function canRead(count: DelimiterCount, characters: number): 'anywhere' | 'alone' | 'never' {
  if (count.everywhere.within(characters)) return 'anywhere';
  return count.certain && count.outside.within(characters) ? 'alone' : 'never';
}

class Paragraphs {
  private squares = 0;
  private current = 0;
  private lines: 'none' | 'first' | 'more' = 'none';
  private above = '';
  private inList = false;
  private inTable = false;
  private tooDeep = false;

  add(line: string): void {
    if (isBlankLine(line)) return this.reset();
    this.inTable = /^ {0,3}\|/.test(line) && (this.inTable || (this.lines === 'first' && isTable(this.above, line)));
    this.inList = BULLET.test(line) || (NUMBER.test(line) && (this.inList || this.lines === 'none')) || (this.inList && !/^>/.test(line));
    if (this.inTable || BULLET.test(line) || (this.inList && NUMBER.test(line))) this.end();
    this.current += weight(line);
    this.tooDeep ||= nesting(line) > MAX_NESTING;
    this.lines = this.lines === 'none' ? 'first' : 'more';
    this.above = line;
  }

  within(characters: number): boolean {
    return !this.tooDeep && this.squares + this.current ** 2 <= characters * COMPARISONS_PER_CHARACTER;
  }

  private reset(): void {
    this.end();
    this.lines = 'none';
    this.inList = false;
    this.inTable = false;
  }

  private end(): void {
    this.squares += this.current ** 2;
    this.current = 0;
  }
}

function weight(line: string): number {
  if (UNDERLINE.test(line)) return UNDERLINE_WEIGHT;
  let sum = DEFINITION.test(line) ? -2 : 0;
  for (const [delimiter] of line.matchAll(DELIMITER)) sum += /^<[!?]/.test(delimiter) ? SEARCH_WEIGHT : 1;
  return sum;
}

function nesting(line: string): number {
  if (ORNAMENT.test(line)) return 0;
  return CONTAINERS.exec(line)?.[0].match(/>|[-+*]|\d+/g)?.length ?? 0;
}

/** Whether two lines begin a table: a rule with as many cells as the header above it. */
function isTable(header: string, rule: string): boolean {
  return TABLE_RULE.test(rule) && !/[\\`]/.test(header) && cells(header) === cells(rule);
}

function cells(row: string): number {
  return row.trim().replace(/^\|/, '').replace(/\|$/, '').split('|').length;
}

import { isComposing } from './composing';
import { isDialogOpen } from './dialogs';

/** Milliseconds for which a selection has to stand still. */
const SETTLED_MS = 200;
/** With fewer words than these there is little to be like. */
const FEWEST_WORDS = 3;
/** What means something in a question: quotes require what is between them, a hyphen excludes. */
const OPERATORS = /["＂“”„«»「」『』]|(?<=^|\s)-(?=\p{L})/gu;

/** Words selected in an article's text can be searched for: `a[data-find-like]` comes beside them. */
export function installSelection(): void {
  const link = document.querySelector<HTMLAnchorElement>('a[data-find-like]');
  if (link === null) return;
  const most = Number(link.dataset.most);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let passage: HTMLElement | null = null;
  const settle = () => {
    // While it is pressed or has the focus it stays, whatever that does to the selection.
    if (link.matches(':active, :focus')) return;
    const range = selectedRange();
    const words = range === null ? '' : asQuestion(textOf(wholeWords(range)), most);
    link.hidden = words === '';
    if (range === null || words === '') return;
    lead(link, words, range);
    place(link, range);
    passage = passageAt(range);
  };
  document.addEventListener('selectionchange', () => {
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLED_MS);
  });
  link.addEventListener('mousedown', (event) => { event.preventDefault(); });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event) || link.hidden || isDialogOpen()) return;
    // The panel stays: one Escape lets go of one thing.
    event.preventDefault();
    // What is hidden has no focus: the passage takes it, from which Tab and j go on.
    if (link === document.activeElement) passage?.focus({ preventScroll: true });
    link.hidden = true;
  });
}

/** What is selected, when all of it is text of the article. */
function selectedRange(): Range | null {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const text = document.querySelector('[data-article-text]');
  const range = selection.getRangeAt(0);
  return text !== null && text.contains(range.commonAncestorContainer) ? range : null;
}

/** As much as is selected, and the rest of the words in which that begins and ends; what is seen as selected stays. */
function wholeWords(range: Range): Range {
  const whole = range.cloneRange();
  const first = wordAt(range.startContainer, range.startOffset);
  if (first !== null) whole.setStart(range.startContainer, first.index);
  const last = wordAt(range.endContainer, range.endOffset - 1);
  if (last !== null) whole.setEnd(range.endContainer, last.index + last.segment.length);
  return whole;
}

function wordAt(node: Node, offset: number): Intl.SegmentData | null {
  const segment = node instanceof Text ? wordsOf(node.data).containing(offset) : undefined;
  return segment?.isWordLike === true ? segment : null;
}

/** A selection's own text has what stands in the margin too. */
function textOf(range: Range): string {
  const copy = range.cloneContents();
  for (const note of copy.querySelectorAll('[data-marginalia], [data-find-like]')) note.remove();
  for (const block of copy.querySelectorAll('h2, p')) block.append(' ');
  return copy.textContent;
}

/** What is selected as a question of at most `most` characters, whole words only; empty when it has too few to ask by. */
export function asQuestion(selected: string, most: number): string {
  const text = selected.replace(OPERATORS, ' ').replace(/\s+/g, ' ').trim();
  let end = 0;
  let words = 0;
  for (const { index, segment, isWordLike } of wordsOf(text)) {
    if (index + segment.length > most) break;
    end = index + segment.length;
    if (isWordLike === true) words += 1;
  }
  return words < FEWEST_WORDS ? '' : text.slice(0, end).trim();
}

function wordsOf(text: string): Intl.Segments {
  return new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text);
}

/** The way on is that of the passage in which the selection begins: its other link has it. */
function lead(link: HTMLAnchorElement, words: string, range: Range): void {
  const url = new URL(link.href);
  url.searchParams.set('q', words);
  const related = elementOf(range.startContainer).closest('[data-item]')?.querySelector<HTMLAnchorElement>('a[data-related]');
  if (related) {
    url.searchParams.delete('via');
    for (const step of new URL(related.href).searchParams.getAll('via')) url.searchParams.append('via', step);
  }
  link.href = url.href;
}

/** The passage in which the selection ends. */
function passageAt({ endContainer }: Range): HTMLElement | null {
  const items = [...document.querySelectorAll<HTMLElement>('[data-article-text] [data-item]')];
  // Those that begin before it; that they hold it counts as that.
  return items.findLast((item) => (item.compareDocumentPosition(endContainer) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0) ?? null;
}

/** Below the end of the selection; in the document behind its block, so that Tab comes by it next. */
function place(link: HTMLAnchorElement, range: Range): void {
  const text = elementOf(range.endContainer).closest('[data-article-text]');
  const block = [...(text?.children ?? [])].find((child) => child.contains(range.endContainer));
  (block ?? text)?.append(link);
  const frame = link.offsetParent?.getBoundingClientRect();
  const last = [...range.getClientRects()].at(-1);
  if (frame === undefined || last === undefined) return;
  const left = Math.min(Math.max(last.right - frame.left - link.offsetWidth / 2, 0), Math.max(frame.width - link.offsetWidth, 0));
  link.style.left = `${left}px`;
  link.style.top = `${last.bottom - frame.top + 6}px`;
}

function elementOf(node: Node): Element {
  return node instanceof Element ? node : (node.parentElement ?? document.documentElement);
}

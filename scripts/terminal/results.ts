import type { ArticleRef, SearchResult } from '../../lib/search';
import type { Style } from './colour';
import { counted } from './numbers';
import { printable, wrap } from './text';

const INDENT = '   ';

/**
 * Results for reading, best first, a blank line between them. Below the last one of an article stands how many
 * more it has, and how to get at them.
 */
export function renderResults(results: readonly SearchResult[], style: Style): string[] {
  const last = new Map(results.map((result) => [result.article.id, result]));
  return results.flatMap((result, i) => {
    const { article, moreInArticle } = result;
    const more = moreInArticle > 0 && last.get(article.id) === result ? [`${counted(moreInArticle, 'more passage')} of this article: --article ${article.id}`] : [];
    return [...(i === 0 ? [] : ['']), ...renderResult(result, style), ...more.flatMap((line) => indented(line, style).map(style.colours.dim))];
  });
}

function renderResult({ rank, score, passage, article, evidence, alsoIn }: SearchResult, style: Style): string[] {
  const { bold, cyan, dim } = style.colours;
  const title = indented(article.title, style).map((line) => line.slice(INDENT.length));
  return [
    ...title.map((line, i) => `${i === 0 ? bold(String(rank).padEnd(INDENT.length)) : INDENT}${bold(cyan(line))}`),
    ...indented(origin(article), style).map(dim),
    ...indented(place(passage, score), style).map(dim),
    ...renderPassage(passage.text, evidence, style),
    ...renderAlsoIn(alsoIn, style),
  ];
}

/** `¶ 8 · page 3 · The second winter · walk-of-pilots-1.p8 · score 0.432` */
function place({ ordinal, page, section, id }: SearchResult['passage'], score: number): string {
  const parts = [`¶ ${String(ordinal)}`, page === null ? null : `page ${String(page)}`, section, id, `score ${score.toFixed(3)}`];
  return parts.filter((part) => part !== null).join(' · ');
}

/** Where else the same paragraph stands. */
export function renderAlsoIn(alsoIn: SearchResult['alsoIn'], style: Style): string[] {
  return alsoIn.flatMap(({ article, passage }) => indented(`also in: ${article.title} · ${origin(article)} · ${passage.id}`, style).map(style.colours.dim));
}

function origin({ author, published, source, url }: ArticleRef): string {
  // A page that was fetched stands under the feed that led to it, or under itself: its address says the same, and opens.
  const place = url !== null && source.endsWith(url.replace(/^https?:\/\//, '')) ? url : source;
  return [author, published?.slice(0, 'YYYY-MM-DD'.length), place].filter((part) => part != null && part !== '').join(' · ');
}

/** The passage wrapped, its evidence bold, or «between guillemets» where there are no colours. */
function renderPassage(text: string, evidence: { start: number; end: number }, style: Style): string[] {
  const width = style.width - INDENT.length;
  const { start, end } = evidence;
  if (!style.coloured) {
    return indented(`${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`, style);
  }
  const safe = printable(text);
  const { bold, yellow } = style.colours;
  return wrap(safe, width).map((line) => {
    const from = clamp(start, line);
    const to = clamp(end, line);
    const marked = from < to ? bold(yellow(safe.slice(from, to))) : '';
    return `${INDENT}${safe.slice(line.start, from)}${marked}${safe.slice(to, line.end)}`;
  });
}

function clamp(offset: number, { start, end }: { start: number; end: number }): number {
  return Math.min(Math.max(offset, start), end);
}

function indented(text: string, style: Style): string[] {
  const safe = printable(text);
  return wrap(safe, style.width - INDENT.length).map(({ start, end }) => `${INDENT}${safe.slice(start, end)}`);
}

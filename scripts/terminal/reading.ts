import type { Article } from '../../lib/article';
import type { BuildReport } from '../../lib/index';
import type { Style } from './colour';
import { counted } from './numbers';
import { renderNotes } from './report';
import { printable, wrap } from './text';

/** What became of the files that were read. */
export type ReadingReport = Pick<BuildReport, 'skipped' | 'failed' | 'warnings' | 'copies'> & { articles: number; paragraphs: number };

/** An article for reading: what is known of it, its sections, its paragraphs. */
export function renderArticle(article: Article, style: Style): string[] {
  const { bold, cyan, dim } = style.colours;
  const { title, author, published, updated, language, url, source, format, id, tags } = article;
  const known = [author, published, updated === null || updated === published ? null : `updated ${updated}`, language].filter((part) => part !== null);
  const lines = [
    ...wrapped(title, style).map((line) => bold(cyan(line))),
    ...(known.length === 0 ? [] : wrapped(known.join(' · '), style).map(dim)),
    ...(url === null ? [] : [dim(printable(url))]),
    ...wrapped(`${source} · ${format} · ${id}`, style).map(dim),
    ...(tags.length === 0 ? [] : wrapped(tags.join(', '), style).map(dim)),
  ];
  let section: string | null = null;
  let page: number | null = null;
  for (const paragraph of article.paragraphs) {
    lines.push('');
    if (paragraph.page !== page && paragraph.page !== null) lines.push(dim(`page ${String(paragraph.page)}`));
    if (paragraph.section !== section && paragraph.section !== null) lines.push(...wrapped(paragraph.section, style).map(bold), '');
    ({ page, section } = paragraph);
    const text = paragraph.kind === 'code' ? paragraph.text.split('\n').map((line) => `    ${printable(line)}`) : wrapped(`${paragraph.kind === 'quote' ? '> ' : ''}${paragraph.mark === undefined ? '' : `${paragraph.mark} `}${paragraph.text}`, style);
    // One by one: a paragraph may have more lines than a call takes arguments.
    for (const line of text) lines.push(line);
  }
  return lines;
}

/** The lines at the end of `pilcrow read`. */
export function renderReading(report: ReadingReport, style: Style): string[] {
  // All of them: nothing else says it, and it is what the command is for.
  return [...renderNotes(report, style, Infinity), `${counted(report.articles, 'article')}, ${counted(report.paragraphs, 'paragraph')}`];
}

function wrapped(text: string, style: Style): string[] {
  const safe = printable(text);
  return wrap(safe, style.width).map(({ start, end }) => safe.slice(start, end));
}

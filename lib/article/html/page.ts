import { isoDate } from '../date';
import { cleanLine, isBlank } from '../text/clean';
import { isSameLine } from '../text/sections';
import { canBeTitle, titleFromName } from '../title';
import type { ArticleDraft, Paragraph, ReadInput } from '../types';
import { authorLine } from './authors';
import { htmlParagraphs } from './blocks';
import { mainText } from './main-text';
import { pageData } from './metadata';
import { parseHtml } from './parse';

/** Lines above the text that may say again what metadata says: title, summary, author, date. */
const HEAD_LINES = 5;
/** Characters of such a line. */
const MAX_LINE = 160;
const DATED = /^(?:(?:first |last )?(?:published|updated|posted|modified)|veröffentlicht|aktualisiert|erstellt|stand|publié|mis à jour|modifié|publicado|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|publicerad|uppdaterad|publisert|oppdatert|opublikowano|aktualizacja|vydáno|опубликовано|обновлено)(?![\p{L}])/iu;

/**
 * The article in a page as it was saved or fetched.
 *
 * @throws PilcrowError `limit-exceeded` as `parseHtml`
 */
export function readPage(html: string, { name, url }: Pick<ReadInput, 'name' | 'url'>): ArticleDraft {
  const document = parseHtml(html, name);
  const { titles, summaries, body, ...data } = pageData(document, html, url);
  const main = mainText(document, { summaries, body });
  const title = [main.title ?? '', ...titles].map(cleanLine).find(canBeTitle) ?? titleFromName(name);
  const author = data.author ?? authorLine([main.byline ?? '']);
  const published = data.published ?? isoDate(main.published ?? '');
  return { ...data, title, author, published, paragraphs: withoutHead(htmlParagraphs(main.content, title), title, author) };
}

/** Without the lines at the beginning that are title, author or date again. */
function withoutHead(paragraphs: readonly Paragraph[], title: string, author: string | null): Paragraph[] {
  const names = (author ?? '').split('; ').filter((name) => !isBlank(name));
  return paragraphs.filter(({ text, kind }, i) => {
    if (i >= HEAD_LINES || kind === 'code' || text.length > MAX_LINE) return true;
    if (isSameLine(text, title) || isoDate(text) !== null) return false;
    if (DATED.test(text) && /\p{N}/u.test(text) && !/[.!?]$/.test(text)) return false;
    const written = authorLine([text]);
    return written === null || !written.split('; ').every((name) => names.some((known) => isSameLine(name, known)));
  });
}

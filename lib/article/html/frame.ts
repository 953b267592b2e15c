import { isoDate } from '../date';
import { isBlank } from '../text/clean';
import { isSameLine } from '../text/sections';
import type { Paragraph } from '../types';
import { authorLine } from './authors';

/** Lines above the text that may say again what metadata says: title, summary, author, date. */
const HEAD_LINES = 5;
/** Lines below it that may: author, agency, rights. */
const END_LINES = 3;
/** Characters of such a line. */
const MAX_LINE = 160;
/** Characters of a line that says who the author is. */
const MAX_BIO = 400;
/** Characters before a title on its own line: `Original title: …`. */
const MAX_LABEL = 12;
const DATED = /^(?:(?:first |last )?(?:published|updated|posted|modified)|veröffentlicht|aktualisiert|erstellt|stand|publié|mis à jour|modifié|publicado|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|publicerad|uppdaterad|publisert|oppdatert|opublikowano|aktualizacja|vydáno|опубликовано|обновлено)(?![\p{L}])/iu;
/** A line in brackets, an address to write to, rights. */
const BRACKETS = /^[(（[［【][^()（）]{1,80}[)）\]］】]$/u;
const ADDRESS = /^\S{1,40}@\S{1,40}\.\w{2,10}$/u;
const WRITE_TO = /(\S{1,40})@\S{1,40}\.\w/u;
const FULL_NAME = /^\p{Lu}\S{0,20}(?:\s\p{Lu}\S{0,20}){1,3}/u;
const RIGHTS = /©|ⓒ|^\(c\)\s|^copyright\b|all rights reserved|alle rechte vorbehalten|tous droits réservés|(?:todos los|todos os) (?:derechos|direitos) reservados|riproduzione riservata|wszelkie prawa zastrzeżone|все права защищены|版权所有|無断転載|무단\s?전재|جميع الحقوق محفوظة/iu;

/** Without the lines at the beginning and the end that are title, author or date again, or whose the article is. */
export function withoutFrame(paragraphs: readonly Paragraph[], title: string, author: string | null): Paragraph[] {
  const names = (author ?? '').split('; ').filter((name) => !isBlank(name));
  const isNames = (text: string): boolean => {
    const written = authorLine([text]);
    return written !== null && names.length > 0 && written.split('; ').every((name) => names.some((known) => isSameLine(name, known)));
  };
  const isFrame = ({ text, kind }: Paragraph): boolean => kind !== 'code' && text.length <= MAX_LINE && isNames(text);
  let end = paragraphs.length;
  for (let i = 0; i < END_LINES && end > 1; i++) {
    const last = paragraphs[end - 1];
    if (last === undefined || !(isFrame(last) || isEnd(last) || isBio(last, names))) break;
    end--;
  }
  return paragraphs.slice(0, end).filter((paragraph, i) => {
    const { text, kind } = paragraph;
    if (i >= HEAD_LINES || kind === 'code' || text.length > MAX_LINE) return true;
    if (isSameLine(text, title) || isoDate(text) !== null) return false;
    if (text.endsWith(title) && text.length <= title.length + MAX_LABEL && /[:：]\s*$/u.test(text.slice(0, -title.length))) return false;
    if (DATED.test(text) && /\p{N}/u.test(text) && !/[.!?]$/.test(text)) return false;
    return !isFrame(paragraph);
  });
}

function isEnd({ text, kind }: Paragraph): boolean {
  return kind === undefined && text.length <= MAX_LINE && (BRACKETS.test(text) || ADDRESS.test(text) || RIGHTS.test(text));
}

/** `Ada Lovelace writes about machines.` Or: `… Write to her at lovelace@…` */
function isBio({ text, kind }: Paragraph, names: readonly string[]): boolean {
  if (kind !== undefined || text.length > MAX_BIO) return false;
  if (names.some((name) => /\S\s\S/.test(name) && text.startsWith(`${name} `))) return true;
  const account = WRITE_TO.exec(text)?.[1]?.toLowerCase();
  return account !== undefined && (FULL_NAME.exec(text)?.[0] ?? '').toLowerCase().split(/\s+/).slice(1).some((name) => name.length > 2 && account.includes(name));
}

import { Parser } from 'htmlparser2';
import { readFragment } from '../html/fragment';
import { markdownParagraphs } from '../markdown/paragraphs';
import { parseMarkdown } from '../markdown/parse';
import { cleanLine, cleanText, isBlank } from '../text/clean';
import { textParagraphs } from '../text/plain';
import type { Paragraph } from '../types';

/** Text in a feed or in data, and what is known of its markup; `unknown` is HTML where it is beyond doubt. */
export interface Content {
  text: string;
  kind: 'html' | 'text' | 'markdown' | 'unknown';
}

const INLINE = 'a|abbr|b|bdi|bdo|big|br|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr|img';
const BLOCK = 'p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|tr|td|th|blockquote|pre|section|article|figure|hr';
const ANY_TAG = new RegExp(`^(?:${INLINE}|${BLOCK})$`, 'i');
const BLOCK_TAG = new RegExp(`<(?:${BLOCK}|br)(?=[\\s/>])`, 'i');
/** Prose may mention a tag; what closes one, or breaks a line with one, is HTML. */
const IS_HTML = new RegExp(`</(?:${INLINE}|${BLOCK})>|<(?:br|p|hr) ?/?>|<img\\s`, 'i');
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d{0,2});/i;
const BLANK_LINE = /\n[ \t]*\n/;

/** Longer than a line that has markup in it: it is taken as it is. */
const MAX_LINE = 10_000;

/** The paragraphs of a text that is all article. @throws PilcrowError `limit-exceeded` as `readFragment` */
export function contentParagraphs(content: Content, title: string | null): Paragraph[] {
  const text = cleanText(content.text);
  if (content.kind === 'markdown') return markdownParagraphs(parseMarkdown(text), title);
  const html = content.kind === 'text' ? null : asHtml(text, content.kind === 'html');
  if (html !== null) return html.includes('<') ? readFragment(html, title) : blankLineParagraphs(html);
  return textParagraphs(content.kind === 'text' || !ENTITY.test(text) ? text : decodeEntities(text));
}

/** A title or name on one line, without markup; null for nothing to be seen. */
export function contentLine({ text, kind }: Content): string | null {
  const hasMarkup = kind === 'html' || (kind === 'unknown' && (ENTITY.test(text) || IS_HTML.test(text)));
  const line = cleanLine(hasMarkup && text.length <= MAX_LINE ? withoutTags(text) : text);
  return isBlank(line) ? null : line;
}

/** How much there is to read in it, about. */
export function visibleLength({ text }: Content): number {
  return text.replace(/<[^<>]*>|\s+/g, '').length;
}

/** Null for what is no HTML. What was escaped twice is unescaped once more. */
function asHtml(text: string, certain: boolean): string | null {
  const isHtml = IS_HTML.test(text);
  const unescaped = isHtml || !/^\s*&lt;/i.test(text) ? text : decodeEntities(text);
  if (!certain && !isHtml && !IS_HTML.test(unescaped)) return null;
  if (BLOCK_TAG.test(unescaped) || !unescaped.includes('<') || !BLANK_LINE.test(unescaped)) return unescaped;
  // paragraphs that a browser would run together
  return unescaped.split(BLANK_LINE).map((part) => `<p>${part}</p>`).join('\n');
}

/** What HTML without a tag says: line ends mean nothing in it, but blank lines are meant. No document is made of it, which takes ten times as long. */
function blankLineParagraphs(html: string): Paragraph[] {
  const lines = html.split(BLANK_LINE).map((part) => cleanLine(decodeEntities(part)));
  return lines.filter((line) => !isBlank(line)).map((text) => ({ text, section: null, page: null }));
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  let decoded = '';
  const parser = new Parser({ ontext: (part) => void (decoded += part) });
  parser.end(text.replaceAll('<', '&lt;'));
  return decoded;
}

/** Tags that HTML does not know are no tags: `Map<string>`. */
function withoutTags(text: string): string {
  let line = '';
  const asWritten = (name: string): void => {
    if (!ANY_TAG.test(name)) line += text.slice(parser.startIndex, parser.endIndex + 1);
    else if (/^br$/i.test(name)) line += ' ';
  };
  const parser = new Parser({
    ontext: (part) => void (line += part),
    onopentag: asWritten,
    onclosetag: (name, implied) => { if (!implied) asWritten(name); },
  });
  parser.end(text);
  return line;
}

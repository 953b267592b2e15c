/** Elements whose content is no text. */
const CONTENT_DROPPED = /<(script|style|template|svg|iframe|noscript)\b[^<>]{0,2000}>[^]*?(?:<\/\1\s*>|$)/gi;
const COMMENT = /<!--[^]*?(?:-->|$)|<[!?][^>]*(?:>|$)/g;
const BLOCK_TAG = /<\/?(?:p|div|section|article|aside|header|footer|main|h[1-6]|ul|ol|li|dl|dt|dd|table|tr|td|th|blockquote|pre|details|summary|figure|figcaption|hr)\b[^<>]{0,2000}>/gi;
const TAG = /<\/?[a-z][^<>]*(?:>|$)/gi;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0', ndash: '–', mdash: '—', hellip: '…',
  lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', copy: '©', euro: '€',
};

/**
 * Text in a raw HTML block of a Markdown file, one line for each block element. It is no HTML parser:
 * documents in HTML have a reader of their own.
 */
export function htmlText(html: string): string[] {
  return html
    .replace(COMMENT, '')
    .replace(CONTENT_DROPPED, '')
    .replace(BLOCK_TAG, '\u0000')
    .replace(TAG, '')
    .split('\u0000')
    .map((line) => line.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, decodeEntity));
}

function decodeEntity(written: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? written;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
}

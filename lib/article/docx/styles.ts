import { childElements, elementsOf, type XmlElement } from '../archive/xml';

/** Styles that are based on one another by mistake end here. */
const MAX_ANCESTORS = 20;

/** What paragraphs of a style are in HTML, by the style's own name or that of one it is based on: Word's, LibreOffice's, pandoc's. */
const BY_NAME: readonly [RegExp, string][] = [
  [/^title$/i, 'h1.title:fresh'],
  // The same as the headings, with page numbers.
  [/^(?:toc \d|contents \d|toc heading|contents heading|table of figures)$/i, '!'],
  [/^(?:quote|intense quote|quotations|block text)$/i, 'blockquote > p:fresh'],
  [/^(?:source code|preformatted text|html preformatted|macro text|code)$/i, "pre:separator('\n')"],
];

/**
 * mammoth's style map for the styles of a document. It knows headings by their usual names; here they are known by
 * their level in the outline too, and by the style that theirs is based on, so that names in any language will do.
 *
 * @param styles `word/styles.xml`
 */
export function styleMap(styles: XmlElement): string[] {
  const all = elementsOf(styles, 'style').filter(({ attributes }) => attributes.get('type') === 'paragraph');
  const byId = new Map(all.map((style) => [style.attributes.get('styleId') ?? '', style]));
  return [...byId].flatMap(([id, style]) => {
    const html = lineage(style, byId).map(htmlOf).find((found) => found !== null);
    return html == null || id === '' ? [] : [`p.${escaped(id)} => ${html}`];
  });
}

/** The style and what it is based on, nearest first. */
function lineage(style: XmlElement, byId: ReadonlyMap<string, XmlElement>): XmlElement[] {
  const styles: XmlElement[] = [];
  let next: XmlElement | undefined = style;
  while (next !== undefined && styles.length < MAX_ANCESTORS) {
    styles.push(next);
    next = byId.get(valueOf(next, 'basedOn') ?? '');
  }
  return styles;
}

function htmlOf(style: XmlElement): string | null {
  const name = valueOf(style, 'name') ?? '';
  const known = BY_NAME.find(([pattern]) => pattern.test(name));
  if (known !== undefined) return known[1];
  const named = /^heading ([1-9])$/i.exec(name)?.[1];
  const outline = elementsOf(style, 'outlineLvl')[0]?.attributes.get('val');
  // 9 is body text
  const level = named ?? (outline !== undefined && /^[0-8]$/.test(outline) ? String(Number(outline) + 1) : null);
  return level === null ? null : `h${Math.min(6, Number(level))}:fresh`;
}

function valueOf(style: XmlElement, name: string): string | undefined {
  return childElements(style).find((child) => child.name === name)?.attributes.get('val');
}

/** As an identifier in a style map. */
function escaped(id: string): string {
  return [...id].map((character) => (/[\w-]/.test(character) ? character : `\\${character}`)).join('').replace(/^\d/, '\\$&');
}

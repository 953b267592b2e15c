import type { Archive } from '../archive/archive';
import { childElements, elementsOf, textOf, type XmlElement } from '../archive/xml';
import { cleanLine, isBlank } from '../text/clean';
import { canBeTitle } from '../title';
import { readXml, resolvePath } from './package';

interface Point {
  path: string;
  /** Of the point in its document, or null for the document as a whole. */
  fragment: string | null;
  label: string;
  depth: number;
}

/**
 * Titles of a book's documents by path, as its table of contents has them: a navigation document of EPUB 3 or an NCX of
 * EPUB 2. A document that several chapters of one rank share has none.
 *
 * @param path of the table, or null
 */
export async function readContents(archive: Archive, path: string | null): Promise<Map<string, string>> {
  const entry = path === null ? undefined : archive.find(path);
  if (entry === undefined) return new Map();
  const document = await readXml(archive, entry);
  const isNcx = elementsOf(document, 'navMap').length > 0;
  const points = isNcx ? elementsOf(document, 'navMap').flatMap((map) => ncxPoints(map, entry.path, 0)) : navigationPoints(document, entry.path);
  const byPath = new Map<string, Point[]>();
  for (const point of points) {
    const others = byPath.get(point.path);
    if (others === undefined) byPath.set(point.path, [point]);
    else others.push(point);
  }
  const titles = new Map<string, string>();
  for (const [of, its] of byPath) {
    const title = titleAmong(its);
    if (title !== null) titles.set(of, title);
  }
  return titles;
}

function titleAmong(points: readonly Point[]): string | null {
  const top = points.reduce((least, { depth }) => Math.min(least, depth), Infinity);
  const highest = points.filter(({ depth }) => depth === top);
  const whole = highest.find(({ fragment }) => fragment === null) ?? (highest.length === 1 ? highest[0] : undefined);
  return whole?.label ?? null;
}

function ncxPoints(parent: XmlElement, base: string, depth: number): Point[] {
  return childElements(parent).filter(({ name }) => name === 'navPoint').flatMap((point) => {
    const content = childElements(point).find(({ name }) => name === 'content');
    const label = childElements(point).find(({ name }) => name === 'navLabel');
    return [...toPoint(label, content?.attributes.get('src'), base, depth), ...ncxPoints(point, base, depth + 1)];
  });
}

function navigationPoints(document: XmlElement, base: string): Point[] {
  const navs = elementsOf(document, 'nav');
  const contents = navs.find(({ attributes }) => attributes.get('epub:type') === 'toc') ?? navs[0];
  return contents === undefined ? [] : childElements(contents).flatMap((child) => listPoints(child, base, 0));
}

/** `ol > li > a` and lists of its own in each `li`. */
function listPoints(element: XmlElement, base: string, depth: number): Point[] {
  if (element.name === 'a') return toPoint(element, element.attributes.get('href'), base, depth);
  return childElements(element).flatMap((child) => listPoints(child, base, element.name === 'li' && child.name === 'ol' ? depth + 1 : depth));
}

function toPoint(label: XmlElement | undefined, href: string | undefined, base: string, depth: number): Point[] {
  const path = resolvePath(base, href);
  const text = label === undefined ? '' : cleanLine(textOf(label));
  if (path === null || isBlank(text) || !canBeTitle(text)) return [];
  const fragment = href?.split('#')[1] ?? '';
  return [{ path, fragment: fragment === '' ? null : fragment, label: text, depth }];
}

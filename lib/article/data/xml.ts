import { Parser } from 'htmlparser2';
import { PilcrowError } from '../../errors';
import type { XmlElement } from './xml-tree';

/** Of the parser's work at a time, in characters: what was read is handed on in between. */
const PIECE = 64 * 1024;
/** Elements within elements. Feeds have ten, XHTML in them some thirty; closing tags are looked for this deep. */
const MAX_DEPTH = 250;
/** Elements in memory at a time: those of one entry, and all that stands outside of entries. */
const MAX_ELEMENTS = 200_000;

/** Elements directly in one outside of entries: what feeds say of themselves is looked up for every entry. */
const MAX_AROUND = 200;

/** Prefixes by what ends their namespace, in lower case; the rest of it differs between versions. */
const VOCABULARIES: readonly [ending: RegExp, prefix: string][] = [
  [/(?:2005\/atom|purl\.org\/atom\/ns#?|purl\.org\/rss\/1\.0\/|1999\/xhtml|schemas\/sitemap\/[\d.]+)$/, ''],
  [/purl\.org\/rss\/1\.0\/modules\/content\/$/, 'content'],
  [/purl\.org\/dc\/elements\/1\.[01]\/$/, 'dc'],
  [/purl\.org\/dc\/terms\/$/, 'dcterms'],
  [/(?:search\.yahoo\.com\/mrss|rssboard\.org\/media-rss)\/?$/, 'media'],
  [/itunes\.com\/dtds\/podcast-1\.0\.dtd$/, 'itunes'],
  [/rssnamespace\.org\/feedburner\/ext\/1\.0$/, 'feedburner'],
  [/1999\/02\/22-rdf-syntax-ns#$/, 'rdf'],
];
/** For files that use them without a declaration. */
const UNDECLARED = new Map(['atom', 'atom10', 'a10', 'xhtml'].map((prefix) => [prefix, '']));

/**
 * Reads XML entry by entry, however broken it is: what is not closed ends where something around it does. Nothing is
 * fetched, no entity expanded but the five of XML and numbers.
 */
export class XmlReader {
  /** The outermost element, once its start was read. */
  root: XmlElement | null = null;
  /** The first element that is not closed where it should be. */
  unclosed: XmlElement | null = null;
  /** Whether the file ends before its last element does. */
  truncated = false;
  private open: XmlElement | null = null;
  private depth = 0;
  private elements = 0;
  private readonly prefixes = new Map<string, string>();
  private readonly found: XmlElement[] = [];
  private readonly lines: LineCounter;
  private readonly parser: Parser;
  private ending = false;
  /** The entry that is being read, and how many elements there were before it. */
  private entry: { element: XmlElement; before: number } | null = null;
  private openedAt = -1;

  /** @param isEntry whether an element of this name is handed out, and then forgotten */
  constructor(private readonly text: string, private readonly name: string, private readonly isEntry: (name: string) => boolean) {
    this.lines = new LineCounter(text);
    this.parser = new Parser(
      {
        onopentag: (tag, attributes) => this.start(tag, attributes),
        ontext: (part) => this.append(part),
        onclosetag: (_, implied) => this.end(implied),
      },
      { xmlMode: true },
    );
  }

  /**
   * The entries in order, each as soon as it ends; their parents know what was read of the rest so far.
   *
   * @throws PilcrowError `limit-exceeded`
   */
  *entries(): Generator<XmlElement, void, undefined> {
    for (let at = 0; at < this.text.length; at += PIECE) {
      this.parser.write(this.text.slice(at, at + PIECE));
      yield* this.found.splice(0);
    }
    this.ending = true;
    this.parser.end();
    yield* this.found.splice(0);
  }

  private start(tag: string, written: Record<string, string>): void {
    if (++this.depth > MAX_DEPTH) throw this.beyond(`elements nested more than ${MAX_DEPTH} deep`);
    if (++this.elements > MAX_ELEMENTS) throw this.beyond(`more than ${MAX_ELEMENTS} elements in one entry`);
    const attributes = Object.fromEntries(Object.entries(written).map(([key, value]) => [key.toLowerCase(), value]));
    for (const [key, value] of Object.entries(attributes)) if (key.startsWith('xmlns:')) this.prefixes.set(key.slice(6), prefixOf(key.slice(6), value));
    const element: XmlElement = { name: this.nameOf(tag.toLowerCase()), attributes, children: [], parent: this.open, line: this.lines.at(this.parser.startIndex) };
    this.root ??= element;
    this.open = element;
    this.openedAt = this.parser.startIndex;
    if (!this.isEntry(element.name)) {
      if (this.entry !== null || (this.open.parent?.children.length ?? 0) < MAX_AROUND) element.parent?.children.push(element);
      return;
    }
    // an entry within another: that one was never closed
    if (this.entry !== null) this.finish(this.entry.element);
    this.entry = { element, before: this.elements - 1 };
  }

  private append(part: string): void {
    const siblings = this.open?.children;
    if (siblings === undefined || (this.entry === null && part.trim() === '')) return;
    const last = siblings.at(-1);
    if (typeof last === 'string') siblings[siblings.length - 1] = last + part;
    else siblings.push(part);
  }

  private end(implied: boolean): void {
    const element = this.open;
    if (element === null) return;
    this.depth--;
    this.open = element.parent;
    // the parser calls an element that closes itself implied, too: but then nothing came in between
    if (implied && this.parser.startIndex !== this.openedAt) {
      this.unclosed ??= element;
      this.truncated ||= this.ending;
    }
    if (this.entry?.element === element) this.finish(element);
  }

  private finish(element: XmlElement): void {
    this.found.push(element);
    this.elements = this.entry?.before ?? this.elements;
    this.entry = null;
  }

  private nameOf(tag: string): string {
    const colon = tag.indexOf(':');
    if (colon < 0) return tag;
    const written = tag.slice(0, colon);
    const prefix = this.prefixes.get(written) ?? UNDECLARED.get(written) ?? written;
    return prefix === '' ? tag.slice(colon + 1) : `${prefix}:${tag.slice(colon + 1)}`;
  }

  private beyond(what: string): PilcrowError {
    return new PilcrowError('limit-exceeded', `${this.name} has ${what} (line ${this.lines.at(this.parser.startIndex)})`);
  }
}

function prefixOf(written: string, namespace: string): string {
  const known = namespace.trim().toLowerCase();
  return VOCABULARIES.find(([ending]) => ending.test(known))?.[1] ?? written;
}

/** Lines of offsets that only grow. */
class LineCounter {
  private line = 1;
  private lineEnd: number;

  constructor(private readonly text: string) {
    this.lineEnd = this.endAfter(0);
  }

  at(offset: number): number {
    while (this.lineEnd < offset) {
      this.line++;
      this.lineEnd = this.endAfter(this.lineEnd + 1);
    }
    return this.line;
  }

  private endAfter(start: number): number {
    const end = this.text.indexOf('\n', start);
    return end < 0 ? Infinity : end;
  }
}

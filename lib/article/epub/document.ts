import { Parser } from 'htmlparser2';
import { PilcrowError } from '../../errors';

const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
/** Content that is no text, or says a formula once more in TeX. */
const DROPPED = new Set(['script', 'style', 'annotation', 'annotation-xml']);
/** What links to notes and back, and numbers of printed pages, are called (EPUB's structural semantics, WAI-ARIA, pandoc). */
const MARKERS = /(?:^|\s)(?:noteref|backlink|pagebreak|doc-noteref|doc-backlink|doc-pagebreak|footnote-?ref|footnote-?back)(?:\s|$)/i;
const HEADING = /^h[1-6]$/;

/** As deep as HTML may be. Stops at once: the time to parse grows with the square of the depth. */
const MAX_DEPTH = 2_000;

type Attributes = Readonly<Record<string, string>>;

/** A document of a book as HTML, and what it says about itself. */
export interface BookDocument {
  html: string;
  /** As it is written at `html` or `body`. */
  language: string | null;
  /** HTML of the first heading. */
  heading: string | null;
  /** HTML of what stands in `title`. */
  title: string | null;
  /** `epub:type` of the body and of what it consists of: `bodymatter`, `chapter`, `toc`. */
  types: ReadonlySet<string>;
  /** Which share of its text is links. */
  linked: number;
}

/**
 * XHTML as HTML that says the same: an element that closes itself (`<title/>`, `<a id="p1"/>`) would else hold all that
 * follows. Marks of footnotes and printed pages, which would cling to words (`word12`), are left out.
 *
 * @param name for messages
 * @throws PilcrowError `limit-exceeded` for elements nested too deep
 */
export function readDocument(xhtml: string, name: string): BookDocument {
  const converter = new Converter(name);
  // Entities go through as they are: XML does not know those of HTML.
  const parser = new Parser(converter, { xmlMode: true, decodeEntities: false });
  parser.end(xhtml);
  return converter.document();
}

class Converter {
  private readonly parts: string[] = [];
  private readonly types = new Set<string>();
  private language: string | null = null;
  private depth = 0;
  private bodyDepth = Infinity;
  /** Depth of the outermost element that is left out. */
  private droppedFrom = Infinity;
  private inCdata = false;
  /** How many of each are open. */
  private readonly open = { link: 0, reference: 0, sup: 0 };
  /** Whether each open link is a reference. */
  private readonly links: boolean[] = [];
  private characters = { all: 0, linked: 0 };
  private readonly found: { heading: string[] | null; title: string[] | null } = { heading: null, title: null };
  /** Where the content of the heading or title that is open is gathered. */
  private capture: { depth: number; parts: string[] } | null = null;

  constructor(private readonly source: string) {}

  onopentag(tag: string, attributes: Attributes): void {
    if (++this.depth > MAX_DEPTH) throw new PilcrowError('limit-exceeded', `${this.source} has elements nested more than ${MAX_DEPTH} deep`);
    const name = tag.toLowerCase();
    this.describe(name, attributes);
    const isReference = name === 'a' && attributes['href']?.includes('#') === true;
    if (this.depth < this.droppedFrom && (isMarker(name, attributes) || this.isRaised(name, isReference))) this.droppedFrom = this.depth;
    if (this.depth >= this.droppedFrom) return;
    if (name === 'sup') this.open.sup++;
    if (name === 'a') {
      this.links.push(isReference);
      this.open.link++;
      if (isReference) this.open.reference++;
    }
    this.write(`<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${value.replaceAll('"', '&quot;')}"`).join('')}>`);
    this.startCapture(name);
  }

  onclosetag(tag: string): void {
    const name = tag.toLowerCase();
    if (this.depth < this.droppedFrom) {
      if (this.capture?.depth === this.depth) this.capture = null;
      if (name === 'sup') this.open.sup--;
      if (name === 'a') {
        this.open.link--;
        if (this.links.pop() === true) this.open.reference--;
      }
      if (!VOID.has(name)) this.write(`</${name}>`);
    } else if (this.depth === this.droppedFrom) {
      this.droppedFrom = Infinity;
    }
    this.depth--;
  }

  ontext(text: string): void {
    if (this.depth >= this.droppedFrom) return;
    this.write(this.inCdata ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : text);
    const visible = text.trim().length;
    this.characters.all += visible;
    if (this.open.link > 0) this.characters.linked += visible;
  }

  oncdatastart(): void {
    this.inCdata = true;
  }

  oncdataend(): void {
    this.inCdata = false;
  }

  document(): BookDocument {
    const { all, linked } = this.characters;
    return {
      html: this.parts.join(''),
      language: this.language,
      heading: this.found.heading?.join('') ?? null,
      title: this.found.title?.join('') ?? null,
      types: this.types,
      linked: all === 0 ? 0 : linked / all,
    };
  }

  private write(piece: string): void {
    this.parts.push(piece);
    this.capture?.parts.push(piece);
  }

  private describe(name: string, attributes: Attributes): void {
    if (name === 'body') this.bodyDepth = this.depth;
    if (name === 'html' || name === 'body') this.language ??= attributes['xml:lang'] ?? attributes['lang'] ?? null;
    if (this.depth > this.bodyDepth + 1) return;
    for (const type of (attributes['epub:type'] ?? '').toLowerCase().split(/\s+/)) this.types.add(type);
  }

  /** A raised link leads to a note or back from it, whatever it is called. */
  private isRaised(name: string, isReference: boolean): boolean {
    return (isReference && this.open.sup > 0) || (name === 'sup' && this.open.reference > 0);
  }

  private startCapture(name: string): void {
    const kind = name === 'title' ? 'title' : HEADING.test(name) ? 'heading' : null;
    if (kind === null || this.capture !== null || this.found[kind] !== null) return;
    const parts: string[] = [];
    this.found[kind] = parts;
    this.capture = { depth: this.depth, parts };
  }
}

function isMarker(name: string, attributes: Attributes): boolean {
  if (DROPPED.has(name)) return true;
  return MARKERS.test(`${attributes['epub:type'] ?? ''} ${attributes['role'] ?? ''} ${name === 'a' ? attributes['class'] ?? '' : ''}`);
}

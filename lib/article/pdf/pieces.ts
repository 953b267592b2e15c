import type { PDFPageProxy, TextItem, TextContent } from 'pdfjs-dist/types/src/display/api';
import { PilcrowError } from '../../errors';
import type { Library } from './open';

/** A page of dense small print has 2,000. */
const MAX_ITEMS = 100_000;
/** Share of characters without meaning from which on the rest has none either. */
const GARBLED_SHARE = 0.3;
/** Type that is set twice for a shadow or for bold is apart by less than this, in em. */
const OVERPRINT = 0.25;

/**
 * A run of characters as the file sets it. Lengths are in points; `u` runs along the line, `v` down the page, whichever
 * way the page or its text is turned.
 */
export interface Piece {
  text: string;
  u0: number;
  u1: number;
  /** Of the baseline. */
  v: number;
  size: number;
  bold: boolean;
  mono: boolean;
  rtl: boolean;
  /** White space stands before it in the file. */
  spaced: boolean;
}

/** The pieces of a page that run in the same direction. */
export interface Layer {
  pieces: Piece[];
  /** Of the page in the direction of `v`, in points. */
  height: number;
  /** Most of it runs from right to left: `u` grows to the left, so that columns, indents and short lines look the same. */
  mirrored: boolean;
}

export interface PageText {
  /** The direction that most of the page is set in comes first; none for a page without text. */
  layers: Layer[];
  /** Whether text at an odd angle (a watermark, labels in a drawing) was left out. */
  oblique: boolean;
  /** Whether it has a picture and no text. */
  pictured: boolean;
}

interface FontLook {
  bold: boolean;
  mono: boolean;
}

const RTL = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;
/** Ligatures, letters by their place in a word, stops of vertical lines; others may have a meaning of their own, like ², and stay. */
const PRINTED_FORMS = /[\uFB00-\uFDFF\uFE10-\uFE19\uFE30-\uFE32\uFE35-\uFE48\uFE70-\uFEFC]+/g;
const SET_ACCENT = /([´¨ˆ˜ˇ˘˚˝]|(?<=\p{L})`)(\p{L})/gu;
const COMBINING = new Map([...'`´ˆ˜¨˘˚˝ˇ'].map((accent, at) => [accent, [...'\u0300\u0301\u0302\u0303\u0308\u0306\u030A\u030B\u030C'][at] ?? '']));
const MEANINGLESS = /[\p{Co}\p{Cn}\uFFFD\u0000-\u0008\u000E-\u001F\u007F-\u009F]/gu;
const BOLD = /bold|black|heavy|demi|medi(?![a-z])|CMBX|SFBX|t1xb|ecbx/i;
const MONO = /mono|courier|consol|typewriter|CMTT|SFTT|t1xb?tt|ectt/i;

/** Looks at pages one after the other; fonts are remembered. */
export class PageReader {
  private readonly fonts = new Map<string, FontLook>();

  /** @param operators numbers of pdf.js's drawing instructions */
  constructor(private readonly name: string, private readonly operators: Library['OPS']) {}

  /**
   * @throws PilcrowError `limit-exceeded` when there is more on the page than any reader could take in,
   *   `article-without-text` when its characters are numbers of glyphs and not of letters
   */
  async read(page: PDFPageProxy): Promise<PageText> {
    const { items, families } = await this.items(page);
    const visible = items.map((item) => item.str).join('').replace(/\s+/g, '');
    if (visible === '') return { layers: [], oblique: false, pictured: await this.isPictured(page) };
    const bullets = items.filter((item) => /^\s*\p{Co}\s*$/u.test(item.str)).length;
    if ((visible.match(MEANINGLESS)?.length ?? 0) - bullets > visible.length * GARBLED_SHARE) {
      throw new PilcrowError('article-without-text', `the fonts of page ${page.pageNumber} do not tell which letters they show`, 'export the file again, or run OCR on it, with `ocrmypdf --force-ocr` for example');
    }
    await this.learnFonts(page, items, families);
    return this.layers(page, items, families);
  }

  /** Read as a stream, so that a page without end can be given up. */
  private async items(page: PDFPageProxy): Promise<{ items: TextItem[]; families: Map<string, TextContent['styles'][string]> }> {
    const reader = (page.streamTextContent() as ReadableStream<TextContent>).getReader();
    const items: TextItem[] = [];
    const families = new Map<string, TextContent['styles'][string]>();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      for (const item of chunk.value.items) if ('str' in item) items.push(item);
      for (const [font, style] of Object.entries(chunk.value.styles)) families.set(font, style);
      if (items.length <= MAX_ITEMS) continue;
      await reader.cancel(new Error('too much on this page')).catch(() => undefined);
      throw new PilcrowError('limit-exceeded', `page ${page.pageNumber} of ${this.name} has more than ${MAX_ITEMS} pieces of text`, 'leave the page out, with `qpdf --pages` for example');
    }
    return { items, families };
  }

  /** Names of fonts come with drawing instructions only: asked for once for each font. */
  private async learnFonts(page: PDFPageProxy, items: readonly TextItem[], families: ReadonlyMap<string, { fontFamily: string }>): Promise<void> {
    const unknown = new Set(items.map((item) => item.fontName).filter((font) => !this.fonts.has(font)));
    if (unknown.size === 0) return;
    await page.getOperatorList().catch(() => undefined);
    for (const font of unknown) {
      const { name = '' } = page.commonObjs.has(font) ? (page.commonObjs.get(font) as { name?: string }) : {};
      this.fonts.set(font, { bold: BOLD.test(name), mono: MONO.test(name) || families.get(font)?.fontFamily === 'monospace' });
    }
  }

  /** Images themselves are left out of the instructions, but what moves them into place is there, and moves nothing else. */
  private async isPictured(page: PDFPageProxy): Promise<boolean> {
    const { transform, restore, constructPath, shadingFill, paintFormXObjectBegin } = this.operators;
    const painting: number[] = [constructPath, shadingFill, paintFormXObjectBegin];
    const { fnArray } = await page.getOperatorList();
    let isMoved = false;
    for (const operator of fnArray) {
      if (operator === transform) isMoved = true;
      else if (painting.includes(operator)) isMoved = false;
      else if (operator === restore && isMoved) return true;
    }
    return isMoved;
  }

  private layers(page: PDFPageProxy, items: readonly TextItem[], families: ReadonlyMap<string, { vertical: boolean }>): PageText {
    const { transform, width, height } = page.getViewport({ scale: 1 });
    const layers = [0, 1, 2, 3].map((direction): Layer => ({ pieces: [], height: direction % 2 === 0 ? height : width, mirrored: false }));
    const places = new Map<string, Piece>();
    let spaced = false;
    let oblique = false;
    for (const item of items) {
      const text = plainLetters(item.str).trim();
      if (text === '') {
        spaced = true;
        continue;
      }
      const [a, b, , , x, y, scale, down] = place(transform, item.transform as number[]);
      const vertical = families.get(item.fontName)?.vertical === true;
      const direction = vertical ? 1 : quadrant(a, b);
      const layer = direction === null ? undefined : layers[direction];
      const length = (vertical ? item.height : item.width) * scale;
      const size = vertical ? item.width * scale : down;
      if (layer === undefined || !(size > 0) || !Number.isFinite(x + y + length)) {
        oblique ||= direction === null;
        continue;
      }
      const [u, v] = turned(direction ?? 0, x, y, width, height);
      const look = this.fonts.get(item.fontName);
      const piece: Piece = {
        text, u0: u, u1: u + length, v, size, bold: look?.bold ?? false, mono: look?.mono ?? false, rtl: isRtl(text),
        spaced: spaced || /^\s/.test(item.str),
      };
      spaced = item.hasEOL || /\s$/.test(item.str);
      const twin = places.get(`${direction} ${text}`);
      places.set(`${direction} ${text}`, piece);
      if (twin !== undefined && Math.hypot(twin.u0 - piece.u0, twin.v - piece.v) < OVERPRINT * size) continue;
      layer.pieces.push(piece);
    }
    const weight = (layer: Layer): number => layer.pieces.reduce((sum, piece) => sum + piece.text.length, 0);
    const filled = layers.filter((layer) => layer.pieces.length > 0).sort((p, q) => weight(q) - weight(p));
    for (const layer of filled) mirrorRtl(layer);
    return { layers: filled, oblique, pictured: false };
  }
}

/** The item's place on the page as it is seen, y downwards, with its scale and its height. */
function place(page: readonly number[], item: readonly number[]): [number, number, number, number, number, number, number, number] {
  const [pa = 1, pb = 0, pc = 0, pd = 1, pe = 0, pf = 0] = page;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item;
  const [cx, cy] = [pa * c + pc * d, pb * c + pd * d];
  return [pa * a + pc * b, pb * a + pd * b, cx, cy, pa * e + pc * f + pe, pb * e + pd * f + pf, Math.hypot(pa, pb), Math.hypot(cx, cy)];
}

/** Letters as they are typed: ligatures taken apart, and accents that old fonts set over a letter put together with it. */
function plainLetters(text: string): string {
  return text
    .replace(PRINTED_FORMS, (form) => form.normalize('NFKC'))
    .replace(SET_ACCENT, (both, accent: string, letter: string) => {
      const composed = `${letter === 'ı' ? 'i' : letter}${COMBINING.get(accent) ?? ''}`.normalize('NFC');
      return composed.length === 1 ? composed : both;
    });
}

/** Quarter turns clockwise of a baseline's direction; null for one that is neither level nor upright. */
function quadrant(x: number, y: number): 0 | 1 | 2 | 3 | null {
  if (Math.abs(y) < 0.1 * Math.abs(x)) return x > 0 ? 0 : 2;
  if (Math.abs(x) < 0.1 * Math.abs(y)) return y > 0 ? 1 : 3;
  return null;
}

function turned(direction: number, x: number, y: number, width: number, height: number): [number, number] {
  if (direction === 1) return [y, width - x];
  if (direction === 2) return [width - x, height - y];
  if (direction === 3) return [height - y, x];
  return [x, y];
}

function mirrorRtl(layer: Layer): void {
  layer.mirrored = layer.pieces.reduce((sum, piece) => sum + (piece.rtl ? piece.text.length : -piece.text.length), 0) > 0;
  if (layer.mirrored) for (const piece of layer.pieces) [piece.u0, piece.u1] = [-piece.u1, -piece.u0];
}

function isRtl(text: string): boolean {
  return RTL.test(text);
}

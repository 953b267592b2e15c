import type { Document } from './dom';

/** Longer data is not about one article. In characters. */
const MAX_SCRIPT = 2_000_000;
/** Objects in objects, and objects altogether, that are looked at. */
const MAX_DEPTH = 8;
const MAX_OBJECTS = 2_000;

const ARTICLE = /(?:Article|Posting|Report|Review|Recipe|HowTo|CreativeWork)$/;
const PAGE = /(?:Page|VideoObject|Event)$/;

export type Thing = Readonly<Record<string, unknown>>;

/** What a page's JSON-LD (schema.org) says of its article. */
export class LinkedData {
  private readonly byId = new Map<string, Thing>();
  /** The article, before what the page around it is. */
  private readonly about: Thing[];

  constructor(document: Document) {
    const things = document.getElementsByTagName('script').filter((script) => /ld\+json/i.test(script.getAttribute('type') ?? '')).flatMap((script) => thingsIn(script.textContent));
    for (const thing of things) if (typeof thing['@id'] === 'string' && (!this.byId.has(thing['@id']) || 'name' in thing)) this.byId.set(thing['@id'], thing);
    const ofType = (type: RegExp): Thing[] => things.filter((thing) => list(thing['@type']).some((name) => typeof name === 'string' && type.test(name)));
    this.about = [...ofType(ARTICLE), ...ofType(PAGE)];
  }

  /** The first text that the article has under one of the names. */
  text(...names: string[]): string | null {
    return this.texts(...names)[0] ?? null;
  }

  /** The texts under the first name that has any; of things, their names. */
  texts(...names: string[]): string[] {
    for (const name of names) {
      for (const thing of this.about) {
        const texts = list(thing[name]).flatMap((value) => this.nameOf(value));
        if (texts.length > 0) return texts;
      }
    }
    return [];
  }

  private nameOf(value: unknown): string[] {
    if (typeof value === 'string') return value.trim() === '' ? [] : [value];
    if (!isThing(value)) return [];
    const known = 'name' in value || typeof value['@id'] !== 'string' ? value : this.byId.get(value['@id']);
    const name = list(known?.['name'] ?? known?.['alternateName'] ?? (known === value ? value['@id'] : undefined))[0];
    return typeof name === 'string' && name.trim() !== '' ? [name] : [];
  }
}

/** Every object in a script, the outer ones first; none where it is no JSON. */
function thingsIn(script: string): Thing[] {
  if (script.length > MAX_SCRIPT) return [];
  const root = parse(script.replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|(?:\/\/\s*)?<!\[CDATA\[)/, '').replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|(?:\/\/\s*)?\]\]>)\s*;?\s*$/, '').replace(/;\s*$/, ''));
  const things: Thing[] = [];
  let level = [root];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && things.length < MAX_OBJECTS; depth++) {
    const objects = level.flatMap(list).filter(isThing);
    things.push(...objects.slice(0, MAX_OBJECTS - things.length));
    level = objects.flatMap((thing) => Object.values(thing).filter((value) => typeof value === 'object'));
  }
  return things;
}

function parse(json: string): unknown {
  for (const written of [json, json.replace(/[\u0000-\u001F]+/g, ' ')]) {
    try {
      return JSON.parse(written);
    } catch {
      // Many sites break lines inside of strings; what else is wrong with it is not for us to guess.
    }
  }
  return null;
}

function list(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.flat(MAX_DEPTH).slice(0, MAX_OBJECTS) : [value];
}

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

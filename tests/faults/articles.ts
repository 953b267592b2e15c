import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Random } from './random';

const SUBJECTS = ['ferry', 'orchard', 'tunnel', 'violin', 'glacier', 'bakery', 'lighthouse', 'archive', 'harvest', 'railway', 'quarry', 'theatre', 'canal', 'vineyard', 'observatory', 'market'];
const PEOPLE = ['the keeper', 'a widow from the upper town', 'two brothers', 'the new apprentice', 'a retired captain', 'the schoolmaster', 'a travelling printer', 'the mayor’s sister'];
const DEEDS = ['repaired the roof before the frost', 'counted every crate twice', 'refused to sign the contract', 'kept a diary of the weather', 'sold the last horse', 'painted the doors green', 'asked for the old maps', 'lit the lamps an hour early', 'wrote to the ministry', 'buried the coins under a pear tree'];
const TURNS = ['because nobody else would', 'while the river kept rising', 'as the newspapers had advised', 'against the wish of the council', 'so that the children could sleep', 'in spite of the price of coal', 'after the strike had ended', 'long before anyone measured such things'];

/** Paragraphs of an article: long enough that none is joined with another. */
const PARAGRAPHS = 3;

/** The text of an article that exists once, whatever `version` and number. */
export function articleText(number: number, version: number, random: Random): string {
  const subject = pick(SUBJECTS, random);
  const paragraph = (n: number) => Array.from({ length: 4 }, (_, sentence) => `${capital(pick(PEOPLE, random))} of the ${subject} ${pick(DEEDS, random)} ${pick(TURNS, random)}${sentence === 0 ? `, as page ${number}.${n} of volume ${version} tells` : ''}.`).join(' ');
  return `The ${subject} in the year ${1700 + (number % 300)}\n\n${Array.from({ length: PARAGRAPHS }, (_, n) => paragraph(n + 1)).join('\n\n')}\n`;
}

/** A folder of articles that is changed at random, in ways that can be repeated. */
export class Archive {
  private readonly files = new Map<string, string>();
  private next = 0;
  private version = 0;

  constructor(
    private readonly folder: string,
    private readonly random: Random,
  ) {}

  add(count: number): void {
    for (let i = 0; i < count; i++) this.write(`${this.random.below(20)}/note-${this.next}.txt`, articleText(this.next++, this.version, this.random));
  }

  /** Writes all articles anew: every passage has to be embedded. */
  rewrite(): void {
    this.version++;
    for (const [i, name] of [...this.files.keys()].entries()) this.write(name, articleText(i, this.version, this.random));
  }

  /** Edits, moves, removes and adds a few articles. */
  disturb(count: number): void {
    this.version++;
    const names = [...this.files.keys()];
    for (let i = 0; i < count; i++) {
      const name = names.splice(this.random.below(names.length), 1)[0] ?? '';
      const text = this.files.get(name) ?? '';
      const deed = this.random.below(4);
      if (deed === 0) this.write(name, `${text}\nA remark of volume ${this.version} was added in the margin of ${name} by a hand that nobody knows any more, in red ink, and says that none of this ever happened.\n`);
      if (deed === 1 || deed === 2) this.remove(name);
      if (deed === 2) this.write(`moved/${this.next++}.txt`, text);
      if (deed === 3) this.add(1);
    }
  }

  get size(): number {
    return this.files.size;
  }

  private write(name: string, text: string): void {
    this.files.set(name, text);
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  private remove(name: string): void {
    this.files.delete(name);
    rmSync(join(this.folder, name));
  }
}

/** Questions about what such articles tell. */
export function questions(count: number, random: Random): string[] {
  return Array.from({ length: count }, () => `who ${pick(DEEDS, random)} at the ${pick(SUBJECTS, random)} ${pick(TURNS, random)}?`);
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[random.below(from.length)] as T;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

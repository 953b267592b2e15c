import { analyze, type StoredPassage } from '../index';

/** Terms in a row that count as one piece of wording (Broder 1997). */
const SHINGLE = 3;
/**
 * Two passages with this much of their wording in common are one. An edited word spoils three
 * shingles: a paragraph of 80 words keeps .6 with some six words changed, while different
 * paragraphs on one subject stay below .1.
 */
const SAME_FROM = 0.6;

/** The wording of a passage, for comparing. */
export type Wording = ReadonlySet<string>;

export function wordingOf(passage: Pick<StoredPassage, 'text'>): Wording {
  const terms = analyze(passage.text);
  if (terms.length <= SHINGLE) return new Set([terms.join(' ')]);
  const shingles = new Set<string>();
  for (let i = 0; i + SHINGLE <= terms.length; i++) shingles.add(terms.slice(i, i + SHINGLE).join(' '));
  return shingles;
}

/** Whether two passages say the same in the same words, but for small edits (Jaccard over shingles). */
export function sameWording(a: Wording, b: Wording): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size < SAME_FROM * large.size) return false;
  let common = 0;
  for (const shingle of small) if (large.has(shingle)) common++;
  return common >= SAME_FROM * (a.size + b.size - common);
}

/** A passage and those that repeat it. */
export interface Folded<T> {
  kept: T;
  passage: StoredPassage;
  wording: Wording;
  repeats: StoredPassage[];
}

/**
 * Goes down a ranking and gathers repeated passages under the first of them: one of each other article;
 * a repeat within an article is passed over.
 *
 * @param ranked best first
 * @param limit how many different passages to keep
 * @param margin ranks looked at, once there are enough, for later repeats of those kept
 */
export function fold<T>(ranked: Iterable<{ item: T; passage: StoredPassage }>, limit: number, margin: number): Folded<T>[] {
  const folded: Folded<T>[] = [];
  let beyond = 0;
  for (const { item, passage } of ranked) {
    if (folded.length === limit && beyond++ >= margin) break;
    const wording = wordingOf(passage);
    const same = folded.find((other) => sameWording(other.wording, wording));
    if (same === undefined) {
      if (folded.length < limit) folded.push({ kept: item, passage, wording, repeats: [] });
    } else if ([same.passage, ...same.repeats].every(({ article }) => article.row !== passage.article.row)) {
      same.repeats.push(passage);
    }
  }
  return folded;
}

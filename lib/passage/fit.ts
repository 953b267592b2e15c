import { PilcrowError } from '../errors';
import { cutInTwo } from './cut';
import { MAX_CHARACTERS, type Group } from './group';
import { splitSentences, type Range } from './sentences';
import { isSpace } from './words';

/**
 * A group as it is, or cut in halves until each part has room: at paragraph ends if it has any, else at
 * sentence ends, clause marks, white space, graphemes. White space at a cut is left out, nothing else.
 *
 * @param hasRoom whether the model takes a text (with its context); asked only below the limit of
 *   characters, since counting tokens is what takes time
 */
export function fit(text: string, group: Group, hasRoom: (text: string) => boolean): Range[] {
  const fits = ({ start, end }: Range): boolean => end - start <= MAX_CHARACTERS && hasRoom(text.slice(start, end));
  if (fits(group)) return [{ start: group.start, end: group.end }];
  const ends = [group.ends[0] ?? [], allSentenceEnds(text, group)];
  const out: Range[] = [];
  const waiting: Range[] = [{ start: group.start, end: group.end }];
  for (let range = waiting.pop(); range !== undefined; range = waiting.pop()) {
    if (fits(range)) {
      out.push(range);
      continue;
    }
    const cut = cutInTwo(text, range, ends);
    if (cut === null) throw new PilcrowError('text-too-long', 'a single character has more tokens than the model takes');
    waiting.push(trimStart(text, cut, range.end), trimEnd(text, range.start, cut));
  }
  return out;
}

/** Groups of whole paragraphs carry no sentence ends: most never need them. */
function allSentenceEnds(text: string, group: Group): readonly number[] {
  if (group.end - group.start > MAX_CHARACTERS) return group.ends[1] ?? [];
  return splitSentences(text.slice(group.start, group.end), group.language)
    .map((sentence) => group.start + sentence.end)
    .slice(0, -1);
}

function trimStart(text: string, start: number, end: number): Range {
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  return { start, end };
}

function trimEnd(text: string, start: number, end: number): Range {
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return { start, end };
}

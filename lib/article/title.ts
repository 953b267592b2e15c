import { cleanLine, isBlank } from './text/clean';

/**
 * Characters of the longest line taken for a title. Headlines stay below 200; what is longer is prose,
 * and as a title it would be found by nobody, since titles are context and not text.
 */
export const MAX_TITLE_CHARACTERS = 300;

/** Whether a line that stands where a title stands can be one. */
export function canBeTitle(line: string): boolean {
  return !isBlank(line) && line.length <= MAX_TITLE_CHARACTERS;
}

/** Title of last resort: the file's name without its ending, dashes and underscores as spaces. */
export function titleFromName(name: string): string {
  const file = name.slice(name.lastIndexOf('/') + 1);
  const base = file.replace(/\.[^.]*$/, '') || file;
  const title = cleanLine(base.replace(/[-_]+/g, ' '));
  return isBlank(title) ? file : title;
}

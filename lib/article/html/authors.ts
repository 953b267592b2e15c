import { cleanLine, isBlank } from '../text/clean';

/** Names of an article's authors are a line; more is a text about them. */
const MAX_NAME = 100;
const MAX_AUTHORS = 20;

const LEADING = /^(?:(?:written|posted|published|story|text|words|reported|reporting) by|by|von|par|por|door|af|av|text|texte|texto|autor(?:in|en|a|es)?|auteurs?|autori?|author|автор|текст|от|作者|記者|记者|文)(?:\s*[:：|]\s*|\s+)(?=\S)/iu;
/** Addresses, accounts, dates. */
const NO_NAME = /^(?:https?:|www\.|@)|@\S+\.\w|^(?:admin|administrator|editor|user|guest|unknown|anonymous|null|undefined|n\/a|staff)$|\p{N}{2}|^\P{L}*$/iu;
const BETWEEN = /\s*[;|•·]\s*|\s*,\s+(?:and|und|et|y|e|en|og|och|i)\s+|\s*,\s+|\s+(?:and|und|et|y|en|og|och|&)\s+/u;

/**
 * Names as they stand on pages, `By Ada Lovelace and Charles Babbage`, as Pilcrow writes them: `Ada Lovelace; Charles Babbage`.
 *
 * @returns null where nothing is a name: addresses, `admin`
 */
export function authorLine(written: readonly string[]): string | null {
  const names = new Map<string, string>();
  for (const line of written.flatMap(namesIn)) {
    const key = line.toLowerCase();
    if (!names.has(key) && names.size < MAX_AUTHORS) names.set(key, line);
  }
  return names.size === 0 ? null : [...names.values()].join('; ');
}

function namesIn(written: string): string[] {
  const line = cleanLine(written.slice(0, MAX_NAME * MAX_AUTHORS)).replace(LEADING, '');
  const parts = line.split(BETWEEN).map((name) => cleanLine(name.replace(LEADING, '').replace(/[,:;]+$/, '')));
  // `Lovelace, Ada` is one person; `Ada Lovelace, Charles Babbage` are two.
  const each = parts.every((name) => /\s/.test(name)) && !/[()]/.test(line) ? parts : line.split(/\s*[;|•·]\s*/).map(cleanLine);
  return each.filter((name) => !isBlank(name) && name.length <= MAX_NAME && !NO_NAME.test(name));
}

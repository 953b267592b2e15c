import { cleanLine } from '../text/clean';

/** An http(s) address, made absolute; null for anything else. */
export function webAddress(written: string, base?: string | null): string | null {
  const text = written.trim();
  if (text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : base != null && URL.canParse(text, base) ? new URL(text, base) : null;
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** Names as `Metadata.author` has them. */
export function joinNames(names: readonly string[]): string | null {
  const each = words(names.map(personName));
  return each.length === 0 ? null : each.join('; ');
}

/** What is written, each once, without what is blank. */
export function words(written: readonly string[]): string[] {
  return [...new Set(written.map(cleanLine).filter((word) => word !== ''))];
}

/** `By Ada Lovelace`, as newspapers have it. */
const BYLINE = /^[Bb][Yy]:? (?=\p{Lu})/u;

/** `name@example.org (Name)` and `Name <name@example.org>` are how RSS writes names. */
function personName(written: string): string {
  const line = cleanLine(written);
  const [, comment = null] = /^[^\s()]{3,100} \(([^()]{1,200})\)$/.exec(line) ?? [];
  if (comment !== null && line.includes('@')) return comment;
  return line.replace(/ <[^\s<>]{1,100}@[^\s<>]{1,100}>$/, '').replace(BYLINE, '');
}

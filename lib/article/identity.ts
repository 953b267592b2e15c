import { createHash } from 'node:crypto';

const SLUG_CHARACTERS = 48;
/** 60 bits: of a million files with one slug, two share an id once in two million times; 40 bits made it one in three. */
const HASH_CHARACTERS = 12;
/** RFC 4648 base32, lower case: five bits a character, and safe in any URL and file name. */
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** Letters that no decomposition turns into ASCII. */
const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', å: 'a', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h', ŋ: 'n',
};

/**
 * Id of the article at `source`: the same for as long as the file keeps its place, whatever is in it.
 *
 * @param source label and path, as in `Article.source`
 * @param part which article of a file that holds several: a number from 2 on is appended as it is, any
 *   other key (a feed entry's guid) as its hash; null for the first or only one
 */
export function articleId(source: string, part: string | null = null): string {
  const base = source.slice(source.lastIndexOf('/') + 1).replace(/(?<=.)\.[^.]*$/, '');
  const id = `${slug(base)}-${shortHash(source)}`;
  if (part === null) return id;
  return `${id}-${/^\d{1,7}$/.test(part) ? part : shortHash(part)}`;
}

function slug(name: string): string {
  const folded = name
    .toLowerCase()
    .replace(/[ßæœøåłđðþıħŋ]/g, (letter) => FOLDED[letter] ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  const dashed = folded.replace(/[^a-z0-9]+/g, '-').replace(/^-/, '');
  return dashed.slice(0, SLUG_CHARACTERS).replace(/-$/, '') || 'article';
}

function shortHash(text: string): string {
  const digest = createHash('sha256').update(text).digest();
  return Array.from(digest.subarray(0, HASH_CHARACTERS), (byte) => BASE32[byte & 31]).join('');
}

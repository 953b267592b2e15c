import { WINDOWS_1252 } from './encoding';

/** What was read wrongly, stored and read wrongly again. */
const MAX_ROUNDS = 3;
/** Sequences that are surely UTF-8 read wrongly, to one of another kind that may stand beside them. */
const MORE_OFTEN = 20;
/** Sequences in a row that no text has by chance. */
const IN_A_ROW = 3;

/** Characters that windows-1252 (or Latin-1) makes of a byte beyond 0x7F. */
const HIGH = `\\u0080-\\u00FF${WINDOWS_1252.replace(/[\u0080-\u009F]/g, '')}`;
/** Those that it makes of the bytes that follow in a sequence of UTF-8. */
const FOLLOWS = `\\u0080-\\u00BF${WINDOWS_1252.replace(/[\u0080-\u009F]/g, '')}`;
const SUSPECT = new RegExp(`[\\u00C2-\\u00F4][${FOLLOWS}]`);
const RUN = new RegExp(`[${HIGH}]+`, 'g');
/** May stand where they are for themselves, whatever the rest is. */
const NEUTRAL = /^[\u00A0\u00AD]+$/;
/** May follow a word that ends in a capital Ã or Â: „AMANHÔ. */
const PUNCTUATION = /[‚„…‹‘’“”–—›«»\u00A0]$/;
const SPEAKS_OF_IT = /mojibake|文字化け|(?<!charset\s{0,3}=\s{0,3}["']?|encoding\s{0,3}=\s{0,3}["']?)\b(?:utf-?8|latin-?1|iso-?8859|windows-1252|unicode)\b/i;

const BYTES: ReadonlyMap<string, number> = new Map([...WINDOWS_1252].map((character, at) => [character, 0x80 + at]));
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Text that was UTF-8, was once read as windows-1252 or Latin-1 and stored like that ("cafÃ©", "donâ€™t"), as it was written.
 * It is repaired as a whole or not at all: where some sequences stand within words, as no text has them on purpose, where
 * next to nothing beyond ASCII contradicts, and where it does not speak of encodings.
 */
export function repairMojibake(text: string): string {
  let repaired = text;
  for (let round = 0; round < MAX_ROUNDS && SUSPECT.test(repaired); round++) {
    const better = repairOnce(repaired);
    if (better === null) break;
    repaired = better;
  }
  return repaired;
}

function repairOnce(text: string): string | null {
  if (SPEAKS_OF_IT.test(text)) return null;
  const originals = new Map<string, string | null>();
  let evidence = 0;
  let contradicting = (text.match(new RegExp(`[^\\u0000-\\u007F${HIGH}\\uFEFF\\uFFFD]+`, 'g')) ?? []).length;
  const repaired = text.replace(RUN, (run: string, at: number) => {
    if (NEUTRAL.test(run)) return run;
    const original = originals.get(run) ?? originalOf(run);
    originals.set(run, original);
    if (original === null) contradicting++;
    else if (isEvidence(run, original, text.charAt(at - 1), text.charAt(at + run.length))) evidence++;
    return original ?? run;
  });
  return evidence > 0 && contradicting * MORE_OFTEN <= evidence ? repaired : null;
}

/** What the run was before it was read wrongly, or null where it is what it is. */
function originalOf(run: string): string | null {
  try {
    const original = utf8.decode(Uint8Array.from(run, (character) => BYTES.get(character) ?? character.charCodeAt(0)));
    return /[\p{Cn}\p{Co}]/u.test(original) ? null : original;
  } catch {
    return null;
  }
}

/** Whether no text has that on purpose: in a word, after a small letter or as no word ends, or many in a row. */
function isEvidence(run: string, original: string, before: string, after: string): boolean {
  if (/[a-z]/.test(before) || [...original].length >= IN_A_ROW) return true;
  return /[A-Za-z]/.test(before + after) && !PUNCTUATION.test(run);
}

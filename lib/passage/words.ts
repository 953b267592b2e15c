/**
 * Words in a text, by rules of our own: Intl.Segmenter's dictionaries change with the ICU that Node was
 * built with, and passages, their ids and cached embeddings would change with them.
 *
 * A word is a run without white space. Scripts that put no spaces between words are counted by
 * characters: {@link CHARACTERS_A_WORD}.
 */
export function countWords(text: string, start = 0, end = text.length): number {
  let words = 0;
  let unspaced = 0;
  let inWord = false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      inWord = false;
    } else if (isUnspaced(code)) {
      unspaced++;
      inWord = false;
    } else if (!inWord && !isCjkPunctuation(code)) {
      words++;
      inWord = true;
    }
  }
  return words + Math.ceil(unspaced / CHARACTERS_A_WORD);
}

/**
 * Characters of Chinese that say as much as one English word: XQuAD's 240 paragraphs have 29,726 words in
 * English and 47,375 Han characters in Chinese. BERT gives each a token of its own, so 100 such words fit into 256 tokens.
 */
export const CHARACTERS_A_WORD = 1.6;

/** White space as `String.prototype.trim` has it. */
export function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0x1680) return code === 0xa0;
  return (
    (code >= 0x2000 && code <= 0x200a) || code === 0x1680 || code === 0x2028 || code === 0x2029 ||
    code === 0x202f || code === 0x205f || code === 0x3000 || code === 0xfeff
  );
}

/** Thai, Lao, Burmese, Khmer, kana and the Han characters of the first plane; the others are rare. */
function isUnspaced(code: number): boolean {
  if (code < 0x0e00) return false;
  return (
    code <= 0x0eff || (code >= 0x1000 && code <= 0x109f) || (code >= 0x1780 && code <= 0x17ff) ||
    (code >= 0x3041 && code <= 0x30ff) || (code >= 0x3400 && code <= 0x4dbf) ||
    (code >= 0x4e00 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff)
  );
}

function isCjkPunctuation(code: number): boolean {
  return (code >= 0x3001 && code <= 0x303f) || (code >= 0xff01 && code <= 0xff0f) || (code >= 0xff1a && code <= 0xff20);
}

import type { Article } from '../lib/article';

const RIGHT_TO_LEFT = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']);
const FIRST_LETTER = /\p{L}/u;
const RIGHT_TO_LEFT_LETTER = /[\p{Script=Adlam}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Nko}\p{Script=Syriac}\p{Script=Thaana}]/u;

/**
 * On which side an article begins, and with it the margin of its numbers: by its language, or by the first
 * letter of its title where that is not known. Each paragraph still goes by its own letters.
 */
export function directionOf({ language, title }: Pick<Article, 'language' | 'title'>): 'ltr' | 'rtl' {
  const script = language === null ? null : scriptOf(language);
  const isRightToLeft = script === null ? RIGHT_TO_LEFT_LETTER.test(FIRST_LETTER.exec(title)?.[0] ?? '') : RIGHT_TO_LEFT.has(script);
  return isRightToLeft ? 'rtl' : 'ltr';
}

/** The script that a language is mostly written in; null for what is no language tag. */
function scriptOf(language: string): string | null {
  try {
    return new Intl.Locale(language).maximize().script ?? null;
  } catch {
    return null;
  }
}

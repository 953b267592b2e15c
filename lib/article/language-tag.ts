/**
 * A language as its BCP 47 tag, written as such tags are (`pt_br` is `pt-BR`).
 *
 * @returns null for what is no tag: BCP 47 keeps primary tags of more than three letters for the future; in articles
 *   they are words like "english"
 */
export function languageTag(written: string): string | null {
  try {
    const locale = new Intl.Locale(written.trim().replaceAll('_', '-'));
    return locale.language.length <= 3 ? locale.toString() : null;
  } catch {
    return null;
  }
}

import type { Phrase, SearchTerm } from '../analyze';

/*
 * FTS5's query language, over terms that `analyze` made: letters, digits, marks and the point in decimals.
 * None of them ends a string, so nothing that is typed can become an operator.
 */

/** A phrase as FTS5 writes it: terms one after the other, within the title or within the text. */
export function phraseExpression({ terms, endsInPrefix }: Phrase): string {
  // The star stands outside the string and goes for its last term.
  return `"${terms.join(' ')}"${endsInPrefix ? ' *' : ''}`;
}

export function termExpression({ term, isPrefix }: SearchTerm): string {
  return phraseExpression({ terms: [term], endsInPrefix: isPrefix });
}

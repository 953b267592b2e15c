const DELIMITERS = [',', '\t', ';', '|'] as const;

/**
 * What parts the cells of a table: the one of comma, tab, semicolon and bar that its first line has most of, outside of
 * quotes. Names of columns hardly ever have one in them, unlike what is below.
 *
 * @param start of the file, at least its first line
 */
export function delimiterOf(start: string, name: string): string {
  const header = firstLine(start);
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length - 1);
  const most = Math.max(...counts);
  if (most === 0) return /\.tsv$/i.test(name) ? '\t' : ',';
  return DELIMITERS[counts.indexOf(most)] ?? ',';
}

/** The first line that is not blank, without what is quoted in it. */
function firstLine(text: string): string {
  const unquoted = text.replace(/"[^"]*(?:"|$)/g, '""');
  return /\S[^\n\r]*/.exec(unquoted)?.[0] ?? '';
}

/** The first words of a text on one line, cut between words, with a sign where more follows. */
export function opening(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most + 1);
  const end = cut.lastIndexOf(' ');
  // Where words are not parted by spaces any letter ends it, but never half of one.
  return `${end > most / 2 ? cut.slice(0, end) : [...line.slice(0, most)].slice(0, -1).join('')}…`;
}

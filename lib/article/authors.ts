/** The names in an author line, as `Article.author` parts them. */
export function authorsOf(author: string | null): string[] {
  return (author ?? '').split(';').map((name) => name.trim()).filter((name) => name !== '');
}

/** The address of the article with this title. */
export async function articleAddress(app: string, title: RegExp): Promise<string> {
  const response = await fetch(`${app}/api/search?q=salt+tax+pilots+dough+city+river+headlines+goat&mode=dense&perArticle=1&k=100`);
  const { results } = (await response.json()) as { results: { article: { id: string; title: string } }[] };
  const found = results.find((result) => title.test(result.article.title));
  if (found === undefined) throw new Error(`no article is called ${title.source}`);
  return `/articles/${found.article.id}`;
}

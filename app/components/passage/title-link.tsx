import type { ArticleRef } from '../../../lib/search';

interface Props {
  article: Pick<ArticleRef, 'title' | 'language'>;
  href: string;
  /** Whether it is what the keys open an item by. */
  opens?: boolean;
}

/** An article's title that leads somewhere, in its own language. */
export function TitleLink({ article: { title, language }, href, opens = false }: Props) {
  return <a href={href} dir="auto" lang={language ?? undefined} data-open={opens || undefined}>{title}</a>;
}

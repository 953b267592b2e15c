import type { SearchResult } from '../../../lib/search';
import { type Citation, COPY_FORMS, type CopyForm } from '../../citation';
import { articleHref } from '../../links';
import { authorWords, dateWords } from '../../words';

const WORDS: Record<CopyForm, string> = { quotation: 'quotation', text: 'plain text', link: 'link' };

/** What of a passage can be taken along; client/copy.ts does it. The key `c` takes the quotation. */
export function Copies({ passage, article }: Pick<SearchResult, 'passage' | 'article'>) {
  const citation: Citation = {
    text: passage.text,
    title: article.title,
    author: article.author && authorWords(article.author),
    date: article.published && dateWords(article.published),
    ordinal: passage.ordinal,
    page: passage.page,
    url: article.url,
    href: articleHref(article.id, passage.ordinal),
  };
  return (
    <span className="scripted" data-citation={JSON.stringify(citation)}>
      Copy{' '}
      {COPY_FORMS.map((form, i) => (
        <span key={form}>
          {i > 0 ? ', ' : ''}
          <button type="button" className="plain" data-copy-as={form} data-copy={form === 'quotation' || undefined}>
            <span className="unseen">Copy </span>{WORDS[form]}
          </button>
        </span>
      ))}
    </span>
  );
}

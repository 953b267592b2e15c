import type { Duplicate } from '../../../lib/search';
import { articleHref } from '../../links';
import type { Trail } from '../../trail';
import { dateWords, sourceWords } from '../../words';
import { TitleLink } from './title-link';

/** The other articles that have the same paragraph, or nearly. */
export function AlsoIn({ duplicates, trail }: { duplicates: Duplicate[]; trail: Trail }) {
  if (duplicates.length === 0) return null;
  return (
    <ul className="note" aria-label="The same paragraph elsewhere">
      {duplicates.map(({ passage, article }) => (
        <li key={passage.id}>
          Also in <TitleLink article={article} href={articleHref(article.id, passage.ordinal, trail)} />,{' '}
          {[article.published && dateWords(article.published), sourceWords(article)].filter(Boolean).join(', ')}
        </li>
      ))}
    </ul>
  );
}

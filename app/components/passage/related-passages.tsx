import type { RelatedResponse } from '../../../lib/search';
import { DEFAULT_RELATED_K } from '../../../lib/search/request';
import { articleHref, relatedAnchor, relatedHref } from '../../links';
import { filtersOf, withinArticle, withParameter } from '../../query';
import type { Trail } from '../../trail';
import { ActiveFilters } from '../filters/active-filters';
import { UnknownFilters } from '../filters/unknown-filters';
import { AlsoIn } from './also-in';
import { Byline } from './byline';
import { MorePassages } from './more-passages';
import { PassageText } from './passage-text';
import styles from './related-passages.module.css';
import { ResultList } from './result-list';

interface Props {
  response: RelatedResponse;
  /** How many, and of which articles. */
  query: URLSearchParams;
  /** The way to this page, and the way on from it. */
  came: Trail;
  trail: Trail;
}

/** A passage, and those near it in other articles. */
export function RelatedPassages({ response: { passage, article, alsoIn, unknownFilters, results }, query, came, trail }: Props) {
  const hrefOf = (other: URLSearchParams) => relatedHref(passage.id, came, other);
  const idOf = (rank: number) => relatedAnchor(passage.id, rank);
  return (
    <>
      <h1 className={styles.heading}>Related passages</h1>
      <blockquote className={styles.passage}>
        <PassageText text={passage.text} language={article.language} />
        <footer>
          <a href={articleHref(article.id, passage.ordinal, trail)} dir="auto"><span lang={article.language ?? undefined}>{article.title}</span>, ¶&nbsp;{passage.ordinal}</a>
          <Byline article={article} />
          <AlsoIn duplicates={alsoIn} trail={trail} />
        </footer>
      </blockquote>
      <div className={styles.filters}>
        <UnknownFilters filters={unknownFilters} query={query} hrefOf={hrefOf} again="Look without it" />
        <ActiveFilters query={query} hrefOf={hrefOf} />
      </div>
      <div data-part="related">
        {results.length === 0 ? <p>{filtersOf(query).length === 0 ? 'No other article' : 'None of the other articles chosen'} has anything near this.</p> : (
          <ResultList results={results} to="passage" idOf={idOf} hrefWithin={(id) => hrefOf(withinArticle(query, id))} trail={trail} />
        )}
        <MorePassages shown={results.length} asked={Number(query.get('k') ?? DEFAULT_RELATED_K)} hrefOf={(k) => `${hrefOf(withParameter(query, 'k', String(k)))}#${idOf(results.length + 1)}`} />
      </div>
    </>
  );
}

import type { RelatedResponse } from '../../../lib/search';
import { articleHref } from '../../links';
import type { Trail } from '../../trail';
import { AlsoIn } from './also-in';
import { Byline } from './byline';
import { PassageText } from './passage-text';
import styles from './related-passages.module.css';
import { ResultList } from './result-list';

/** A passage, and those near it in other articles. */
export function RelatedPassages({ response: { passage, article, alsoIn, results }, trail }: { response: RelatedResponse; trail: Trail }) {
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
      <div data-part="related">
        {results.length === 0 ? <p>No other article has anything near this.</p> : <ResultList results={results} trail={trail} />}
      </div>
    </>
  );
}

import type { ArticleRef } from '../../../lib/search';
import { articleHref, searchHref } from '../../links';
import { withParameter } from '../../query';
import { Byline } from '../passage/byline';
import styles from './front.module.css';
import { TitleLink } from '../passage/title-link';

interface Props {
  /** Questions to try. */
  examples: string[];
  recent: ArticleRef[];
  /** Filters that a question is asked with. */
  query: URLSearchParams;
}

/** For whoever does not know what to ask: questions that the articles answer, and articles to begin with. */
export function Beginnings({ examples, recent, query }: Props) {
  return (
    <>
      {examples.length === 0 ? null : (
        <section className={`${styles.begin} ${styles.questions}`} aria-labelledby="examples">
          <h2 id="examples">Try asking</h2>
          <ul>
            {examples.map((question) => <li key={question}><a href={searchHref(withParameter(query, 'q', question))} dir="auto">{question}</a></li>)}
          </ul>
        </section>
      )}
      {recent.length === 0 ? null : (
        <section className={styles.begin} aria-labelledby="recent">
          <h2 id="recent">Or begin with an article</h2>
          <ul>
            {recent.map((article) => (
              <li key={article.id}>
                <TitleLink article={article} href={articleHref(article.id)} />
                <Byline article={article} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

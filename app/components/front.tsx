import type { IndexStatus } from '../../lib/index';
import type { ArticleRef } from '../../lib/search';
import { articleHref, homeHref } from '../links';
import { count, dateWords } from '../words';
import { AskForm } from './ask-form';
import { Byline } from './byline';
import styles from './front.module.css';
import { Nav } from './nav';

/** The front page: what this is, what is in it, and the question box. */
export function Front({ query, status, recent }: { query: URLSearchParams; status: IndexStatus; recent: ArticleRef[] }) {
  return (
    <>
      <Nav current={homeHref} />
      <header className={styles.title}>
        <h1>Pilcrow&nbsp;<span aria-hidden="true">¶</span></h1>
        <p>Ask your articles, get the paragraph.</p>
      </header>
      <p className={styles.folio}>
        <span>{count(status.articles, 'article')}</span>
        <span>{count(status.passages, 'passage')}</span>
        <span>Indexed <time dateTime={status.createdAt}>{dateWords(status.createdAt)}</time></span>
      </p>
      <AskForm query={query} withMode autoFocus />
      <section className={styles.recent} aria-labelledby="recent">
        <h2 id="recent">Or start from an article</h2>
        <ul>
          {recent.map((article) => (
            <li key={article.id}>
              <a href={articleHref(article.id)} dir="auto">{article.title}</a>
              <Byline article={article} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

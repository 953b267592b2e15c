import type { ArticlePage } from '../../../lib/search';
import { articleGroups } from '../../article-groups';
import { LibraryEntry } from './library-entry';
import styles from './library-index.module.css';

/** The articles of a page as the index of a newspaper has them: below their years or letters. */
export function LibraryIndex({ page: { articles, sort, page, pageSize } }: { page: ArticlePage }) {
  const places = new Map(articles.map(({ id }, i) => [id, (page - 1) * pageSize + i + 1]));
  return articleGroups(articles, sort).map(({ heading, articles: group }) => (
    <section key={heading} className={styles.group} aria-label={heading ?? 'All'}>
      {heading === null ? null : <h2 className={styles.heading}><bdi>{heading}</bdi></h2>}
      <ol className={styles.list} start={places.get(group[0]?.id ?? '')}>
        {group.map((article) => <li key={article.id}><LibraryEntry article={article} /></li>)}
      </ol>
    </section>
  ));
}

import type { Article } from '../../lib/article';
import { outwardHref } from '../links';
import { sourceWords } from '../words';
import styles from './article-head.module.css';
import { Byline } from './byline';

export function ArticleHead({ article }: { article: Article }) {
  const href = outwardHref(article.url);
  return (
    <header className={styles.head}>
      <h1 dir="auto">{article.title}</h1>
      <div lang="en">
        <Byline article={article} />
        {article.tags.length > 0 || href ? (
          <ul className={styles.more}>
            {article.tags.map((tag) => <li key={tag}><bdi>{tag}</bdi></li>)}
            {href ? <li><a href={href} rel="noopener noreferrer">Read it at {sourceWords(article)}</a></li> : null}
          </ul>
        ) : null}
      </div>
    </header>
  );
}

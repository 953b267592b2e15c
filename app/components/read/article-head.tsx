import type { Article } from '../../../lib/article';
import { libraryPageHref, outwardHref } from '../../links';
import { count, sourceWords } from '../../words';
import styles from './article-head.module.css';
import { Authors } from './authors';
import { Byline } from '../passage/byline';

/** @param passages how many the article has */
export function ArticleHead({ article, passages }: { article: Article; passages: number }) {
  const { title, author, tags } = article;
  const href = outwardHref(article.url);
  return (
    <header className={styles.head}>
      <h1 dir="auto">{title}</h1>
      <div lang="en" className={styles.facts}>
        <Byline
          article={article}
          who={author === null ? undefined : <Authors author={author} />}
          where={href === null ? undefined : <span className={styles.out}><a href={href} rel="noopener noreferrer">Read it at <bdi>{sourceWords(article)}</bdi></a></span>}
        >
          <li>{count(passages, 'passage')}</li>
        </Byline>
        {tags.length > 0 ? (
          <ul className={styles.tags} aria-label="Tags">
            {tags.map((tag) => <li key={tag}><a href={libraryPageHref(new URLSearchParams({ tag }))}><bdi>{tag}</bdi></a></li>)}
          </ul>
        ) : null}
      </div>
    </header>
  );
}

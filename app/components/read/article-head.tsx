import { authorsOf } from '../../../lib/article/authors';
import type { Article } from '../../../lib/article';
import { outwardHref } from '../../links';
import { authorWords, count, sourceWords } from '../../words';
import styles from './article-head.module.css';
import { Byline } from '../passage/byline';
import { NameLinks } from './name-links';

const MOST_AUTHORS = 8;
const MOST_TAGS = 16;

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
          who={author === null ? undefined : <NameLinks filter="author" names={authorsOf(author)} most={MOST_AUTHORS} words={authorWords(author)} />}
          where={href === null ? undefined : <span className={styles.out}><a href={href} rel="noopener noreferrer">Read it at <bdi>{sourceWords(article)}</bdi></a></span>}
        >
          <li>{count(passages, 'passage')}</li>
        </Byline>
        {tags.length === 0 ? null : <NameLinks filter="tag" names={tags} most={MOST_TAGS} words={count(tags.length, 'tag')} label="Tags" />}
      </div>
    </header>
  );
}

import type { ReactNode } from 'react';
import type { ArticleRef } from '../../../lib/search';
import { dateWords, sourceWords } from '../../words';
import styles from './byline.module.css';

interface Props {
  article: Pick<ArticleRef, 'author' | 'published' | 'url' | 'source'>;
  /** Where there is more by the author. */
  authorHref?: string;
  /** Further items. */
  children?: ReactNode;
}

/** Who, when, where: as much of it as is known. */
export function Byline({ article, authorHref, children }: Props) {
  const { author, published } = article;
  return (
    <ul className={styles.byline}>
      {author ? <li>{authorHref === undefined ? <bdi>{author}</bdi> : <a href={authorHref}><bdi>{author}</bdi></a>}</li> : null}
      {published ? <li><time dateTime={published}>{dateWords(published)}</time></li> : null}
      <li>{sourceWords(article)}</li>
      {children}
    </ul>
  );
}

import type { ReactNode } from 'react';
import type { ArticleRef } from '../../../lib/search';
import { authorWords, dateWords, sourceWords } from '../../words';
import styles from './byline.module.css';

interface Props {
  article: Pick<ArticleRef, 'author' | 'published' | 'url' | 'source'>;
  /** Says who in place of the author's name. */
  who?: ReactNode;
  /** Further items. */
  children?: ReactNode;
}

/** Who, when, where: as much of it as is known. */
export function Byline({ article, who, children }: Props) {
  const { author, published } = article;
  return (
    <ul className={styles.byline}>
      {author ? <li>{who ?? <bdi title={author}>{authorWords(author)}</bdi>}</li> : null}
      {published ? <li><time dateTime={published}>{dateWords(published)}</time></li> : null}
      <li>{sourceWords(article)}</li>
      {children}
    </ul>
  );
}

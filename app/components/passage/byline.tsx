import type { ReactNode } from 'react';
import type { ArticleRef } from '../../../lib/search';
import { authorWords, dateWords, sourceWords } from '../../words';
import styles from './byline.module.css';

interface Props {
  article: Pick<ArticleRef, 'author' | 'published' | 'url' | 'source'>;
  /** Says who, or where, in place of the mere name. */
  who?: ReactNode;
  where?: ReactNode;
  /** Further items. */
  children?: ReactNode;
}

/** Who, when, where: as much of it as is known. */
export function Byline({ article, who, where, children }: Props) {
  const { author, published } = article;
  return (
    <ul className={styles.byline}>
      {author ? <li>{who ?? <bdi title={author}>{authorWords(author)}</bdi>}</li> : null}
      {published ? <li><time dateTime={published}>{dateWords(published)}</time></li> : null}
      <li>{where ?? sourceWords(article)}</li>
      {children}
    </ul>
  );
}

import type { ArticleRef } from '../../lib/search';
import { dateWords, sourceWords } from '../words';
import styles from './byline.module.css';

/** Who, when, where: as much of it as is known. */
export function Byline({ article }: { article: Pick<ArticleRef, 'author' | 'published' | 'url' | 'source'> }) {
  const { author, published } = article;
  return (
    <ul className={styles.byline}>
      {author ? <li><bdi>{author}</bdi></li> : null}
      {published ? <li><time dateTime={published}>{dateWords(published)}</time></li> : null}
      <li>{sourceWords(article)}</li>
    </ul>
  );
}

import type { ListedArticle } from '../../../lib/search';
import { articleHref } from '../../links';
import { count } from '../../words';
import { Byline } from '../passage/byline';
import { TitleLink } from '../passage/title-link';
import styles from './library-entry.module.css';

/** An article's line: its title, as far as its length; below it who, when, where and of what. */
export function LibraryEntry({ article }: { article: ListedArticle }) {
  const { id, tags, words, passages } = article;
  return (
    <div className={styles.entry} data-item={`${id}.p1`} tabIndex={-1}>
      <p className={styles.title}><TitleLink article={article} href={articleHref(id)} opens /></p>
      <p className={styles.figures}><span className={styles.words}>{count(words, 'word')}</span> <span className={styles.passages}>{count(passages, 'passage')}</span></p>
      <div className={styles.more}>
        <Byline article={article} />
        {tags.length === 0 ? null : <ul className={styles.tags} aria-label="Tags">{tags.map((tag) => <li key={tag}><bdi>{tag}</bdi></li>)}</ul>}
      </div>
    </div>
  );
}

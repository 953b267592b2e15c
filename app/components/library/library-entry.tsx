import type { ListedArticle } from '../../../lib/search';
import { articleHref } from '../../links';
import { count } from '../../words';
import { Byline } from '../passage/byline';
import { TitleLink } from '../passage/title-link';
import styles from './library-entry.module.css';

/** Tags that a line or two have room for. */
const MOST_TAGS = 8;

/** An article's line: its title, as far as its length; below it who, when, where and of what. */
export function LibraryEntry({ article }: { article: ListedArticle }) {
  const { id, tags, words, passages } = article;
  return (
    <div className={styles.entry} data-item={`${id}.p1`} tabIndex={-1}>
      <p className={styles.title}><TitleLink article={article} href={articleHref(id)} opens /></p>
      <p className={styles.figures}><span className={styles.words}>{count(words, 'word')}</span> <span className={styles.passages}>{count(passages, 'passage')}</span></p>
      <div className={styles.more}>
        <Byline article={article} />
        {tags.length === 0 ? null : <ul className={styles.tags} aria-label="Tags">{tags.slice(0, MOST_TAGS).map((tag) => <li key={tag}><bdi>{tag}</bdi></li>)}{tags.length > MOST_TAGS ? <li>and {tags.length - MOST_TAGS} more</li> : null}</ul>}
      </div>
    </div>
  );
}

import { authorsOf } from '../../../lib/article/authors';
import { libraryPageHref } from '../../links';
import { authorWords } from '../../words';
import styles from './authors.module.css';

/** Names beyond which they stand a step away. */
const MOST_SHOWN = 8;

/** Who wrote an article, each name a link to what else there is by it. */
export function Authors({ author }: { author: string }) {
  const names = authorsOf(author);
  const links = (
    <ul className={styles.names}>
      {names.map((name) => <li key={name}><a href={libraryPageHref(new URLSearchParams({ author: name }))}><bdi>{name}</bdi></a></li>)}
    </ul>
  );
  if (names.length <= MOST_SHOWN) return links;
  return <details data-remember="authors"><summary dir="auto">{authorWords(author)}</summary>{links}</details>;
}

import { libraryPageHref } from '../../links';
import styles from './name-links.module.css';

interface Props {
  /** By which they are found in the library. */
  filter: 'author' | 'tag';
  names: readonly string[];
  /** More than these stand a step away. */
  most: number;
  /** What is said of them then. */
  words: string;
  label?: string;
}

/** Names of which each leads to what else there is by it, or with it. */
export function NameLinks({ filter, names, most, words, label }: Props) {
  const links = (
    <ul className={styles.names} aria-label={label}>
      {names.map((name) => <li key={name}><a href={libraryPageHref(new URLSearchParams({ [filter]: name }))}><bdi>{name}</bdi></a></li>)}
    </ul>
  );
  if (names.length <= most) return links;
  return <details data-remember={`${filter}s`}><summary dir="auto">{words}</summary>{links}</details>;
}

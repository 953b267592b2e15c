import type { ReactNode } from 'react';
import type { SearchResult } from '../../lib/search';
import { articleHref, relatedHref } from '../links';
import { matchedWords } from '../words';
import { AlsoIn } from './also-in';
import { Byline } from './byline';
import { PassageText } from './passage-text';
import styles from './result.module.css';

/**
 * One passage among others, with where it is from and where one can go on.
 * @param children further ways to go on
 */
export function Result({ result, children }: { result: SearchResult; children: ReactNode }) {
  const { passage, article, evidence, matched, alsoIn } = result;
  const href = articleHref(article.id, passage.ordinal);
  return (
    <article className={styles.result}>
      <header className={styles.head}>
        <h2 className={styles.title} dir="auto"><a href={href}>{article.title}</a></h2>
        <Byline article={article} />
      </header>
      <p className={styles.number}>
        <a href={href}>¶&nbsp;{passage.ordinal}<span className="unseen"> of {article.title}</span></a>
      </p>
      <PassageText text={passage.text} evidence={evidence} />
      <footer className={styles.foot}>
        <AlsoIn duplicates={alsoIn} />
        <a href={relatedHref(passage.id)}>Related passages<span className="unseen"> to ¶ {passage.ordinal} of {article.title}</span></a>
        {children}
        <span>Found by {matchedWords(matched)}</span>
      </footer>
    </article>
  );
}

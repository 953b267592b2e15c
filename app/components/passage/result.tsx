import type { ReactNode } from 'react';
import type { SearchResult } from '../../../lib/search';
import { articleHref, relatedHref } from '../../links';
import { cameFrom, type Trail } from '../../trail';
import { AlsoIn } from './also-in';
import { Byline } from './byline';
import { Copies } from './copies';
import { PassageText } from './passage-text';
import styles from './result.module.css';
import { TitleLink } from './title-link';
import { Why } from './why';

interface Props {
  result: SearchResult;
  /** What it was found for. */
  to: 'question' | 'passage';
  /** The way here, this page included. */
  trail: Trail;
  /** Further ways to go on. */
  children: ReactNode;
}

/** One passage among others, with where it is from and where one can go on. */
export function Result({ result, to, trail, children }: Props) {
  const { passage, article, evidence, alsoIn } = result;
  const href = articleHref(article.id, passage.ordinal, trail);
  return (
    <article className={styles.result} data-item={passage.id} tabIndex={-1}>
      <header className={styles.head}>
        <h2 className={styles.title} dir="auto"><TitleLink article={article} href={href} opens /></h2>
        <Byline article={article}>
          {passage.page === null ? null : <li>page&nbsp;{passage.page}</li>}
          {passage.section === null ? null : <li><bdi lang={article.language ?? undefined}>{passage.section}</bdi></li>}
        </Byline>
      </header>
      <p className={styles.number}>
        <a href={href}>¶&nbsp;{passage.ordinal}<span className="unseen"> of {article.title}</span></a>
      </p>
      <PassageText text={passage.text} language={article.language} evidence={evidence} />
      <Why result={result} to={to} />
      {cameFrom(trail, passage.id) ? <p className="note">You came from this passage.</p> : null}
      <footer className={styles.foot}>
        <AlsoIn duplicates={alsoIn} trail={trail} />
        <a href={relatedHref(passage.id, trail)} data-related>Related passages<span className="unseen"> to ¶ {passage.ordinal} of {article.title}</span></a>
        {children}
        <Copies passage={passage} article={article} />
      </footer>
      <div className={styles.below} data-below />
    </article>
  );
}

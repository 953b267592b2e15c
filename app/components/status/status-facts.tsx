import type { ReactNode } from 'react';
import type { GenerationSummary } from '../../../lib/search';
import { agoWords, exactSizeWords, momentWords, sizeWords } from '../../figures';
import { libraryHref, libraryPageHref } from '../../links';
import type { PublicStatus } from '../../public-status';
import { count } from '../../words';
import { ChangesWords } from './status-changes';
import styles from './status-facts.module.css';

interface Props {
  status: PublicStatus;
  /** What this generation changed; null where that cannot be read. */
  changes: GenerationSummary['changes'];
  /** Bytes of all other generations. */
  others: number;
}

/** What is indexed, by what, since when, and how much room it takes. */
export function StatusFacts({ status, changes, others }: Props) {
  const { generation, createdAt, articles, passages, model, bytes, sources } = status;
  return (
    <dl className={styles.facts}>
      <Fact name="Holds"><a href={libraryHref}>{count(articles, 'article')}</a> in {count(passages, 'passage')}</Fact>
      <Fact name="Made"><time dateTime={createdAt}>{agoWords(createdAt)}</time> <Aside>{momentWords(createdAt)}</Aside></Fact>
      {changes ? <Fact name="Changed"><ChangesWords changes={changes} /></Fact> : null}
      <Fact name={sources.length === 1 ? 'Source' : 'Sources'}>
        <ul>{sources.map(({ label }) => <li key={label}><a href={libraryPageHref(new URLSearchParams({ source: label }))} dir="auto">{label}</a></li>)}</ul>
      </Fact>
      <Fact name="Model"><bdi>{model.id}</bdi> <Aside>{count(model.dimensions, 'dimension')}</Aside></Fact>
      <Fact name="On disk">
        {sizeWords(bytes.total)} <Aside>{exactSizeWords(bytes.total)}</Aside>
        <ul className={styles.parts}>
          <Part name="Passages" bytes={bytes.passages} />
          <Part name="Vectors" bytes={bytes.vectors} />
          <Part name="Kept embeddings" bytes={bytes.embeddingCache} />
          {others === 0 ? null : <Part name="Other generations" bytes={others} />}
        </ul>
      </Fact>
      <Fact name="Generation"><code>{generation}</code></Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Aside({ children }: { children: ReactNode }) {
  return <span className={styles.aside}>({children})</span>;
}

function Part({ name, bytes }: { name: string; bytes: number }) {
  return <li><span>{name}</span> <span>{sizeWords(bytes)}</span> <Aside>{exactSizeWords(bytes)}</Aside></li>;
}

import type { GenerationSummary } from '../../../lib/search';
import { agoWords, exactSizeWords, momentWords, sizeWords } from '../../figures';
import { count } from '../../words';
import { Command } from '../shell/command';
import { ChangesWords } from './status-changes';
import styles from './status-generation.module.css';

interface Props {
  generation: GenerationSummary;
  answers: boolean;
  /** Whether going back leads to it unless another is named. */
  isTarget: boolean;
  /** The current one's model, which need not be said. */
  usualModel: string | undefined;
}

const STATE_WORDS: Record<GenerationSummary['state'], string> = {
  'ok': '',
  'damaged': 'Damaged',
  'other-format': 'Cannot be read',
};

/** One state of the index: when it was made, what is in it, what is wrong with it, and the way back to it. */
export function StatusGeneration({ generation, answers, isTarget, usualModel }: Props) {
  const { id, current, createdAt, changes, state, problem } = generation;
  return (
    <article className={styles.generation}>
      <h3>{createdAt === null ? 'Made at a time unknown' : <time dateTime={createdAt}>{momentWords(createdAt)}</time>}</h3>
      <ul className={styles.line}>
        {answers ? <li className={styles.answers}>answers now</li> : null}
        {current && !answers ? <li className={styles.answers}>should answer</li> : null}
        {createdAt === null ? null : <li>{agoWords(createdAt)}</li>}
        <Figures generation={generation} usualModel={usualModel} />
        {generation.beingRead === true && !answers ? <li>in use</li> : null}
      </ul>
      {state === 'ok' ? null : <p className={styles.problem}>{STATE_WORDS[state]}: {problem}.</p>}
      {changes === null ? null : <p className={styles.line}><ChangesWords changes={changes} /></p>}
      <p className={styles.line}><code>{id}</code></p>
      {current || state !== 'ok' ? null : (
        <details data-remember={`back-to-${id}`}>
          <summary>How to go back to it<span className="unseen"> ({id})</span></summary>
          <Command command={`npx pilcrow rollback${isTarget ? '' : ` ${id}`}`} />
        </details>
      )}
    </article>
  );
}

/** As much as can be read of it. */
function Figures({ generation: { articles, passages, bytes, model }, usualModel }: Pick<Props, 'generation' | 'usualModel'>) {
  return (
    <>
      {articles === null ? null : <li>{count(articles, 'article')}</li>}
      {passages === null ? null : <li>{count(passages, 'passage')}</li>}
      <li title={exactSizeWords(bytes)}>{sizeWords(bytes)}</li>
      {model === null || model.id === usualModel ? null : <li><bdi>{model.id}</bdi></li>}
    </>
  );
}

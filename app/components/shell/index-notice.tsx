import type { IndexStatus } from '../../../lib/index';
import { engine } from '../../engine';
import { dateWords, phaseWords, progressWords } from '../../words';
import { Command } from './command';
import styles from './index-notice.module.css';

interface Props {
  status: Pick<IndexStatus, 'generation' | 'createdAt' | 'fallback' | 'writer'>;
  /** The address of the page it stands on, to be made again of a newer index, and what that is called. */
  here: string;
  again: string;
}

/**
 * What there is to know of the index an answer comes from; mostly nothing. client/progress.ts keeps this up to date
 * by the same part of the front page.
 */
export function IndexNotice({ status: { generation, createdAt, fallback, writer }, here, again }: Props) {
  return (
    <div className={styles.notice} data-part="index-notice" data-generation={generation} data-changing={writer !== null || undefined}>
      {fallback ? <p>The newest state of the index cannot be used; answers come from that of {dateWords(createdAt)}. <code>npx pilcrow index</code> repairs it.</p> : null}
      {writer ? <p>The index is being brought up to date: {progressWords(writer)}; answers come from the one before.</p> : null}
      <template><p>The index has been brought up to date. <a href={here}>{again}</a></p></template>
    </div>
  );
}

/** The same where there is no index yet: how far the first one is, or how to make it. */
export function FirstIndexNotice() {
  const writer = engine().writer();
  return (
    <div className={styles.first} data-part="index-notice" data-generation="" data-changing>
      {writer ? (
        <>
          <p>The first index is being made: {phaseWords(writer.phase)}, {progressWords(writer)}.</p>
          <progress value={writer.done} aria-label="How far the index is" />
        </>
      ) : (
        <>
          <p>Pilcrow answers from your own articles. In the folder where it runs, let it read some:</p>
          <Command command="npx pilcrow index path/to/articles" />
          <p className="note">Without a path it reads the sample articles.</p>
        </>
      )}
      <p className="note"><span className="scripted">This page shows it when it is done.</span><noscript>When it is done, reload this page.</noscript></p>
    </div>
  );
}

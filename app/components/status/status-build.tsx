import { agoWords, momentWords } from '../../figures';
import type { PublicWriter } from '../../public-status';
import { capitalised, phaseWords, progressWords } from '../../words';
import { Command } from '../shell/command';
import styles from './status-build.module.css';

interface Props {
  writer: PublicWriter | null;
  /** The one that answers; null when none does. */
  generation: string | null;
}

/** What is being done to the index now, kept up to date by client/build.ts; else how to bring it up to date. */
export function StatusBuild({ writer, generation }: Props) {
  return (
    <section className={styles.build} aria-labelledby="build" data-part="build" data-generation={generation ?? ''} data-phase={writer ? phaseWords(writer.phase) : undefined}>
      <h2 id="build">{writer ? 'At work on it now' : 'Bringing it up to date'}</h2>
      {writer ? <Progress writer={writer} /> : <HowTo />}
    </section>
  );
}

function Progress({ writer: { command, since, phase, done, etaMs } }: { writer: PublicWriter }) {
  return (
    <>
      <p><code>{command}</code>, begun <time dateTime={since} data-live="since">{agoWords(since)}</time> <span className={styles.aside}>({momentWords(since)})</span></p>
      <progress value={done} max={1} aria-labelledby="build-progress" />
      <p id="build-progress" className={styles.far} data-live="far">{capitalised(phaseWords(phase))}: {progressWords({ done, etaMs })}</p>
      <noscript><p className="note">Reload this page to see how far it is.</p></noscript>
    </>
  );
}

function HowTo() {
  return (
    <>
      <p>In the folder where Pilcrow runs, this reads the same sources again and takes in what has changed:</p>
      <Command command="npx pilcrow index" />
      <p>With <code>--watch</code> it goes on and follows them. Answers go on meanwhile.</p>
    </>
  );
}

import { engine } from '../engine';
import { toPilcrowError } from '../errors';
import { articleHref, placeOf, relatedHref, searchHref } from '../links';
import type { Step, Trail as Way } from '../trail';
import styles from './trail.module.css';

/** The way the reader came, each step a link to where it was, with the way there. */
export async function Trail({ trail }: { trail: Way }) {
  if (trail.length === 0) return null;
  const steps = await Promise.all(trail.map(async (step, i) => ({ words: await wordsFor(step), href: hrefOf(step, trail.slice(0, i)) })));
  return (
    <nav aria-label="The way you came" className={styles.trail}>
      <ol>
        {steps.map(({ words, href }) => <li key={href}><a href={href} dir="auto">{words}</a></li>)}
      </ol>
    </nav>
  );
}

function hrefOf(step: Step, trail: Way): string {
  if (step.kind === 'ask') return searchHref(step.query, trail);
  if (step.kind === 'related') return relatedHref(step.passage, trail);
  const { articleId, ordinal } = placeOf(step.passage);
  return articleHref(articleId, ordinal, trail);
}

async function wordsFor(step: Step): Promise<string> {
  if (step.kind === 'ask') return `“${step.query.get('q') ?? ''}”`;
  const { ordinal } = placeOf(step.passage);
  return `${step.kind === 'related' ? 'related to ' : ''}${await titleOf(step.passage)} ¶\u00a0${ordinal}`;
}

/** A passage on the way may be gone since: the step stays, without its title. */
async function titleOf(passageId: string): Promise<string> {
  try {
    return (await engine().passage(passageId)).article.title;
  } catch (thrown) {
    if (toPilcrowError(thrown).code === 'internal') throw thrown;
    return 'a passage that is gone';
  }
}

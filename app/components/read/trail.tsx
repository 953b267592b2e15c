import { engine } from '../../engine';
import { orElse } from '../../errors';
import { articleHref, placeOf, relatedHref, searchHref } from '../../links';
import type { Step, Trail as Way } from '../../trail';
import styles from './trail.module.css';

/** The way the reader came, each step a link to where it was, with the way there. */
export async function Trail({ trail }: { trail: Way }) {
  if (trail.length === 0) return null;
  const steps = await Promise.all(trail.map(async (step, i) => ({ ...(await wordsFor(step, trail[i - 1])), href: hrefOf(step, trail.slice(0, i)) })));
  return (
    <nav aria-label="The way you came" className={styles.trail}>
      <ol>
        {steps.map(({ clipped, whole, href }) => (
          <li key={href}>
            <a href={href} title={`${clipped}${whole}`}>
              {clipped === '' ? null : <span className={styles.clipped} dir="auto">{clipped}</span>}
              {whole}
            </a>
          </li>
        ))}
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

/** What a step is called: words that may be of any length, and what always stands after them. */
async function wordsFor(step: Step, previous: Step | undefined): Promise<{ clipped: string; whole: string }> {
  if (step.kind === 'ask') return { clipped: `“${step.query.get('q') ?? ''}”`, whole: '' };
  // From a passage read to what is related to it the passage need not be named again.
  if (step.kind === 'related' && previous?.kind === 'read' && previous.passage === step.passage) return { clipped: '', whole: 'related' };
  const { ordinal } = placeOf(step.passage);
  return { clipped: `${step.kind === 'related' ? 'related to ' : ''}${await titleOf(step.passage)}`, whole: `\u00a0¶\u00a0${ordinal}` };
}

/** A passage on the way may be gone since: the step stays, without its title. */
function titleOf(passageId: string): Promise<string> {
  return orElse(async () => (await engine().passage(passageId)).article.title, 'a passage that is gone');
}

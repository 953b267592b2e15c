import { PilcrowError } from '../errors';
import type { Guard } from '../index';
import { checkQuestion, type CheckedQuestion } from './pinned';
import { readQuestions, type SavedQuestion } from './questions';

/** Longest question or title that an error quotes, in characters. */
const QUOTED = 80;

/** Lets no generation be published that loses a pinned answer. */
export interface QuestionGuard extends Guard {
  /** Questions with a pinned answer; with none of them everything passes. */
  readonly pinned: number;
}

/**
 * A guard of the saved questions. It refuses whatever has a pinned answer out of its place, also one that
 * the generation before had lost already: what is guarded must be true, not merely no worse.
 *
 * @throws PilcrowError `questions-invalid`
 */
export async function guardFor(indexDir: string): Promise<QuestionGuard> {
  return {
    pinned: pinnedOf(await readQuestions(indexDir)).length,
    async check(candidate, embedder, onStep) {
      // Read anew: a run may take hours, in which questions are saved and pinned.
      const questions = await readQuestions(indexDir);
      const lost: CheckedQuestion[] = [];
      // One after another: a run that is stopped leaves none that asks what is closed by then.
      for (const question of pinnedOf(questions)) {
        onStep();
        const checked = await checkQuestion(candidate, embedder, question);
        if (checked.kept === false) lost.push(checked);
      }
      const [first] = lost;
      if (first !== undefined) throw refusal(first, questions.indexOf(first.question) + 1, lost.length - 1);
    },
  };
}

function pinnedOf(questions: readonly SavedQuestion[]): SavedQuestion[] {
  return questions.filter(({ pin }) => pin !== null);
}

function refusal({ question, rank, first }: CheckedQuestion, number: number, others: number): PilcrowError {
  const { text, within, pin } = question;
  const answer = pin === null ? '' : ` (${clip(pin.title)} ¶ ${pin.ordinal})`;
  const place = within === 1 ? 'be the first' : `be among the first ${within}`;
  const now = rank === null ? `no longer ${place}` : `come at place ${rank} and no longer ${place}`;
  const instead = first === null ? 'nothing is found at all' : `first comes ${clip(first.article.title)} ¶ ${first.passage.ordinal}`;
  const more = others === 0 ? '' : `, and ${others} more ${others === 1 ? 'question loses its answer' : 'questions lose their answers'}`;
  return new PilcrowError(
    'guard-refused',
    `nothing was published: the pinned answer${answer} to ${JSON.stringify(clip(text))} would ${now}; ${instead}${more}`,
    `see pilcrow questions check for how it is now, pin another answer with pilcrow questions pin ${number}, or index without --guard`,
  );
}

function clip(text: string): string {
  return text.length <= QUOTED ? text : `${text.slice(0, QUOTED - 1)}…`;
}

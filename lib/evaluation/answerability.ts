import type { Verdict } from '../search/answerable';
import { rocAuc } from './metrics';
import type { AnswerableReport } from './types';

/** @param asked verdicts on questions with an answer, `foreign` on questions without */
export function answerableReport(asked: readonly Verdict[], foreign: readonly Verdict[]): AnswerableReport {
  const share = (verdicts: readonly Verdict[], answerable: boolean) => verdicts.filter((verdict) => verdict.answerable === answerable).length / Math.max(1, verdicts.length);
  const confidences = (verdicts: readonly Verdict[]) => verdicts.map(({ confidence }) => confidence);
  return {
    auc: rocAuc(confidences(asked), confidences(foreign)),
    kept: share(asked, true),
    flagged: share(foreign, false),
    questions: asked.length,
    unanswerable: foreign.length,
  };
}

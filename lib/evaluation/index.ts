export { withoutOperators } from './ask';
export { readQuestions } from './beir';
export { articlesOf, readCorpus, type Corpus } from './corpus';
export { createEvaluator, type Evaluator, type EvaluatorOptions } from './evaluator';
export { fitQuestion } from './fit';
export { meanScores, ndcg, recall, reciprocalRank, rocAuc, scoresOf, type Judgements, type Scores } from './metrics';
export type { AnswerableReport, DatasetReport, EvaluationProgress } from './types';

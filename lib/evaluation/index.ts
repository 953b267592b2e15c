export { createEvaluator, type Evaluator, type EvaluatorOptions } from './evaluator';
export { meanScores, ndcg, recall, reciprocalRank, rocAuc, scoresOf, type Judgements, type Scores } from './metrics';
export type { AnswerableReport, DatasetReport, EvaluationProgress } from './types';

/**
 * Retrieval metrics as trec_eval defines them (https://github.com/usnistgov/trec_eval: m_ndcg_cut.c,
 * m_recip_rank.c, m_recall.c; the cut at 10 of the reciprocal rank is MS MARCO's). A document's grade is
 * its gain; what is not judged, or judged 0 or less, gives none.
 */

/** Grades of one query by document id. A grade above 0 means relevant. */
export type Judgements = ReadonlyMap<string, number>;

/** The figures of one query, or their means over many. */
export interface Scores {
  'ndcg@10': number;
  'mrr@10': number;
  'hit@1': number;
  'recall@100': number;
}

/**
 * @param ranking document ids, best first, none twice
 * @returns null where no judged document is relevant: trec_eval leaves such a query out of its means
 */
export function scoresOf(ranking: readonly string[], judged: Judgements): Scores | null {
  if (!hasRelevant(judged)) return null;
  return { 'ndcg@10': ndcg(ranking, judged, 10), 'mrr@10': reciprocalRank(ranking, judged, 10), 'hit@1': hit(ranking, judged), 'recall@100': recall(ranking, judged, 100) };
}

/** Arithmetic means over queries; zeros where there are none. */
export function meanScores(all: readonly Scores[]): Scores {
  const mean = (name: keyof Scores) => all.reduce((sum, scores) => sum + scores[name], 0) / Math.max(1, all.length);
  return { 'ndcg@10': mean('ndcg@10'), 'mrr@10': mean('mrr@10'), 'hit@1': mean('hit@1'), 'recall@100': mean('recall@100') };
}

export function hasRelevant(judged: Judgements): boolean {
  return [...judged.values()].some((grade) => grade > 0);
}

/**
 * Normalised discounted cumulative gain (Järvelin & Kekäläinen 2002, with the gain linear in the grade as
 * in trec_eval): Σ grade / log2(rank + 1) down to `cutoff`, over the same sum of the best ranking there
 * could be of all judged documents, whether the collection has them or not.
 */
export function ndcg(ranking: readonly string[], judged: Judgements, cutoff: number): number {
  const ideal = dcg([...judged.values()].map(gain).sort((a, b) => b - a), cutoff);
  return ideal === 0 ? 0 : dcg(ranking.map((id) => gain(judged.get(id))), cutoff) / ideal;
}

/** 1 / rank of the first relevant document, 0 where none is among the first `cutoff`. */
export function reciprocalRank(ranking: readonly string[], judged: Judgements, cutoff: number): number {
  const first = ranking.slice(0, cutoff).findIndex((id) => gain(judged.get(id)) > 0);
  return first < 0 ? 0 : 1 / (first + 1);
}

/** Share of all relevant documents that are among the first `cutoff`. */
export function recall(ranking: readonly string[], judged: Judgements, cutoff: number): number {
  const relevant = [...judged.values()].filter((grade) => grade > 0).length;
  const found = ranking.slice(0, cutoff).filter((id) => gain(judged.get(id)) > 0).length;
  return relevant === 0 ? 0 : found / relevant;
}

/**
 * Area under the ROC curve, as the Mann-Whitney statistic: the chance that one of `positives` is above one
 * of `negatives`, a tie counting half. From the ranks (Hanley & McNeil 1982): with R the sum of the
 * positives' ranks among all, ties sharing their mean rank, it is (R − p(p + 1)/2) / (p · n).
 *
 * @returns null where one side is empty
 */
export function rocAuc(positives: readonly number[], negatives: readonly number[]): number | null {
  const [p, n] = [positives.length, negatives.length];
  if (p === 0 || n === 0) return null;
  const all = [...positives.map((value) => ({ value, positive: 1 })), ...negatives.map((value) => ({ value, positive: 0 }))].sort((a, b) => a.value - b.value);
  let rankSum = 0;
  for (let start = 0, end = 0; start < all.length; start = end) {
    let tied = 0;
    while (end < all.length && all[end]?.value === all[start]?.value) tied += all[end++]?.positive ?? 0;
    rankSum += (tied * (start + 1 + end)) / 2;
  }
  return (rankSum - (p * (p + 1)) / 2) / (p * n);
}

/** The middle of the values, that of the two in the middle where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** The smallest value that `share` of the values do not exceed (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** 1 where the first document is relevant, else 0. */
function hit(ranking: readonly string[], judged: Judgements): number {
  return gain(judged.get(ranking[0] ?? '')) > 0 ? 1 : 0;
}

function gain(grade = 0): number {
  return Math.max(0, grade);
}

/** @param gains in the order of the ranking */
function dcg(gains: readonly number[], cutoff: number): number {
  return gains.slice(0, cutoff).reduce((sum, value, i) => sum + value / Math.log2(i + 2), 0);
}

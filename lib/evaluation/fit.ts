import { MAX_QUERY_LENGTH } from '../search/request';

/** How the model counts a question. */
export interface QuestionMeasure {
  readonly maxTokens: number;
  countTokens(text: string, kind: 'query'): number;
}

/**
 * As much of a question as may be asked: whole, or its beginning within what a request and the model take,
 * cut at white space where there is some within a hundred characters.
 */
export function fitQuestion(text: string, measure: QuestionMeasure): string {
  let part = text;
  while (part.length > MAX_QUERY_LENGTH || measure.countTokens(part, 'query') > measure.maxTokens) {
    const end = Math.min(part.length - 1, MAX_QUERY_LENGTH);
    const space = part.slice(0, end + 1).search(/\s+\S{0,100}$/);
    // Neither half a word nor half a character is left at the end.
    part = space > 0 ? part.slice(0, space) : part.slice(0, end).replace(/[\uD800-\uDBFF]$/, '');
  }
  return part;
}

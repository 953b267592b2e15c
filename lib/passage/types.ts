/** The unit that is embedded and returned. */
export interface Passage {
  /** `<article id>.p<ordinal>`; the article's page has it under `/articles/<article id>#p<ordinal>`. */
  id: string;
  articleId: string;
  /** 1-based, in reading order. */
  ordinal: number;
  /** Text of the passage: `articleText.slice(start, end)`. */
  text: string;
  /** UTF-16 offsets into the article's text (its paragraphs joined by a blank line). */
  start: number;
  end: number;
  section: string | null;
  page: number | null;
}

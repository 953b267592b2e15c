import { Fragment } from 'react';
import type { SearchResult } from '../../../lib/search';
import { fitWords, nearnessWords } from '../../words';
import styles from './why.module.css';

const MOST_MARKS = 5;

interface Props {
  result: Pick<SearchResult, 'fit' | 'matched' | 'words'>;
  /** What it is measured by: a question, or another passage. */
  to: 'question' | 'passage';
}

/** How well a passage fits, and what it was found by. */
export function Why({ result: { fit, matched, words }, to }: Props) {
  const measure = to === 'question' ? fitWords(fit) : nearnessWords(fit);
  return (
    <p className={styles.why}>
      <span className={styles.marks} aria-hidden="true">{'¶'.repeat(measure.marks)}<i>{'·'.repeat(MOST_MARKS - measure.marks)}</i></span>{' '}
      <span className={styles.measure}>{measure.words}</span>
      , {matched.includes('dense') ? 'by meaning' : null}<Words words={words} found={matched} to={to} />
    </p>
  );
}

/** Words that the search for words did not count may stand there all the same. */
function Words({ words, found, to }: { words: string[]; found: SearchResult['matched']; to: Props['to'] }) {
  const counted = found.includes('lexical');
  if (words.length === 0) return counted && found.length === 1 ? 'by words' : null;
  const noun = words.length === 1 ? 'word' : 'words';
  const lead = to === 'passage' ? `shares the ${noun} ` : `${counted ? 'by' : 'with'} the ${noun} `;
  return (
    <>
      {found.includes('dense') ? (counted && to === 'question' ? ', and ' : ', ') : ''}{lead}
      {words.map((word, i) => <Fragment key={word}>{i > 0 ? ', ' : ''}<em dir="auto">{word}</em></Fragment>)}
    </>
  );
}

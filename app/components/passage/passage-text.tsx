import type { Evidence } from '../../../lib/search';
import { PARAGRAPH_BREAK } from '../../article-blocks';
import { MarkedText } from './marked-text';
import styles from './passage-text.module.css';

interface Props {
  text: string;
  /** The article's; null where it is not known. */
  language: string | null;
  evidence?: Evidence;
}

/** A passage by its paragraphs, with the sentence that answers best marked. */
export function PassageText({ text, language, evidence }: Props) {
  return paragraphsOf(text).map(({ at, text: paragraph }) => (
    <p key={at} className={styles.paragraph} dir="auto" lang={language ?? undefined}>
      <MarkedText text={paragraph} start={(evidence?.start ?? 0) - at} end={(evidence?.end ?? 0) - at} />
    </p>
  ));
}

/** The paragraphs that a passage joins by blank lines, and where in its text they begin. */
function paragraphsOf(text: string): { at: number; text: string }[] {
  let at = 0;
  return text.split(PARAGRAPH_BREAK).map((paragraph) => {
    const found = { at, text: paragraph };
    at += paragraph.length + PARAGRAPH_BREAK.length;
    return found;
  });
}

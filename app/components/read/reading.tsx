import type { ArticleView } from '../../../lib/index';
import { placeAmongResults } from '../../among-results';
import { directionOf } from '../../direction';
import { before, onward, type Step, type Trail as Way } from '../../trail';
import { ArticleHead } from './article-head';
import { ArticleText } from './article-text';
import { AskWithin } from './ask-within';
import { FindLike } from './find-like';
import styles from './reading.module.css';
import { RelatedPanel } from './related-panel';
import { ResultsOn } from './results-on';
import { Trail } from './trail';

interface Props {
  view: ArticleView;
  /** Ordinal of the passage one came for, NaN for none; it may be none of this article's. */
  ordinal: number;
  came: Way;
}

/** An article, and the ways on from it. */
export async function Reading({ view, ordinal, came }: Props) {
  const { article, passages } = view;
  const passage = passages.find((known) => known.ordinal === ordinal) ?? null;
  const here: Step | null = passage && { kind: 'read', passage: passage.id };
  const trail = here === null ? came : before(came, here);
  const goingOn = here === null ? came : onward(came, here);
  const place = passage && (await placeAmongResults(trail, passage.id));
  const direction = directionOf(article);
  return (
    <>
      <Trail trail={trail} />
      {place ? <ResultsOn place={place} at="head" /> : null}
      {passage === null && ordinal > 0 ? <p className="note">This article has no ¶&nbsp;{ordinal}: it may have been edited since the link was made.</p> : null}
      <div className={styles.reading} dir={direction}>
        <article lang={article.language ?? undefined}>
          <ArticleHead article={article} passages={passages.length} />
          <div lang="en" dir="ltr"><AskWithin articleId={article.id} trail={goingOn} /></div>
          <ArticleText view={view} marked={passage && ordinal} evidence={place && place.result.evidence} trail={trail} />
        </article>
        <FindLike trail={goingOn} />
        {place ? <ResultsOn place={place} at="foot" /> : null}
        <RelatedPanel />
      </div>
    </>
  );
}

import { type Block, articleBlocks } from '../article-blocks';
import type { ArticleView } from '../../lib/index';
import { anchor, relatedHref } from '../links';
import { onward, type Trail } from '../trail';
import styles from './article-text.module.css';

/**
 * The text with its passages numbered in the margin.
 * @param marked ordinal of the passage that the server marks; a fragment marks its own by `:target`
 */
export function ArticleText({ view, marked, trail }: { view: ArticleView; marked: number; trail: Trail }) {
  const ids = new Map(view.passages.map(({ ordinal, id }) => [ordinal, id]));
  const context = { ids, marked, trail };
  return (
    <div className={styles.text}>
      {articleBlocks(view).map((block, index) => <BlockText key={index} block={block} {...context} />)}
    </div>
  );
}

interface Context {
  /** Passage ids by ordinal. */
  ids: Map<number, string>;
  marked: number;
  /** The way to this article. */
  trail: Trail;
}

function BlockText({ block: { heading, passage, paragraphs }, ...context }: { block: Block } & Context) {
  return (
    <>
      {heading === null ? null : <h2 dir="auto">{heading}</h2>}
      {passage === null ? paragraphs.map((parts, index) => <SharedParagraph key={index} parts={parts} {...context} />) : (
        <div {...passageProps(passage, context)}>
          {passage.opens ? <Marginalia ordinal={passage.ordinal} {...context} /> : null}
          {paragraphs.map((parts, index) => <p key={index} dir="auto">{parts[0]?.text}</p>)}
        </div>
      )}
    </>
  );
}

/** A paragraph in which one passage ends and another begins. */
function SharedParagraph({ parts, ...context }: { parts: Block['paragraphs'][number] } & Context) {
  return (
    <p dir="auto">
      {parts.map((part) => (
        <span key={part.ordinal} {...passageProps(part, context)}>
          {part.opens ? <Marginalia ordinal={part.ordinal} {...context} /> : null}
          {part.text}
        </span>
      ))}
    </p>
  );
}

function passageProps({ ordinal, opens }: { ordinal: number; opens: boolean }, { marked }: Context) {
  return {
    id: opens ? anchor(ordinal) : undefined,
    className: [styles.passage, !opens && styles.continues, ordinal === marked && styles.marked].filter(Boolean).join(' '),
  };
}

/** The passage's number, which is a link to itself, and the way to what is like it. */
function Marginalia({ ordinal, ids, trail }: { ordinal: number } & Context) {
  const id = ids.get(ordinal);
  return (
    <span className={styles.marginalia} lang="en" dir="ltr">
      <a className={styles.number} href={`#${anchor(ordinal)}`}>¶&nbsp;{ordinal}</a>{' '}
      {id === undefined ? null : <a href={relatedHref(id, onward(trail, { kind: 'read', passage: id }))}>related<span className="unseen"> to ¶ {ordinal}</span></a>}{' '}
    </span>
  );
}

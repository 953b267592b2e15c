import type { ArticleView } from '../../../lib/index';
import type { Evidence } from '../../../lib/search';
import { articleBlocks, type Block, type Paragraph, type Part } from '../../article-blocks';
import { anchor } from '../../links';
import { type Trail, within } from '../../trail';
import styles from './article-text.module.css';
import { Marginalia } from './marginalia';
import { MarkedText } from '../passage/marked-text';
import { PageBegins } from './page-begins';

interface Props {
  view: ArticleView;
  /** Ordinal of the passage that the server marks; a fragment marks its own by `:target`. */
  marked: number | null;
  /** What of the marked passage answers the reader's question, when they came by one. */
  evidence: Evidence | null;
  /** The way to this article. */
  trail: Trail;
}

/** Characters that the way here may take in the links of all passages together. */
const MOST_TRAIL_CHARACTERS = 300_000;

/** The text with its passages numbered in the margin. */
export function ArticleText({ view, trail, ...props }: Props) {
  const ids = new Map(view.passages.map(({ ordinal, id }) => [ordinal, id]));
  const context = { ...props, ids, trail: within(trail, MOST_TRAIL_CHARACTERS / view.passages.length) };
  return (
    <div className={styles.text} data-article-text>
      {articleBlocks(view).map((block, index) => <BlockText key={index} block={block} {...context} />)}
    </div>
  );
}

interface Context extends Omit<Props, 'view'> {
  /** Passage ids by ordinal. */
  ids: ReadonlyMap<number, string>;
}

function BlockText({ block: { heading, passage, paragraphs }, ...context }: { block: Block } & Context) {
  return (
    <>
      {heading === null ? null : <h2 dir="auto">{heading}</h2>}
      {passage === null ? paragraphs.map((paragraph, index) => <SharedParagraph key={index} paragraph={paragraph} {...context} />) : (
        <div {...passageProps(passage, context)}>
          {passage.opens ? <Marginalia ordinal={passage.ordinal} id={context.ids.get(passage.ordinal)} trail={context.trail} /> : null}
          {paragraphs.map((paragraph, index) => (
            <p key={index} {...settingOf(paragraph)}>
              <PageBegins page={paragraph.page} />
              {paragraph.parts.map((part) => <PartText key={part.ordinal} part={part} {...context} />)}
            </p>
          ))}
        </div>
      )}
    </>
  );
}

/** A paragraph in which one passage ends and another begins. */
function SharedParagraph({ paragraph, ...context }: { paragraph: Paragraph } & Context) {
  return (
    <p {...settingOf(paragraph)}>
      <PageBegins page={paragraph.page} />
      {paragraph.parts.map((part) => (
        <span key={part.ordinal} {...passageProps(part, context)}>
          {part.opens ? <Marginalia ordinal={part.ordinal} id={context.ids.get(part.ordinal)} trail={context.trail} /> : null}
          <PartText part={part} {...context} />
        </span>
      ))}
    </p>
  );
}

function PartText({ part: { ordinal, text, at }, marked, evidence }: { part: Part } & Context) {
  if (evidence === null || ordinal !== marked) return text;
  return <MarkedText text={text} start={evidence.start - at} end={evidence.end - at} />;
}

/** Code is in the direction of its signs, whatever it begins with. */
function settingOf({ kind, mark }: Paragraph) {
  return { 'className': kind && styles[kind], 'data-mark': mark, 'dir': kind === 'code' ? 'ltr' : 'auto' };
}

/** Where a passage begins it is an item to go through by keyboard. */
function passageProps({ ordinal, opens }: Pick<Part, 'ordinal' | 'opens'>, { marked, ids }: Context) {
  return {
    ...(opens ? { 'id': anchor(ordinal), 'data-item': ids.get(ordinal), 'tabIndex': -1 } : {}),
    'data-marked': ordinal === marked || undefined,
    className: [styles.passage, !opens && styles.continues, ordinal === marked && styles.marked].filter(Boolean).join(' '),
  };
}

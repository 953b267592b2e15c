import { words } from '../data/values';
import { isSameLine } from '../text/sections';
import { titleFromName } from '../title';
import type { ArticleDraft } from '../types';
import type { About } from './companions';

/** Formats of which a file is one article. In those of the second kind its first line or heading may have become its title. */
const SINGLE = new Set(['html', 'pdf', 'docx', 'text', 'markdown']);
const WITH_FIRST_LINE = new Set(['text', 'markdown']);
const WITH_TITLE = new Set(['pdf', 'docx']);

/**
 * An article with what its archive says of it, which is what its platform knew.
 *
 * @param name of its file
 */
export function withAbout(draft: ArticleDraft, about: About | undefined, name: string): ArticleDraft {
  const { format = '' } = draft;
  if (about === undefined || draft.path !== undefined || !SINGLE.has(format)) return draft;
  const hasOwnTitle = draft.title !== titleFromName(name);
  const title = about.title === null || (hasOwnTitle && WITH_TITLE.has(format)) ? draft.title : about.title;
  const isFirstLineLost = hasOwnTitle && WITH_FIRST_LINE.has(format) && !isSameLine(title, draft.title);
  return {
    ...draft,
    title,
    author: about.author ?? draft.author,
    published: about.published ?? draft.published,
    updated: about.updated ?? draft.updated,
    language: draft.language ?? about.language,
    url: about.url ?? draft.url,
    tags: words([...draft.tags, ...about.tags]),
    paragraphs: isFirstLineLost ? [{ text: draft.title, section: null, page: null }, ...draft.paragraphs] : draft.paragraphs,
  };
}

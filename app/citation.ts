import { outwardHref } from './links';

/** What a quotation says of where it is from, as results carry it for client/copy.ts. */
export interface Citation {
  text: string;
  title: string;
  /** As the page says it. */
  author: string | null;
  /** As the page says it, e.g. `14 July 2019`. */
  date: string | null;
  ordinal: number;
  /** In documents that have pages. */
  page: number | null;
  /** Where the article was published. */
  url: string | null;
  /** The passage in this app, without the way a reader came. */
  href: string;
}

export const COPY_FORMS = ['quotation', 'text', 'link'] as const;
export type CopyForm = (typeof COPY_FORMS)[number];

/** @param origin of the app, which the server behind it cannot know */
export function citationAs(form: CopyForm, citation: Citation, origin: string): string {
  const address = new URL(citation.href, origin).href;
  if (form === 'link') return address;
  const url = outwardHref(citation.url) ?? address;
  return form === 'quotation' ? markdown(citation, url) : plain(citation, url);
}

function markdown({ text, title, author, date, ordinal, page }: Citation, url: string): string {
  const quoted = text.split('\n').map((line) => `> ${escapeLine(line)}`.trimEnd());
  const link = `[${escapeWords(oneLine(title))}](${escapeAddress(url)})`;
  const source = [author === null ? null : escapeWords(oneLine(author)), link, date, pageWords(page), `¶ ${ordinal}`];
  return [...quoted, '', `— ${listed(source)}`, ''].join('\n');
}

function plain({ text, title, author, date, ordinal, page }: Citation, url: string): string {
  return [text, '', `— ${listed([author === null ? null : oneLine(author), `“${oneLine(title)}”`, date, pageWords(page), `¶ ${ordinal}`])}`, url, ''].join('\n');
}

function pageWords(page: number | null): string | null {
  return page === null ? null : `p. ${page}`;
}

function listed(parts: (string | null)[]): string {
  return parts.filter((part) => part !== null).join(', ');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** What would be emphasis, code, a link, a tag or a reference anywhere in a line. */
function escapeWords(text: string): string {
  return text.replace(/[\\`*_[\]<>]|~(?=~)|&(?=#?\w+;)/g, String.raw`\$&`);
}

/** And what would be a heading, a list, a rule or a code block at its beginning. */
function escapeLine(line: string): string {
  return escapeWords(line.trimStart()).replace(/^[#+=~-]/, String.raw`\$&`).replace(/^(\d+)([.)])/, String.raw`$1\$2`);
}

/** Parentheses would end the link; spaces and the like a URL has encoded already. */
function escapeAddress(url: string): string {
  return url.replaceAll('(', '%28').replaceAll(')', '%29');
}

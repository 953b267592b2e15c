/** Code blocks that are questions to a program, not text that somebody wrote to be read. */
const QUERIES: ReadonlySet<string> = new Set(['dataview', 'dataviewjs', 'query', 'tasks']);
/** `[[Note]]`, `[[Note#Part|what is shown]]`, and with `!` before it the place where a note or a picture is shown. */
const LINK = /(!?)\[\[([^\s[\]|][^[\]|\n]{0,300})(?:\\?\|([^[\]\n]{0,300}))?\]\]/g;
const COMMENT = /(?<=^|\s)%%[^%]+%%(?=\s|$)/g;
const HIGHLIGHT = /==(?=[^\s=])([^=\n]{1,2000})(?<=\S)==/g;
/** Where other notes link to. */
const BLOCK_NAME = /\s\^(?:[a-z\d]{6}|[a-z][a-z\d-]{2,60})$/i;
const CALLOUT = /^\[![a-z-]{1,40}\][+-]?[ \t]*/i;

/** Whether a code block is none that anyone reads. */
export function isQuery(language: string | null | undefined): boolean {
  return QUERIES.has(language?.toLowerCase() ?? '');
}

/**
 * Text with the signs taken out that note-taking programs add to Markdown (Obsidian's documentation, "Obsidian
 * Flavored Markdown"): links to notes become what is shown of them, embeds, comments and marks go.
 */
export function withoutNoteSigns(text: string): string {
  // Most texts have none of them.
  if (!/\[\[|==|%%/.test(text)) return text;
  return text
    .replace(COMMENT, '')
    .replace(LINK, (_, embed: string, target: string, shown: string | undefined) => (embed === '' ? (shown ?? linkText(target)) : ''))
    .replace(HIGHLIGHT, '$1');
}

/** A paragraph without the name that other notes call it by. */
export function withoutBlockName(line: string): string {
  return line.replace(BLOCK_NAME, '');
}

/** The first line of a quotation without the kind of box that it is. */
export function withoutCallout(line: string): string {
  return line.replace(CALLOUT, '');
}

/** `Note#Part` is shown as `Note > Part`, `#Part` as `Part`. */
function linkText(target: string): string {
  return target.split('#').map((part) => part.replace(/^\^.*/, '').trim()).filter((part) => part !== '').join(' > ');
}

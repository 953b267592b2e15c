import { childOf, childrenOf, textOf, type XmlElement } from './xml-tree';

/** What WordPress keeps as entries beside posts and pages: media, menus, styles, layouts, its own notes. */
const NO_POSTS = new Set(['attachment', 'nav_menu_item', 'revision', 'custom_css', 'customize_changeset', 'oembed_cache', 'user_request', 'wp_template', 'wp_template_part', 'wp_global_styles', 'wp_navigation', 'wp_font_family', 'wp_font_face']);
/** Where line ends are what they are, and comments, in which blocks are described. */
const AS_IT_IS = /<(pre|script|style)\b[^]*?(?:<\/\1\s*>|$)|<!--[^]*?(?:-->|$)/gi;
const BLANK_LINE = /\r?\n[ \t]*\r?\n/g;
/** Those that come with WordPress; what stands between them is shown. */
const SHORTCODE = /\[\/?(?:caption|wp_caption|gallery|embed|audio|video|playlist)(?=[\]\s])[^\][]{0,2000}\]/g;

/** The kind of thing that an entry of a WordPress export is, null for other feeds. */
export function wordpressKind(entry: XmlElement): string | null {
  const type = childOf(entry, 'wp:post_type');
  return type === null ? null : textOf(type).trim();
}

/** The name that readers see: a post has that by which its author logs in. */
export function wordpressName(login: string, feed: XmlElement): string {
  const author = childrenOf(feed, 'wp:author').find((child) => textOf(childOf(child, 'wp:author_login')).trim() === login);
  const name = author === undefined ? '' : textOf(childOf(author, 'wp:author_display_name')).trim();
  return name === '' ? login : name;
}

export function isNoPost(kind: string | null): boolean {
  return kind !== null && NO_POSTS.has(kind);
}

/**
 * A post as WordPress shows it. Its exports hold posts as they were typed: blank lines part paragraphs, beside
 * headings and quotes that are marked up.
 */
export function wordpressHtml(typed: string): string {
  let html = '';
  let from = 0;
  for (const kept of typed.matchAll(AS_IT_IS)) {
    html += parted(typed.slice(from, kept.index)) + kept[0];
    from = kept.index + kept[0].length;
  }
  return html + parted(typed.slice(from));
}

/** A paragraph without text is none: there may be too many. */
function parted(html: string): string {
  return html.replace(SHORTCODE, '\n<p>').replace(BLANK_LINE, '\n<p>\n');
}

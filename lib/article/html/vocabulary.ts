import type { Element } from './dom';

/**
 * What authors of pages call the parts of a page, in classes, ids and test ids, and what stands in those parts. Names
 * are looked at as words: `article__relatedLinks` is ` article related links `. In English, whatever the page's
 * language, and in the languages that large publishers use for it.
 */

/** Parts that are no part of an article wherever they stand, as long as they are small beside it. */
export const FOREIGN_PART = words(
  // what else there is to read
  'related|recommended|recommend|recommendations?|recirc|recirculation|mostread|mostpopular|trending|outbrain|taboola|plista|zergnet|revcontent|crosslinks?|readmore|readalso|seealso',
  'most (?:read|popular|viewed|shared|commented)|popular (?:posts?|articles?|stories)|latest (?:posts?|articles?|stories|news)|more (?:stories|news|from|on|articles|links|coverage)|read (?:more|also|next)|also (?:like|read)|see also|you may|up next|next (?:article|post|story)|prev(?:ious)? (?:article|post|story|next)|post (?:navigation|nav|links)',
  'weiterlesen|lesetipps?|verwandt\\w*|mehr zum thema|zum thema|auch interessant|lire aussi|a lire|relacionad[oa]s?|te puede interesar|leia (?:mais|tambem)|veja tambem|saiba mais|correlat[ie]|leggi anche|lees ook|meest gelezen|las mer|les ogsa|laes ogsa|souvisejici|ctete take|czytaj (?:tez|takze|wiecej)|powiazane',
  'rich ?links?|bookmark card|rel ?content|inline (?:asset|article|story|stories|promo|teaser|related)|(?:article|story|news) cards?|catcher|see more|video (?:resource|player|headline|playlist|duration|placeholder|title|caption|description)',
  // asking for something
  'newsletters?|email ?sign ?up|mailing list|subscribe|subscription|signup|sign up|paywall|regwall|donate|donation|cookies?|consent|gdpr|ccpa|infolettre|boletin|nieuwsbrief|nyhetsbrev|app promo|call to action|cta',
  // passing on and talking back
  'share|shares|sharing|sharebar|sharetools?|sharedaddy|sharethis|addthis|addtoany|social|socials|socialmedia|follow us|teilen|partage|partager|compartir|compartilhar|condividi|delen|sdilet|comments?|commenting|disqus|livefyre|kommentare?|commentaires|comentarios|commenti|reacties',
  // advertising
  'ad|ads|advert|adverts|advertisements?|advertising|adslot|adunit|adbox|dfp|sponsor|sponsored|promoted|anzeigen?|werbung|publicite|publicidad|publicidade|pubblicita|reklam|reklama|annons|annonce|advertentie',
  // finding one's way
  'breadcrumbs?|pagination|pager|skip link|toolbar|article tools|print link|mw editsection|mw jump link|navbox|catlinks|printfooter',
  // who wrote it, in the third person
  'author (?:bio|box|info|card|details|description|profile)|about (?:the )?authors?|authorbox|authorbio|bio|autorenbox|autoreninfo|sobre (?:el|o) autor',
);

/** The same of parts that are called so in articles, too: foreign if what they say is mostly links. */
export const FOREIGN_IF_LINKS = words('teasers?|promos?|cards?|tout|headlines|more|next|tags?|taglist|keywords|topics?|categories|themen|schlagworte|mots cles|etiquetas|temas|argomenti|onderwerpen|stitky|tagi|widget|linkbox|link box|link list|linklist|toc|table of contents');

/** What stands in for something of another site until one agrees to load it: with a button. */
export const FOREIGN_IF_FORM = words('embed\\w*|opt ?in|opt ?out|external content|third ?party|placeholder');

/** Lines about the article that metadata says better; foreign if they are a line. */
export const ABOUT_ARTICLE = words('byline|bylines|author|authors|dateline|timestamp|time ?stamp|date|pubdate|publish(?:ed)?|posted|updated|entry meta|post meta|article (?:meta|info|date|time|author)|meta|metadata|reading ?time|read ?time|autor|auteur|autore|datum|fecha|kicker|eyebrow|overline|roofline|dachzeile|spitzmarke');

/** What a picture shows and who took it. */
export const CAPTION = words('captions?|figcaption|legends?|credits?|copyright|wp caption|image (?:text|info|source|description)|photo (?:text|info|source|by|credit)|(?:img|image|photo|foto|picture|media|pic) (?:desc\\w*|author|title|meta|metadata|copyright)|bildunterschrift|bildnachweis|bildtext|bildquelle|legende|leyenda|pie de foto|didascalia|fotocredit|bijschrift|bildtexter|popisek');

/** Who took it. */
export const CREDIT_NAME = words('credits?|copyright|photographer|crédito|fotograf|photo by|bildnachweis|bildquelle|fotocredit|byline|author');

/** The text of an article. */
export const BODY = words('(?:article|story|post|entry|news|single|detail) ?(?:body|content|text|copy)|body ?(?:text|copy)|(?:article|story) ?(?:main|inner)|articulo cuerpo|corps article|artikel ?text|artikelinhalt|textkorper');

/** What is set large again. */
export const PULL_QUOTE = words('pull ?quotes?|callout ?quote|quote ?callout|blow ?quote|zitat ?box|exergue|destacado');

/** For screen readers alone: `opens in a new window`. */
export const READ_OUT_ONLY = words('sr only|visually hidden|visuallyhidden|screen reader text|screenreader|screen reader only|sr text|u sr|offscreen|a11y hidden|assistive text');

/** The summary that stands between title and text. */
export const STANDFIRST = words('standfirst|stand first|dek|deck|lead|lede|intro|introduction|summary|subtitle|sub title|subheadline|sub headline|subheading|sub heading|subhead|sub head|abstract|excerpt|description|teaser text|teasertext|vorspann|anriss|einleitung|untertitel|unterzeile|chapo|chapeau|accroche|soustitre|sous titre|entradilla|bajada|copete|sumario|subtitulo|sub titulo|linha fina|gravata|bigode|sommario|occhiello|catenaccio|sottotitolo|inleiding|ingress|manchet|underrubrik|perex|zajawka|annotation|annonce text');

/** Names of an element as words between spaces. */
export function namesOf(element: Element): string {
  let names = '';
  for (const attribute of NAMING) {
    const value = element.getAttribute(attribute);
    if (value !== null && value !== '') names += ` ${value.slice(0, MAX_NAMES)}`;
  }
  if (names === '') return '';
  // WordPress says of an article in classes what it is about.
  const own = names.replace(/(?:^|\s)(?:category|tag|post_tag|topic|section|format)-\S*/g, ' ');
  return ` ${own.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ')} `;
}

/** Where classes and ids are kept from Readability. */
export const HIDDEN_NAMES = 'data-names';
const NAMING = ['class', 'id', HIDDEN_NAMES, 'data-testid', 'data-component', 'data-module', 'data-type', 'data-name', 'data-block', 'aria-label', 'itemprop'];
/** Characters of an attribute that are looked at: more than ten names. */
const MAX_NAMES = 300;

function words(...alternatives: string[]): RegExp {
  return new RegExp(` (?:${alternatives.join('|')}) `);
}

/**
 * What lines in the middle of articles say that are not the author's: pointers to other articles, requests, labels.
 * Each is looked for at the beginning of a short block, in the languages of large news sites.
 */

/** Above a list of links, or before one: `Read more: …`, `Lesen Sie auch: …`. */
const POINTER = [
  'read (?:more|also|next|on|this|the full \\w+)', 'also read', 'also on \\w+', 'see also', 'see more', 'related(?: (?:internet |web )?(?:articles?|stories|story|content|news|coverage|posts?|topics?|links?|reading|video))?', 'recommended(?: for you| reading| stories)?', 'more (?:on|from|about|stories|news|coverage|like) (?:\\S+ ?){1,6}', 'more (?:stories|news|coverage)', 'more', 'read', 'watch(?: also| next)?', 'listen', 'don[\'’]t miss', 'most (?:read|popular)', 'you (?:may|might) (?:also )?(?:like|be interested in)', 'further reading', 'explore more', 'up next', 'in case you missed it', 'in pictures', 'editors?[\'’]? (?:picks?|choice)', 'trending(?: now)?', 'opinion', 'analysis',
  'lesen sie (?:auch|hier|dazu|mehr)', 'mehr (?:zum thema|dazu|lesen|erfahren)', 'mehr', 'lesetipps?', 'auch interessant', 'zum thema', 'siehe auch', 'das könnte sie auch interessieren', 'weiterlesen', 'hintergrund',
  '(?:à )?lire (?:aussi|également|la suite)', 'voir aussi', 'à voir(?: aussi)?', 'sur le même (?:sujet|thème)', 'pour aller plus loin', 'notre sélection',
  'le[ae] (?:también|más)', 'lee (?:también|más)', 'te puede interesar', 'más información', 'ver más', 'noticias? relacionadas?', 'artículos? relacionados?',
  'leia (?:também|mais)', 'veja (?:também|mais)', 'saiba mais', 'notícias relacionadas',
  'leggi (?:anche|di più)', 'potrebbe interessarti', 'vedi anche', 'approfondisci', 'articoli correlati',
  'lees (?:ook|meer|verder)', 'bekijk ook', 'läs (?:också|mer|även)', 'les (?:også|mer|mere)', 'læs (?:også|mere)', 'lue (?:myös|lisää)',
  'czytaj (?:też|także|również|więcej|dalej)', 'zobacz (?:też|także|również)', 'přečtěte si(?: také)?', 'čtěte (?:také|více)', 'související', 'olvass(?:a)? (?:még|tovább)', 'citește (?:și|mai mult)',
  'читайте (?:также|ещё|еще|далее)', 'читать (?:также|далее)', 'по теме', 'смотрите также', 'читайте (?:також|більше)', 'ilgili haber(?:ler)?', 'okumaya devam', 'baca juga', 'đọc thêm', 'xem thêm',
  '相关(?:阅读|新闻|文章|链接)', '延伸阅读', '推荐阅读', '相關(?:新聞|文章|報導)', '関連(?:記事|ニュース|リンク)', 'あわせて読みたい', '관련\\s?(?:기사|뉴스)', 'اقرأ (?:أيضا|أيضًا|المزيد)', 'קראו (?:גם|עוד)',
];

/** Lines that are nothing but this. */
const LABEL = [
  'advertisement', 'advertising', 'sponsored(?: content)?', 'ad', 'ads', '(?:story|article) continues (?:below|after)(?: (?:this )?advertisement)?', 'continue reading(?: (?:below|the main story))?', 'continue reading main story', 'scroll (?:down )?to continue(?: reading)?', 'skip advertisement', 'skip to (?:main )?content',
  'anzeige', 'werbung', 'publicité', '(?:la suite )?après (?:la|cette) publicité', 'publicidad', 'publicidade', 'continua dopo la pubblicità', 'continua después de la publicidad', 'continua após a publicidade', 'pubblicità', 'advertentie', 'annons', 'annonse', 'annonce', 'reklama', 'mainos', 'реклама', 'reklam', 'hirdetés', '广告', '廣告', '広告', '광고',
  'share(?: this)?(?: (?:article|story|page|post|on \\w+))?', 'teilen', 'partager', 'compartir', 'compartilhar?', 'condividi', 'tweet', 'facebook', 'twitter', 'whatsapp', 'linkedin', 'e-?mail', 'print', 'copy link', 'link copied!?', 'comments?', '\\d+ comments?', 'view comments', 'leave a comment', 'loading', 'close', 'video', 'image (?:source|caption|copyright).{0,60}', 'tags?', 'topics?', 'play video', 'subscribe(?: now)?', 'sign up(?: now)?', 'newsletter',
];

/** Requests: a line that has the thing, and asks for it at the beginning of a sentence: who only tells of followers, asks for nothing. */
const REQUEST_THING = /newsletter|mailing list|inbox|infolettre|boletín|nyhetsbrev|nieuwsbrief|рассылк|biuletyn|メルマガ|telegram|whatsapp|twitter|instagram|facebook|push[- ]?(?:notification|nachricht)/iu;
const REQUEST = /(?:^|[.!?:]\s+)(?:please |you can |click here to |jetzt |hier |unseren? newsletter )?(?:sign up|subscribe|join our|get (?:the|our|more|breaking)|register|follow|like us|abonnieren|melden sie|folgen sie|abonnez|inscrivez|recevez|suivez|suscr[ií]be|inscr[ií]be|recib[ea]|s[ií]gue|assine|receba|cadastre|siga|iscriviti|ricevi|seguici|schrijf je|meld je|volg|anmäl|prenumerera|följ|подпи[шс]|следите|zapisz się|obserwuj)/iu;
/** Who begins a short line so, asks for it. */
const SUBSCRIBE = /^(?:subscribe (?:to|now|for|today)|suscr[ií]bete|abonnez-vous|jetzt abonnieren|assine (?:já|agora)|abbonati|abonneer je|prenumerera (?:nu|på)|оформите подписку|подпишитесь)(?![\p{L}])/iu;
const NO_SCRIPT = /(?:enable|activate|turn on|aktivieren|activer|activez|activar?|habilit\w+|attiva\w*) (?:sie )?javascript|javascript (?:is (?:disabled|required)|aktivieren|deaktiviert)|browser (?:does not|doesn[’']t) support|adobe flash player|(?:video|media) (?:cannot|can[’']t|could not) be (?:played|loaded)/iu;
const CREDIT = /^(?:(?:photo|photograph|photos|foto|fotos|image|images|bild|picture|video|illustration|graphic|grafik|crédit|credit|crédito|quelle|source|fuente|fonte)(?: (?:credit|credits|courtesy|source|by|illustration|copyright)(?: of)?)?\s?(?:[:：/©…]|\.\.\.)|©|\(c\)\s|copyright )/iu;
const AGENCY = /(?:getty images|shutterstock|istock|alamy|imago|picture alliance|dpa|afp|reuters|associated press|ap photo|epa|efe|ansa|xinhua|bloomberg|unsplash|pixabay|wikimedia commons)\)?$/iu;

/** At the end of a caption, or after a dash or a bracket in it. */
const CREDITED = /(?:^|[\s(\[|])(?:photo(?:graph|graphy)?|foto(?:graf\p{L}*)?|image|bild|picture|illustration|crédit(?: photo)?|credit|crédito|quelle|source|fuente|fonte|фото|写真|图片|图源|사진)(?: credit| courtesy)?(?:\s?[:：/]| by )|©|\([cC]\)\s|credit\.\.\./iu;
const ENDING = '\\s*[:：;!.…»›>→|–—-]*';
const POINTS = new RegExp(`^[^\\p{L}\\p{N}]{0,4}(?:${POINTER.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
const ONLY_POINTS = new RegExp(`^[^\\p{L}\\p{N}]{0,4}(?:${POINTER.join('|')})${ENDING}$`, 'iu');
const ONLY_LABEL = new RegExp(`^[^\\p{L}\\p{N}]{0,4}(?:${LABEL.join('|')})${ENDING}$`, 'iu');

/** Whether a line begins as pointers to other articles do. */
export function isPointer(text: string): boolean {
  return POINTS.test(text);
}

/** Whether it is but the beginning of one, the articles follow. */
export function isOnlyPointer(text: string): boolean {
  return ONLY_POINTS.test(text);
}

/** Whether a caption says who took the picture. */
export function isCredited(text: string): boolean {
  return CREDITED.test(text) || AGENCY.test(text);
}

/** Above a box about who wrote it. */
const ABOUT_AUTHOR = /^(?:about the (?:authors?|writers?|contributors?)|über (?:den autor|die autorin|die autoren)|zur person des autors|sobre (?:la firma|el autor|la autora|los autores|o autor|a autora)|à propos (?:de l[’']auteure?|des auteurs)|l[’']auteure?|sull[’'](?:autore|autrice)|over de auteur|o autor(?:ze|ce)|об авторе|作者(?:简介|簡介)|著者プロフィール)\s*:?$/iu;

/** Whether a heading says that what follows is about the author. */
export function isAboutAuthor(text: string): boolean {
  return ABOUT_AUTHOR.test(text);
}

/** How notes of editors about the article begin. */
const NOTE = /^(?:(?:update|correction|clarification|disclosure|editor[’']?s?[’']? note|note)s?(?:,[^:]{1,60})?:|this (?:article|story|post|piece|report) (?:was|has been|is|contains|originally)|(?:korrektur|anmerkung der redaktion|hinweis|aktualisierung|mise à jour|rectificatif|erratum|note de la rédaction|corrección|actualización|nota (?:de la redacción|da redação|del editor|della redazione)|correção|atualização|rettifica|aggiornamento|correctie|rättelse|sprostowanie|обновление)\s?:)/iu;

/** Whether a line set apart is a note about the article. */
export function isNote(text: string): boolean {
  return NOTE.test(text);
}

/** Whether it asks for something: an article about requests may begin a sentence so, and goes on without a link. */
export function isRequest(text: string, isSet: boolean): boolean {
  const count = text.split(/\s+/).length;
  return (count <= (isSet ? 30 : 12) && REQUEST_THING.test(text) && REQUEST.test(text)) || (count <= 8 && SUBSCRIBE.test(text));
}

/** Whether it is nothing that an author wrote: a label of the page, a picture's credit. */
export function isLabel(text: string): boolean {
  if (text.split(/\s[|·•]\s/).every((part) => ONLY_LABEL.test(part)) || NO_SCRIPT.test(text)) return true;
  const count = text.split(/\s+/).length;
  if (/[.!?]["”’)]?$/.test(text)) return false;
  return count <= 15 && (CREDIT.test(text) || (count <= 8 && AGENCY.test(text)));
}

/** Pages as the systems of newspapers make them, with invented news; of each, what a reader should find and nothing else. */
export interface NewsPage {
  name: string;
  html: string;
  title: string;
  author: string | null;
  published: string | null;
  paragraphs: string[];
}

const head = (language: string, title: string, more = '') => `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title><meta property="og:title" content="${title}">${more}</head>`;
const nav = '<header class="site-header"><a href="/">Home</a><nav><ul><li><a href="/politics">Politics</a></li><li><a href="/money">Money</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>';
const footer = '<footer><p>All rights reserved. <a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a> <a href="/terms">Terms</a></p></footer>';
const teasers = (...titles: string[]) => titles.map((title) => `<li class="teaser"><a href="/x/${title.length}"><h3>${title}</h3></a></li>`).join('');
const paragraphs = (texts: readonly string[], before = '<p>') => texts.map((text) => `${before}${text}</p>`).join('\n');

const harbour = [
  'The harbour of Eastmere will be dredged for the first time in thirty years, after the council voted by nine to six to borrow the money for it on Tuesday night.',
  'Fishing boats have had to wait for high water since a storm in 2019 moved some 80,000 tonnes of sand into the channel, and two of them went aground in the spring.',
  '“We have been told every year that next year would be the one,” said Marta Quill, who chairs the association of the town’s twenty-two skippers. “Now there is a date.”',
  'Work is to begin in March, when the terns that nest on the northern mole have not arrived yet. It will cost £4.2m, of which the county pays a third.',
  'Opponents of the plan, among them both Green members, say the sand will be back within ten years unless the mole is made longer as well.',
];
const ferry = [
  'Die Fähre zwischen Nordhusen und der Insel Wilm fährt ab dem kommenden Montag wieder stündlich, teilte die Reederei am Freitag mit.',
  'Seit dem Brand im Maschinenraum vor sieben Wochen war nur ein Ersatzschiff unterwegs, das keine Lastwagen aufnehmen kann und bei starkem Wind im Hafen bleibt.',
  'Die Läden auf der Insel wurden in dieser Zeit von einem Kutter versorgt, den die Gemeinde gemietet hatte. Frisches Obst gab es nach Auskunft des Bürgermeisters trotzdem nur an drei Tagen in der Woche.',
  'Wie es zu dem Feuer kam, ist noch nicht geklärt. Ein Gutachter hat eine undichte Leitung gefunden, die erst im Winter erneuert worden war, und prüft nun, wer sie eingebaut hat.',
];
const moulin = [
  'Fermé depuis la crue de janvier, le moulin de Saint-Aubert rouvrira ses portes au public le premier dimanche de juin, a annoncé la mairie.',
  'Les travaux ont duré quatre mois de plus que prévu, parce que la roue, que l’on croyait intacte, avait perdu onze de ses pales dans la boue.',
  'Un charpentier du village voisin les a refaites en chêne, d’après un dessin de 1874 retrouvé dans les archives du département.',
  'La farine moulue pendant les visites sera vendue sur place, au profit de l’association qui veille sur le bâtiment depuis vingt ans.',
];
const volcano = [
  'El volcán Acatí volvió a expulsar ceniza durante la madrugada y obligó a cerrar por seis horas el aeropuerto de la capital provincial, según informó la autoridad aérea.',
  'Los habitantes de las dos aldeas más cercanas fueron trasladados a una escuela, donde pasaron la noche con mantas que repartió la Cruz Roja.',
  'Los geólogos esperan que la actividad disminuya en los próximos días, aunque no descartan otra columna de ceniza como la de este lunes.',
  'La última erupción de importancia ocurrió en 1957 y duró once meses, en los que se perdieron tres cosechas de café.',
];
const bees = [
  'Beekeepers in the valley have counted more living colonies this spring than in any year since the census began, the regional association said on Thursday.',
  'Nine hives in ten came through the winter, against seven in ten a year ago, when a late frost killed the willow blossom on which the insects depend in March.',
  'Researchers at the agricultural college put the recovery down to strips of wild flowers that farmers have been paid to sow along their fields.',
  'They warn, however, that a single good year says little, and that the mite which weakens the brood has been found in every apiary they looked at.',
];

export const NEWS: NewsPage[] = [
  {
    name: 'a standfirst in the header, captions, pointers, a box for a newsletter and a rail of teasers',
    title: 'Eastmere to dredge its harbour after thirty years',
    author: 'Hanna Locke; Piet Aldous',
    published: '2023-02-07T21:14:00Z',
    html: `${head('en-GB', 'Eastmere to dredge its harbour after thirty years', '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Shore"},{"@type":"NewsArticle","headline":"Eastmere to dredge its harbour after thirty years","datePublished":"2023-02-07T21:14:00Z","author":[{"@id":"#h"},{"@type":"Person","name":"Piet Aldous"}]},{"@type":"Person","@id":"#h","name":"Hanna Locke"}]}</script>')}<body>${nav}
<main><article class="article"><div class="article__header"><h1>Eastmere to dredge its harbour after thirty years</h1>
<p class="article__standfirst">Skippers who have waited for the tide since a storm moved the channel may soon come and go as they please</p>
<div class="article__byline">By <a rel="author" href="/by/hl">Hanna Locke</a> and <a rel="author" href="/by/pa">Piet Aldous</a></div><time datetime="2023-02-07T21:14:00Z">Tue 7 Feb 2023 21.14 GMT</time>
<ul class="share-tools"><li><a href="#f">Facebook</a></li><li><a href="#t">Twitter</a></li><li><a href="#m">Email this story to a friend</a></li></ul></div>
<div class="article__body"><figure><img src="a.jpg" alt="boats"><figcaption>Boats wait outside the harbour of Eastmere for the tide to rise. Photograph: Ola Brand/Shore</figcaption></figure>
${paragraphs(harbour.slice(0, 2))}
<p><strong>Read more: <a href="/2">Why the sand of the north coast will not stay where it is</a></strong></p>
${paragraphs(harbour.slice(2, 3))}
<div class="newsletter-signup"><h3>The Shore in your inbox</h3><p>Sign up for our weekly newsletter and get the best of the coast every Friday morning.</p><form><input type="email"><button>Sign up</button></form></div>
${paragraphs(harbour.slice(3))}
<p>Advertisement</p>
<div class="article__tags">Topics: <a href="/t/1">Harbours</a> <a href="/t/2">Eastmere</a> <a href="/t/3">Fishing</a></div></div></article>
<aside class="related"><h2>Related stories</h2><ul>${teasers('Storm closes two beaches for the summer', 'The last lighthouse keeper tells his story', 'What a tern needs')}</ul></aside></main>${footer}</body></html>`,
    paragraphs: ['Skippers who have waited for the tide since a storm moved the channel may soon come and go as they please', ...harbour],
  },
  {
    name: 'a German page whose text lies in several containers with advertisements between them',
    title: 'Fähre nach Wilm fährt wieder jede Stunde',
    author: 'Jörn Petersen',
    published: '2022-06-03T15:02:00+02:00',
    html: `${head('de', 'Fähre nach Wilm fährt wieder jede Stunde', '<meta name="author" content="Von Jörn Petersen"><meta name="date" content="2022-06-03T15:02:00+02:00">')}<body>${nav}<div class="page"><div class="artikel">
<header><span class="dachzeile">Nordhusen</span><h1>Fähre nach Wilm fährt wieder jede Stunde</h1><h2 class="artikel-vorspann">Sieben Wochen nach dem Brand im Maschinenraum kehrt auf der Insel der Alltag zurück.</h2></header>
<div class="bild"><img src="x.jpg"><span class="bildunterschrift">Das Schiff im Hafen von Nordhusen</span><span class="bildnachweis">© dpa</span></div>
<div class="textblock"><p>${ferry[0]}</p><p>${ferry[1]}</p></div>
<div class="werbung"><span>Anzeige</span><div>Die besten Angebote für Ihren Urlaub an der See finden Sie jetzt bei uns.</div></div>
<div class="textblock"><p>${ferry[2]}</p><p>Lesen Sie auch: <a href="/y">Warum Wilm keine Brücke bekommt</a></p></div>
<div class="textblock"><p>${ferry[3]}</p></div>
<div class="kommentare"><h3>12 Kommentare</h3><p>Karl: Na endlich.</p><p>Gerd: Das wurde auch Zeit, wenn man bedenkt, wie viel wir zahlen.</p></div></div>
<div class="mehr-zum-thema"><h3>Mehr zum Thema</h3><ul>${teasers('Reederei sucht Kapitäne', 'Wind legt Häfen lahm')}</ul></div></div>${footer}</body></html>`,
    paragraphs: ['Sieben Wochen nach dem Brand im Maschinenraum kehrt auf der Insel der Alltag zurück.', ...ferry],
  },
  {
    name: 'a French page with a chapô, a pointer in a paragraph of its own, and a note for subscribers',
    title: 'Le moulin de Saint-Aubert rouvre en juin',
    author: 'Claire Aubin',
    published: '2021-05-20',
    html: `${head('fr', 'Le moulin de Saint-Aubert rouvre en juin', '<meta property="article:published_time" content="2021-05-20">')}<body>${nav}<div id="content"><section class="article"><h1>Le moulin de Saint-Aubert rouvre en juin</h1>
<div class="article__chapo"><p>La roue, refaite en chêne, tournera de nouveau cinq mois après la crue.</p></div>
<p class="article__author">Par <span itemprop="author">Claire Aubin</span></p><p class="article__date">Publié le 20 mai 2021 à 10h12, mis à jour à 11h</p>
<div class="article__content">${paragraphs(moulin.slice(0, 2))}
<p class="lire-aussi"><span>Lire aussi</span> <a href="/z">Crue de janvier&nbsp;: trois villages encore sans pont</a></p>
${paragraphs(moulin.slice(2))}
<div class="paywall"><p>Cet article est réservé à nos abonnés. Abonnez-vous dès un euro par mois.</p><a href="/abo">Je m’abonne</a></div></div>
<div class="partage"><a href="#">Partager sur Facebook</a> <a href="#">Partager sur Twitter</a></div></section></div>${footer}</body></html>`,
    paragraphs: ['La roue, refaite en chêne, tournera de nouveau cinq mois après la crue.', ...moulin],
  },
  {
    name: 'a Spanish page whose paragraphs are parted by line breaks',
    title: 'El Acatí cierra el aeropuerto por seis horas',
    author: 'Redacción Sur',
    published: '2020-09-14T08:30:00-06:00',
    html: `${head('es-MX', 'El Acatí cierra el aeropuerto por seis horas', '<meta name="author" content="Redacción Sur"><meta itemprop="datePublished" content="2020-09-14T08:30:00-06:00">')}<body>${nav}<div class="nota"><h1>El Acatí cierra el aeropuerto por seis horas</h1>
<p class="bajada">Dos aldeas pasaron la noche en una escuela; los geólogos esperan días más tranquilos.</p>
<div class="foto"><img src="v.jpg"><p class="pie-de-foto">La columna de ceniza vista desde la capital. Foto: AFP</p></div>
<div class="cuerpo-nota">${volcano.slice(0, 2).join('<br><br>\n')}<br><br>\n<b>Te puede interesar: <a href="/q">Qué hacer cuando cae ceniza sobre la ciudad</a></b><br><br>\n${volcano.slice(2).join('<br/>\n<br/>')}</div>
<div class="compartir"><span>Compartir</span><a href="#">Facebook</a><a href="#">WhatsApp</a></div>
<div class="noticias-relacionadas"><h4>Noticias relacionadas</h4><ul>${teasers('La cosecha de café crece', 'Un museo para el volcán')}</ul></div></div>${footer}</body></html>`,
    paragraphs: ['Dos aldeas pasaron la noche en una escuela; los geólogos esperan días más tranquilos.', ...volcano],
  },
  {
    name: 'a page behind a paywall, with its text in the data alone',
    title: 'A good spring for bees',
    author: 'Ingrid Moss',
    published: '2024-04-11',
    html: `${head('en', 'A good spring for bees', `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'A good spring for bees', author: 'Ingrid Moss', datePublished: '2024-04-11', isAccessibleForFree: false, articleBody: bees.join('\n\n') })}</script>`)}<body>${nav}<main><h1>A good spring for bees</h1>
<p>${bees[0]}</p><div class="paywall"><h2>Keep reading for £1 a week</h2><p>Subscribe now to read this article and everything else that we publish.</p></div></main>${footer}</body></html>`,
    paragraphs: bees,
  },
  {
    name: 'a live ticker',
    title: 'Election night in Varland: the count as it happened',
    author: null,
    published: '2022-10-02T19:00:00+02:00',
    html: `${head('en', 'Election night in Varland: the count as it happened', '<meta property="article:published_time" content="2022-10-02T19:00:00+02:00">')}<body>${nav}<main><article><h1>Election night in Varland: the count as it happened</h1><div class="live-blog">
<div class="post" id="p3"><time datetime="2022-10-02T22:40">22:40</time><h2>Prime minister concedes</h2><p>Edvard Lund has called his opponent to congratulate her, an hour before the last of the rural districts is expected to report its result.</p><p>He told supporters in the capital that he would stay in parliament, but not as the leader of his party.</p><div class="share"><a href="#">Share</a></div></div>
<div class="post" id="p2"><time datetime="2022-10-02T21:15">21:15</time><h2>Turnout higher than in any vote since 1990</h2><p>Seventy-nine in a hundred voters went to the polls, the electoral commission says, and in the harbour districts there were queues until after eight.</p></div>
<div class="post" id="p1"><time datetime="2022-10-02T20:00">20:00</time><h2>Polls have closed</h2><p>The first figures are expected within the hour. In the north, where snow has blocked two passes, ballots will be flown out by helicopter in the morning.</p></div></div></article></main>${footer}</body></html>`,
    paragraphs: [
      'Edvard Lund has called his opponent to congratulate her, an hour before the last of the rural districts is expected to report its result.',
      'He told supporters in the capital that he would stay in parliament, but not as the leader of his party.',
      'Seventy-nine in a hundred voters went to the polls, the electoral commission says, and in the harbour districts there were queues until after eight.',
      'The first figures are expected within the hour. In the north, where snow has blocked two passes, ballots will be flown out by helicopter in the morning.',
    ],
  },
  {
    name: 'a Chinese page, its lines broken where they may',
    title: '古桥修复工程下月开工',
    author: '林晓',
    published: '2021-03-08',
    html: `${head('zh-CN', '古桥修复工程下月开工', '<meta name="author" content="记者：林晓"><meta name="publishdate" content="2021-03-08">')}<body>${nav}<div class="main"><h1>古桥修复工程下月开工</h1><div class="info">2021-03-08</div><div class="content" id="article">
<p>市文物局昨日宣布，位于老城东门外的石拱桥\n修复工程将于下月正式开工，预计工期为八个月，期间行人可以从临时浮桥通过。</p>
<p>这座桥建于明代，长约六十米，共有五孔。专家在去年的检查中发现，\n中间两孔的拱石已经松动，如果不及时加固，下一次洪水可能会造成更大的损坏。</p>
<p>附近居民表示支持，他们说，小时候常在桥下捉鱼，希望修好以后，孩子们也能再走上这座桥。</p>
<p>相关阅读：<a href="/a">东门外将建步行街</a></p></div>
<div class="related-news"><h3>相关新闻</h3><ul>${teasers('老城墙对外开放', '运河水质好转')}</ul></div></div>${footer}</body></html>`,
    paragraphs: [
      '市文物局昨日宣布，位于老城东门外的石拱桥修复工程将于下月正式开工，预计工期为八个月，期间行人可以从临时浮桥通过。',
      '这座桥建于明代，长约六十米，共有五孔。专家在去年的检查中发现，中间两孔的拱石已经松动，如果不及时加固，下一次洪水可能会造成更大的损坏。',
      '附近居民表示支持，他们说，小时候常在桥下捉鱼，希望修好以后，孩子们也能再走上这座桥。',
    ],
  },
  {
    name: 'a WordPress site with sharing, a box about the author and related posts within the text',
    title: 'Bees come through the winter',
    author: 'Ingrid Moss',
    published: '2024-04-11T07:00:00+00:00',
    html: `${head('en-US', 'Bees come through the winter', '<meta property="article:published_time" content="2024-04-11T07:00:00+00:00">')}<body class="single single-post category-related tag-newsletter">${nav}<div id="primary"><article id="post-77" class="post type-post category-social tag-share hentry"><header class="entry-header"><h1 class="entry-title">Bees come through the winter</h1><div class="entry-meta"><span class="posted-on">April 11, 2024</span> <span class="byline"><span class="author vcard"><a href="/author/im" rel="author">Ingrid Moss</a></span></span></div></header>
<div class="entry-content"><div class="wp-caption alignnone"><img src="bee.jpg"><p class="wp-caption-text">A bee on a willow in March. (Valley Herald)</p></div>
${paragraphs(bees)}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a href="#">Click to share on Twitter (Opens in new window)</a></li><li><a href="#">Click to share on Facebook (Opens in new window)</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Related</em></h3><p><a href="/b">How to build a hive from old pallets</a></p></div></div>
<div class="author-bio"><p>Ingrid Moss writes about farming for the Valley Herald. She keeps eleven hives, and has been stung more often than she can count.</p></div></article>
<nav class="post-navigation"><a href="/p">Previous: Asparagus early</a> <a href="/n">Next: Frost damage</a></nav>
<div id="comments"><h2>3 thoughts on bees</h2><ol><li><p>What a lovely story, thank you for writing about the strips of flowers, of which we need many more.</p></li></ol></div></div>${footer}</body></html>`,
    paragraphs: bees,
  },
  {
    name: 'hashed class names, and columns for each few paragraphs',
    title: 'Eastmere’s harbour will be deep again',
    author: 'Hanna Locke',
    published: '2023-02-08T06:00:00.000Z',
    html: `${head('en', 'Eastmere’s harbour will be deep again', '<meta name="byl" content="By Hanna Locke"><meta name="description" content="The council of Eastmere has found the money to clear the channel, but not everyone believes that it will stay clear."><meta property="article:published_time" content="2023-02-08T06:00:00.000Z">')}<body><div id="app">${nav}<main id="site-content"><article class="css-1vxca1d"><header class="css-1lxaxqf"><h1 class="css-rsa88z">Eastmere’s harbour will be deep again</h1><p class="css-w6ymp8">The council of Eastmere has found the money to clear the channel, but not everyone believes that it will stay clear.</p><div data-testid="share-tools" class="css-4skfbu"><button>Share full article</button></div></header>
<section name="articleBody" class="css-1r7ky0e"><div class="css-s99gbd StoryBodyCompanionColumn"><div class="css-53u6y8"><p class="css-at9mc1">${harbour[0]}</p><p class="css-at9mc1">${harbour[1]}</p></div></div>
<div class="css-8h527k" data-testid="ad-wrapper"><p>Advertisement</p><a href="#after-ad">SKIP ADVERTISEMENT</a></div>
<div class="css-s99gbd StoryBodyCompanionColumn"><div class="css-53u6y8"><p class="css-at9mc1">${harbour[2]}</p></div></div>
<div data-testid="imageblock"><figure class="css-1a2b"><div><img src="h.jpg"></div><figcaption data-testid="photoviewer-caption"><span class="css-credit">Credit...Ola Brand for The Shore</span></figcaption></figure></div>
<div class="css-s99gbd StoryBodyCompanionColumn"><div class="css-53u6y8"><p class="css-at9mc1">${harbour[3]}</p><p class="css-at9mc1">${harbour[4]}</p></div></div></section>
<div class="css-recirc" data-testid="recirculation"><h2>More in Coast</h2>${teasers('A village moves inland', 'The price of a mooring')}</div></article></main></div>${footer}</body></html>`,
    paragraphs: ['The council of Eastmere has found the money to clear the channel, but not everyone believes that it will stay clear.', ...harbour.slice(0, 3), ...harbour.slice(3)],
  },
  {
    name: 'an old page laid out by tables, without any heading',
    title: 'Ferry to Wilm back on time',
    author: null,
    published: null,
    html: `<HTML><HEAD><TITLE>Ferry to Wilm back on time</TITLE></HEAD><BODY BGCOLOR="#ffffff"><TABLE WIDTH="100%"><TR><TD WIDTH=120><FONT SIZE=1><A HREF="/">Front page</A><BR><A HREF="/weather">Weather</A><BR><A HREF="/tides">Tides</A></FONT></TD>
<TD><FONT SIZE=5><B>Ferry to Wilm back on time</B></FONT><P>The ferry between Nordhusen and the island of Wilm will run every hour again from Monday, the company said, seven weeks after a fire in the engine room.
<P>A smaller ship had stood in for it, which cannot take lorries, and stays in harbour when the wind is strong, as it was on nine days in May.
<P>How the fire began is not known. An expert has found a leaking pipe that had been replaced only in the winter, and is now looking into who fitted it, and whether anybody checked the work.</TD></TR></TABLE><HR><FONT SIZE=1><A HREF="mailto:a@example.org">Write to us</A></FONT></BODY></HTML>`,
    paragraphs: [
      'The ferry between Nordhusen and the island of Wilm will run every hour again from Monday, the company said, seven weeks after a fire in the engine room.',
      'A smaller ship had stood in for it, which cannot take lorries, and stays in harbour when the wind is strong, as it was on nine days in May.',
      'How the fire began is not known. An expert has found a leaking pipe that had been replaced only in the winter, and is now looking into who fitted it, and whether anybody checked the work.',
    ],
  },
  {
    name: 'a short item of an agency between much else',
    title: 'Tern census postponed',
    author: null,
    published: '2023-05-02',
    html: `${head('en', 'Tern census postponed')}<body>${nav}<div class="wrap"><div class="latest-news"><h3>Latest news</h3><ul>${teasers('Mole to be made longer', 'Council meets again in May', 'Skippers ask for a light')}</ul></div><article><h1>Tern census postponed</h1><time datetime="2023-05-02" pubdate>2 May 2023</time><p>The count of nesting terns on the northern mole will be held a week later than planned, since the birds arrived late.</p><p>Volunteers may still sign up at the town hall.</p></article><div class="most-read"><h3>Most read</h3><ol>${teasers('A whale in the harbour', 'Where to eat herring')}</ol></div></div>${footer}</body></html>`,
    paragraphs: ['The count of nesting terns on the northern mole will be held a week later than planned, since the birds arrived late.', 'Volunteers may still sign up at the town hall.'],
  },
];

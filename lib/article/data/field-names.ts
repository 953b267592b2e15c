import type { FieldMap } from '../types';

export type FieldName = keyof FieldMap;

/**
 * Names of fields as exports and data sets have them, likely ones first, in English and as tables are headed in German,
 * French, Spanish, Italian, Portuguese, Dutch, Japanese and Chinese; compared as {@link plain} makes them.
 */
export const CANDIDATES: Readonly<Record<FieldName, readonly string[]>> = {
  id: list('id guid uuid docid documentid articleid postid storyid itemid key slug', 'kennung identifiant identificador identificatore'),
  title: list(
    'title headline webtitle posttitle articletitle pagetitle documenttitle booktitle resolvedtitle giventitle heading subject name label',
    'titel überschrift ueberschrift schlagzeile titre título titular titolo kop タイトル 題名 見出し 件名 标题 標題 题目 題目',
  ),
  text: list(
    'html contenthtml bodyhtml htmlbody htmlcontent content body articlebody articletext articlecontent postcontent text bodytext fulltext maintext textcontent plaintext contenttext rawcontent markdown md contentmarkdown bodymarkdown article document story passage paragraphs sections transcript lyrics post message abstract',
    'volltext inhalt beitragstext artikeltext beitrag artikel nachricht texte contenu corps texto contenido cuerpo artículo testo contenuto corpo articolo conteúdo artigo tekst inhoud 本文 全文 正文 内容 內容 記事 文章',
  ),
  author: list('author authors authorname authornames creator creators byline writer writers bookauthor postauthor by', 'autor autoren autorin verfasser auteur auteurs autores autora autore autori schrijver 著者 作者 筆者 執筆者 投稿者'),
  published: list(
    'published publishedat publishedon datepublished publishdate publisheddate publicationdate webpublicationdate pubdate firstpublished dategmt date postdategmt postdate articledate createdat created datecreated createdutc createdtime issued year',
    'veröffentlicht veröffentlichtam veroeffentlicht veroeffentlichtam veröffentlichungsdatum erschienen erschienenam erscheinungsdatum datum erstellt erstelltam erstellungsdatum',
    'publié publiéle datedepublication publicado publicadoel publicadoem fechadepublicación fecha pubblicato pubblicatoil datadipubblicazione datapubblicazione datadepublicação datapublicação gepubliceerd gepubliceerdop publicatiedatum',
    '公開日 公開日時 投稿日 投稿日時 発行日 作成日 日付 发布日期 发布时间 發佈日期 發布日期 发表时间 出版日期 日期 créé crééle creado creato criado aangemaakt jahr année año anno ano jaar',
  ),
  updated: list(
    'updated updatedat updatedon dateupdated modified modifiedgmt modifiedat datemodified postmodifiedgmt postmodified lastmodified lastmod lastupdated',
    'aktualisiert aktualisiertam geändert geändertam misàjour misàjourle modifié modifiéle actualizado modificado aggiornato modificato atualizado bijgewerkt gewijzigd 更新日 更新日時 更新日期 更新时间 更新時間',
  ),
  language: list('language lang languagecode langcode inlanguage locale', 'sprache langue idioma lingua língua taal 言語 语言 語言'),
  url: list('url link permalink canonicalurl canonical articleurl posturl weburl sourceurl pageurl resolvedurl givenurl href uri guid', 'webadresse lien enlace collegamento webadres リンク 链接 連結 网址 網址 adresse dirección indirizzo endereço'),
  tags: list(
    'tags tag keywords labels topics categories category topic subjects documenttags',
    'schlagwörter schlagworte stichwörter stichworte kategorien kategorie themen thema étiquettes motsclés catégories catégorie etiquetas palabrasclave categorías categoría etichette parolechiave categorie categoria palavraschave categorias trefwoorden onderwerpen categorieën タグ カテゴリ カテゴリー 标签 標籤 分类 分類 关键词 關鍵詞',
  ),
};

export const FIELD_NAMES = Object.keys(CANDIDATES) as FieldName[];

/** Italian and Portuguese for a date, and what programs call anything: taken for one only where it is. */
export const MAYBE_PUBLISHED = 'data';

/** Names of texts that are mostly about an article: they are it where there is no other. */
export const LESSER_TEXTS = list(
  'selftext highlights highlight selection quote note notes description summary excerpt snippet lead standfirst subtitle dek comment review',
  'zusammenfassung beschreibung auszug vorspann teaser untertitel notiz notizen résumé extrait soustitre chapô resumen descripción extracto subtítulo riassunto sommario descrizione estratto sottotitolo resumo descrição excerto samenvatting beschrijving uittreksel ondertitel 概要 要約 説明 抜粋 摘要 描述 简介 簡介 副标题',
);

/** A name without case, accents, dashes, underscores, apostrophes and spaces. */
export function plain(name: string): string {
  const ascii = /^[\u0000-\u007f]*$/.test(name) ? name : name.normalize('NFKD').replace(/\p{M}/gu, '');
  return ascii.toLowerCase().replace(/[\s_'’-]+/g, '');
}

function list(...names: string[]): string[] {
  return names.join(' ').split(' ').map(plain);
}

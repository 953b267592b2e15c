import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvReader } from '../../lib/article/formats/csv';
import type { FieldMap } from '../../lib/article/types';
import { PilcrowError } from '../../lib/errors';
import { readData, refusal, texts, type DataRead } from './read-data';

const read = (text: string, map?: FieldMap, name = 'x.csv'): Promise<DataRead> => readData(csvReader, { name, text, map });

describe('tables', () => {
  test('quotes, line ends in cells, a byte order mark and blank rows', async () => {
    const { drafts, warnings, failed } = await read('\ufeffid,Title,Text,Tags,Date\r\n\r\na1,"The ""mill"", again","It stood.\n\nThen it turned.","[\'x\', ""y, z""]",2021-03-04\r\na2,Weir,He said "no" twice,b|c,\r\n,,,,\r\n');
    expect([warnings, failed]).toEqual([[], []]);
    expect(drafts).toEqual([
      { title: 'The "mill", again', author: null, published: '2021-03-04', updated: null, language: null, url: null, tags: ['x', 'y, z'], key: 'a1', paragraphs: ['It stood.', 'Then it turned.'].map((text) => ({ text, section: null, page: null })) },
      { title: 'Weir', author: null, published: null, updated: null, language: null, url: null, tags: ['b', 'c'], key: 'a2', paragraphs: [{ text: 'He said "no" twice', section: null, page: null }] },
    ]);
  });

  test.each([',', ';', '\t', '|'])('cells parted by %j', async (delimiter) => {
    const row = (...cells: string[]): string => `${cells.map((cell) => (cell.includes(delimiter) ? `"${cell}"` : cell)).join(delimiter)}\n`;
    const { drafts } = await read(row('title', 'text', 'a,b;c|d\te') + row('A', 'One, two; three | four.', ''));
    expect(drafts.map((draft) => [draft.title, ...texts(draft)])).toEqual([['A', 'One, two; three | four.']]);
  });

  test('one column of texts, and columns without names', async () => {
    expect((await read('text\nSome words.\nOther words.\n')).drafts.map(texts)).toEqual([['Some words.'], ['Other words.']]);
    expect((await read('title,text,,text\na,Some words.,x,y\n', { language: 'column 3' })).drafts.map(texts)).toEqual([['Some words.']]);
    const long = 'It was a long row of words, of which there were more than any name of a column has, and so it was none of those at all.';
    const { drafts, warnings } = await read(`1,"${long}"\n2,"${long}"\n`);
    expect(drafts.map(texts)).toEqual([[long], [long]]);
    expect(warnings).toEqual(['x.csv has no names of columns: its first row is taken for an article', 'x.csv: no field is called text or the like, so the longest is taken for it: column 2; not used: column 1']);
  });

  test('rows with too few or too many cells are told of, with their line', async () => {
    const { drafts, failed } = await read('title,text\na,"One\ntwo."\nb\nc,d,e\nf,Words.,,\n');
    expect(drafts.map(({ title, key }) => [title, key])).toEqual([['a', undefined], ['f', '4']]);
    expect(failed).toEqual(['line 4: x.csv: line 4 has 1 cell, and its columns are 2', 'line 5: x.csv: line 5 has 3 cells, and its columns are 2']);
  });

  test('a quote that is never closed is told of; what is above it is read', async () => {
    const { drafts, failed } = await read('title,text\na,One.\nb,"Two.\nc,Three.\n');
    expect(drafts.map(texts)).toEqual([['One.']]);
    expect(failed).toEqual(['line 3: x.csv cannot be read from line 3 on: a quote that opens there is never closed']);
  });

  test('names that no column has, and tables without articles', async () => {
    expect(await refusal(read('title,text\na,One.\n', { text: 'body' }))).toBe('not-articles: x.csv has no field body: its fields are title, text');
    expect(await refusal(read('a,b\n1,2\n'))).toBe("not-articles: x.csv holds no articles: none of its records' fields is text: a, b: name the field that is the text, if one is: --map text=FIELD");
    expect(await refusal(read('title,text\n'))).toBe('not-articles: x.csv holds no articles: there are no records in it');
    expect(await refusal(read(' \n'))).toMatch(/^(?:file-empty|not-articles): x.csv/);
  });

  test('UTF-16', async () => {
    expect((await readData(csvReader, { name: 'x.tsv', bytes: Buffer.from('\ufefftitle\ttext\na\tÉl.\n', 'utf16le') })).drafts.map(texts)).toEqual([['Él.']]);
  });
});

describe('names of columns', () => {
  test.each([
    ['German', 'Nr.;Überschrift;Verfasser;Veröffentlicht am;Geändert am;Sprache;Adresse;Schlagwörter;Inhalt'],
    ['German without umlauts', 'Nr.;UEBERSCHRIFT;Autorin;Erscheinungsdatum;Aktualisiert;Sprache;Webadresse;Stichworte;Volltext'],
    ['decomposed', 'Nr.;Überschrift;Autor;Veröffentlicht;Geändert;Sprache;Adresse;Schlagwörter;Text'.normalize('NFD')],
    ['French', 'N°;Titre;Auteur;Publié le;Modifié le;Langue;Lien;Mots-clés;Contenu'],
    ['Spanish', 'N.º;Título;Autor;Fecha de publicación;Actualizado;Idioma;Enlace;Etiquetas;Contenido'],
    ['Italian', 'N.;Titolo;Autore;Data;Aggiornato;Lingua;Collegamento;Parole chiave;Testo'],
    ['Portuguese', 'N.º;Titulo;Autor;Data;Atualizado;Língua;Endereço;Palavras-chave;Conteúdo'],
    ['Dutch', 'Nr.;Titel;Auteur;Gepubliceerd op;Bijgewerkt;Taal;Webadres;Trefwoorden;Tekst'],
    ['Japanese', '番号;タイトル;著者;公開日;更新日;言語;リンク;タグ;本文'],
    ['Chinese', '编号;标题;作者;发布日期;更新日期;语言;链接;标签;正文'],
  ])('in %s', async (_, header) => {
    const { drafts, warnings } = await read(`${header}\n1;T;Ada Byrd;2020-01-02;2021-02-03;fr;https://a.example/t;"x, y";Some words.\n`);
    expect(drafts).toMatchObject([{ title: 'T', author: 'Ada Byrd', published: '2020-01-02', updated: '2021-02-03', language: 'fr', url: 'https://a.example/t', tags: ['x', 'y'], paragraphs: [{ text: 'Some words.' }] }]);
    expect(warnings).toEqual([]);
  });

  test('“data” is a date only where it is one', async () => {
    expect((await read('titolo,data,testo\na,molti dati,Parole.\n'))).toMatchObject({ drafts: [{ published: null }], warnings: [] });
  });

  test('beside a guessed text are told: those that were read, and those that were not', async () => {
    const { drafts, warnings } = await read('Nr,Überschrift,date,Kolumne,Ressort\n1,T,2020-01-02,"Some words, and more of them than there are in any of the other columns.",Sport\n');
    expect(drafts).toMatchObject([{ title: 'T', published: '2020-01-02' }]);
    expect(warnings).toEqual(['x.csv: no field is called text or the like, so the longest is taken for it: Kolumne; read as well: Überschrift (title), date (published); not used: Nr, Ressort']);
    const mapped = await read('ressort,kolumne\nSport,"Some words, and more of them than there are in any of the other columns."\n', { tags: 'Ressort' });
    expect(mapped.warnings).toEqual(['x.csv: no field is called text or the like, so the longest is taken for it: kolumne; read as well: ressort (tags)']);
  });
});

describe('exports', () => {
  test('Readwise has a record for each highlight', async () => {
    const { drafts } = await read('Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\n"Rivers remember.",The Bend,Ada Byrd,,,,"water,past",page,3,2024-01-02 10:00:00,\n');
    expect(drafts).toMatchObject([{ title: 'The Bend', author: 'Ada Byrd', tags: ['water', 'past'], paragraphs: [{ text: 'Rivers remember.' }], published: null }]);
  });

  test('Raindrop and Instapaper have excerpts, Pocket and Substack have none', async () => {
    expect((await read('id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n9,R,,"What it is about, in short.",https://a.example/r,Unsorted,"x, y",2024-01-02T00:00:00.000Z,,,false\n')).drafts)
      .toMatchObject([{ title: 'R', url: 'https://a.example/r', tags: ['x', 'y'], key: '9', paragraphs: [{ text: 'What it is about, in short.' }] }]);
    expect((await read('URL,Title,Selection,Folder,Timestamp\nhttps://a.example/i,I,A chosen sentence.,Archive,1700000000\n')).drafts).toMatchObject([{ title: 'I', published: null, key: 'https://a.example/i' }]);
    expect(await refusal(read('title,url,time_added,tags,status\nP,https://a.example/p,1700000000,,unread\n'))).toMatch(/^not-articles: x.csv holds no articles: none of its records' fields is text: title, url, time_added, tags, status/);
    expect(await refusal(read('post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n1.a,2024-01-01T00:00:00.000Z,true,,newsletter,everyone,A post,,\n'))).toMatch(/^not-articles:/);
  });
});

test('a long table is read as it goes', async () => {
  let number = 0;
  for await (const draft of csvReader.read({ name: 'x.csv', bytes: Buffer.from(`title,text\n${'a,"One\nand two."\n'.repeat(20_000)}`) }, { warn: () => undefined, fail: () => undefined, skip: () => undefined, alive: () => undefined, nested: () => { throw new Error('no archive'); } })) {
    expect(draft.title).toBe('a');
    if (++number === 1000) break;
  }
  expect(number).toBe(1000);
});

test('any bytes are drafts or an error of kind input', async () => {
  const part = fc.constantFrom('title', 'text', ',', ';', '\t', '|', '"', '""', '\n', '\r\n', '\r', 'a b c', '<p>x</p>', '__proto__', '1614938400', 'é', '\0', '\ufeff', ' ');
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.array(part, { maxLength: 60 }).map((parts) => Buffer.from(parts.join(''))), fc.array(part, { maxLength: 60 }).map((parts) => Buffer.from(`title,text\n${parts.join('')}`))), async (bytes) => {
      const result = await readData(csvReader, { name: 'x.csv', bytes }).catch((error: unknown) => error);
      if (result instanceof Error) {
        expect(result).toBeInstanceOf(PilcrowError);
        expect(result).toHaveProperty('kind', 'input');
        return;
      }
      for (const { title, paragraphs } of (result as DataRead).drafts) {
        expect(title.trim()).not.toBe('');
        expect(paragraphs.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 500 },
  );
});

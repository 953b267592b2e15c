import { describe, expect, test } from 'vitest';
import type { Article } from '../../lib/article';
import { readBytes } from './read-bytes';
import { zipBytes, type Entry } from './zip-bytes';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"';

interface Word {
  body: string;
  styles?: string;
  core?: string;
  parts?: readonly Entry[];
}

function word({ body, styles = '', core = '', parts = [] }: Word): Buffer {
  return zipBytes([
    { name: '[Content_Types].xml', data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>' },
    { name: '_rels/.rels', data: '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>' },
    { name: 'docProps/core.xml', data: `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">${core}</cp:coreProperties>` },
    { name: 'word/document.xml', data: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ${W}><w:body>${body}</w:body></w:document>` },
    { name: 'word/styles.xml', data: `<w:styles ${W}>${styles}</w:styles>` },
    ...parts,
  ]);
}

const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const p = (text: string, style = ''): string => `<w:p>${style === '' ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}${run(text)}</w:p>`;
const style = (id: string, name: string, more = ''): string => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${more}</w:style>`;
const NOTES = (kind: 'footnote' | 'endnote', text: string): Entry => ({ name: `word/${kind}s.xml`, data: `<w:${kind}s ${W}><w:${kind} w:id="2">${p(text)}</w:${kind}></w:${kind}s>` });

async function article(given: Word, name = 'my-eels.docx'): Promise<Article> {
  const { articles } = await readBytes(name, word(given));
  const [first] = articles;
  if (first === undefined) throw new Error('no article');
  return first;
}
const texts = async (given: Word): Promise<string[]> => (await article(given)).paragraphs.map(({ text }) => text);

describe('the properties of a document', () => {
  test('say what is known of it', async () => {
    const core = '<dc:title>Of  eels</dc:title><dc:creator>Ada Berg;Nils Holm</dc:creator><dcterms:created>2021-03-04T05:06:07Z</dcterms:created><dcterms:modified>2022-03-04T05:06:07Z</dcterms:modified><cp:keywords>fish, sea; river、海</cp:keywords><dc:language>de-DE</dc:language>';
    expect(await article({ core, body: p('They leave.') })).toMatchObject({
      title: 'Of eels', author: 'Ada Berg; Nils Holm', published: '2021-03-04T05:06:07Z', updated: '2022-03-04T05:06:07Z', language: 'de-DE', url: null, tags: ['fish', 'sea', 'river', '海'], format: 'docx', paragraphs: [{ text: 'They leave.', section: null, page: null }],
    });
  });

  const body = p('First', 'H1') + p('Eels at night', 'T') + p('Text.');
  const styles = style('T', 'Title') + style('H1', 'heading 1');
  test.each(['', '<dc:title> </dc:title>', '<dc:title>Microsoft Word - eels.doc</dc:title>', '<dc:title>Document1</dc:title>', '<dc:title>eels-final.docx</dc:title>'])('say no title (%j): the one that is set as title is', async (core) => {
    expect((await article({ core, body, styles })).title).toBe('Eels at night');
  });

  test('and no title is set: the first heading, else the name of the file', async () => {
    expect((await article({ body: p('Text.') + p('Eels &amp; &lt;rivers&gt;', 'H1') + p('More.') + p('Grass', 'H1'), styles })).title).toBe('Eels & <rivers>');
    expect(await article({ body: p('Text.') })).toMatchObject({ title: 'my eels', author: null, published: null, updated: null, language: null, tags: [] });
  });
});

describe('styles', () => {
  test('are headings by name, by level in the outline and by what they are based on, in any language', async () => {
    const styles = style('berschrift1', 'heading 1') + style('标题 2', '我的标题', '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>') + style('Mine', 'Eigene', '<w:basedOn w:val="berschrift1"/>') + style('Body', 'Text', '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>') + style('Loop', 'Loop', '<w:basedOn w:val="Loop"/>') + style('2nd', 'heading 7');
    const body = p('Eins', 'berschrift1') + p('a') + p('二', '标题 2') + p('b', 'Body') + p('Zwei', 'Mine') + p('c', 'Loop') + p('Tief', '2nd') + p('d');
    expect((await article({ core: '<dc:title>T</dc:title>', body, styles })).paragraphs).toMatchObject([{ text: 'a', section: 'Eins' }, { text: 'b', section: '二' }, { text: 'c', section: 'Zwei' }, { text: 'd', section: 'Tief' }]);
  });

  test('are quotations and code; tables of contents are left out', async () => {
    const styles = style('Q', 'Quote') + style('C', 'Source Code') + style('V1', 'toc 1') + style('VH', 'TOC Heading');
    const body = p('Inhalt', 'VH') + p('Eins 3', 'V1') + p('Niemand sah sie.', 'Q') + `<w:p><w:pPr><w:pStyle w:val="C"/></w:pPr>${run('def swim():')}<w:r><w:br/></w:r>${run('    return')}</w:p>` + p('done()', 'C') + p('Text.');
    expect((await article({ body, styles })).paragraphs).toMatchObject([{ text: 'Niemand sah sie.', kind: 'quote' }, { text: 'def swim():\n    return\ndone()', kind: 'code' }, { text: 'Text.' }]);
  });
});

describe('the text of a document', () => {
  test('has insertions, but neither deletions nor comments', async () => {
    const body = `<w:p>${run('Eels ')}<w:ins w:id="1" w:author="x">${run('always ')}</w:ins><w:del w:id="2" w:author="x"><w:r><w:delText>never </w:delText></w:r></w:del><w:moveFrom w:id="3">${run('gone ')}</w:moveFrom>${run('leave.')}<w:r><w:commentReference w:id="0"/></w:r></w:p>
      <w:p><w:pPr><w:rPr><w:b/><w:del w:id="4" w:author="x"/></w:rPr></w:pPr>${run('Joined ')}</w:p>${p('to this.')}`;
    const parts = [{ name: 'word/comments.xml', data: `<w:comments ${W}><w:comment w:id="0">${p('Really?')}</w:comment></w:comments>` }];
    expect(await texts({ body, parts })).toEqual(['Eels always leave.', 'Joined to this.']);
  });

  test('has its notes at the end, and no marks of them at words', async () => {
    const body = `<w:p>${run('Eels')}<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>${run(' leave')}<w:r><w:endnoteReference w:id="2"/></w:r>${run('.')}</w:p>${p('They return.')}`;
    expect(await texts({ body, parts: [NOTES('footnote', 'A fish [1].'), NOTES('endnote', 'Or not.')] })).toEqual(['Eels leave.', 'They return.', 'A fish [1].', 'Or not.']);
  });

  test('has tables, links, text boxes, lists, line breaks and words that are set apart', async () => {
    const cell = (text: string): string => `<w:tc>${p(text)}</w:tc>`;
    const body = `<w:tbl><w:tr>${cell('Bermuda')}${cell('300 m')}</w:tr></w:tbl><w:p><w:hyperlink w:anchor="x">${run('See')}</w:hyperlink>${run(' the')}<w:r><w:rPr><w:rFonts w:ascii="Arial"/><w:b/></w:rPr><w:t> bold</w:t></w:r><w:r w:rsidR="00A1"><w:rPr><w:i/></w:rPr><w:t>ness</w:t></w:r><w:r><w:br/></w:r>${run('of eels.')}</w:p>
      <w:p><w:r><mc:AlternateContent><mc:Choice/><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>${p('In a box.')}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`;
    const all = (await texts({ body })).join(' ');
    for (const text of ['Bermuda', '300 m', 'See the boldness of eels.', 'In a box.']) expect(all).toContain(text);
  });

  test('has what stands in fields, in another direction, under ruby and in formulas', async () => {
    const ruby = `<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/></w:rubyPr><w:rt>${run('うなぎ')}</w:rt><w:rubyBase>${run('鰻')}</w:rubyBase></w:ruby></w:r>`;
    const formula = '<m:oMath><m:r><m:rPr><m:sty m:val="p"/></m:rPr><m:t>E=m</m:t></m:r><m:sSup><m:sSupPr><m:ctrlPr/></m:sSupPr><m:e><m:r><m:t>c</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>';
    const body = `<w:p>${run('Table ')}<w:fldSimple w:instr=" SEQ Table ">${run('7')}</w:fldSimple>${run(': ')}<w:bdo w:val="rtl">${run('ثعبان')}</w:bdo></w:p><w:p>${ruby}${run('は帰る。')}</w:p><w:p>${formula}</w:p>`;
    expect(await texts({ body })).toEqual(['Table 7: ثعبان', '鰻は帰る。', 'E=mc2']);
  });

  test('may stand in a part of another name', async () => {
    const named = Buffer.from(word({ body: p('They leave.') }).toString('latin1').replaceAll('word/document.xml', 'word/eelments.xml'), 'latin1');
    await expect(readBytes('x.docx', named)).rejects.toMatchObject({ code: 'file-damaged' });
    const rels = { name: '_rels/.rels', data: '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>' };
    const main = { name: 'word/document2.xml', data: `<w:document ${W}><w:body>${p('They leave.')}</w:body></w:document>` };
    expect((await readBytes('x.docx', zipBytes([rels, main]))).articles).toMatchObject([{ format: 'docx', paragraphs: [{ text: 'They leave.' }] }]);
  });

  test('may embed other documents: that they are not read is told', async () => {
    const read = await readBytes('x.docx', word({ body: `${p('Text.')}<w:altChunk r:id="rId9"/>` }));
    expect(read.warnings).toEqual(['x.docx embeds other documents, which are not read']);
    expect((await readBytes('x.docx', word({ body: `${p('Text.', 'Unheard')}<w:unheard/>` }))).warnings).toEqual([]);
  });
});

describe('what is no document', () => {
  const compound = (stream: string): Buffer => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1016), Buffer.from(stream, 'utf16le'), Buffer.alloc(64)]);

  test('has a password', async () => {
    await expect(readBytes('x.docx', compound('EncryptedPackage'))).rejects.toMatchObject({ code: 'file-encrypted', message: 'x.docx is protected by a password' });
  });

  test('is one of Word 97 by another name', async () => {
    await expect(readBytes('x.docx', compound('WordDocument'))).rejects.toMatchObject({ code: 'format-unknown', hint: 'open it in a word processor and save it as DOCX' });
  });

  test.each([
    ['broken XML', word({ body: '<w:p><w:r></w:p>' })],
    ['no XML', word({ body: '' }).subarray(0, 200)],
    ['empty', Buffer.from('PK\x05\x06')],
  ])('is damaged: %s', async (_, bytes) => {
    await expect(readBytes('x.docx', bytes)).rejects.toMatchObject({ code: 'file-damaged' });
  });

  test('has no text', async () => {
    await expect(readBytes('x.docx', word({ body: '<w:p/>' }))).rejects.toMatchObject({ code: 'article-without-text' });
  });
});

describe('a hostile document', () => {
  test('declares entities that would grow to gigabytes', async () => {
    const entities = `<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa">${'bcdefghij'.split('').map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghij'[i] ?? ''};`.repeat(10)}">`).join('')}]>`;
    const document = (text: string, type: string): Entry => ({ name: 'word/document.xml', data: `${type}<w:document ${W}><w:body>${p(text)}</w:body></w:document>` });
    await expect(readBytes('x.docx', zipBytes([document('One &j;', entities)]))).rejects.toMatchObject({ code: 'file-damaged' });
    const core = { name: 'docProps/core.xml', data: `${entities}<x><title>&j;</title></x>` };
    expect((await readBytes('x.docx', zipBytes([document('One.', ''), core]))).articles).toMatchObject([{ title: '&j;', paragraphs: [{ text: 'One.' }] }]);
  });

  test.each([['deep', '<w:smartTag>'.repeat(5_000)], ['many', '<w:p/>'.repeat(200_000)]])('has too %s elements', async (_, body) => {
    await expect(readBytes('x.docx', word({ body }))).rejects.toMatchObject({ code: 'limit-exceeded' });
  });

  test('unpacks to more than anyone writes', async () => {
    const document = { name: 'word/document.xml', size: 48 * 1024 * 1024 + 1, packed: Buffer.alloc(200_000) };
    await expect(readBytes('x.docx', zipBytes([document]))).rejects.toMatchObject({ code: 'limit-exceeded', message: 'x.docx has a part of 49 MiB, more than 48 MiB' });
  });

  test('names pictures outside of itself: nothing is fetched or opened', async () => {
    const drawing = '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="r7"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>';
    const parts = [{ name: 'word/_rels/document.xml.rels', data: '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r7" Type="image" Target="file:///etc/passwd" TargetMode="External"/></Relationships>' }];
    expect(await texts({ body: drawing + p('Text.'), parts })).toEqual(['Text.']);
  });
});

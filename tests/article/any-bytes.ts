import { gzipSync, deflateRawSync, crc32 as zlibCrc } from 'node:zlib';
import fc from 'fast-check';

/** A zip archive of these files, written by hand: what is broken on purpose has to be known byte by byte. */
export function zip(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const stored = name === 'mimetype';
    const data = stored ? bytes : deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800, 2);
    fields.writeUInt16LE(stored ? 0 : 8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), data]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, entry, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, directory, Buffer.from('PK\x05\x06'), end]);
}

function crc32(bytes: Uint8Array): number {
  return typeof zlibCrc === 'function' ? zlibCrc(bytes) : slowCrc32(bytes);
}

/** Node 20.9 has none. */
function slowCrc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

const HTML = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The ferry</title><script type="application/ld+json">{"@type":"Article","headline":"The ferry","datePublished":"2021-03-04"}</script></head><body><article><h1>The ferry</h1><p>It was built in winter, of oak that had been felled for a church, and carried carts over the river.</p><table><tr><th>Year</th><th>Carts</th></tr><tr><td>1900</td><td>12</td></tr></table><ul><li>one</li></ul><pre>code</pre></article></body></html>';
const MARKDOWN = '---\ntitle: The ferry\ndate: 2021-03-04\ntags: [a, b]\n---\n\n# The ferry\n\nIt was *built* in [winter](https://example.org).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- item[^1]\n\n[^1]: note\n';
const RSS = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x "y">]><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title><link>https://example.org/</link><item><title>The ferry</title><guid>1</guid><pubDate>Thu, 04 Mar 2021 10:00:00 GMT</pubDate><content:encoded><![CDATA[<p>It was built in winter.</p>]]></content:encoded></item></channel></rss>';
const ATOM = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title type="html">The &lt;b&gt;ferry</title><id>urn:1</id><updated>2021-03-04T10:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It was built in winter.</p></div></content></entry></feed>';
const SITEMAP = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/a</loc></url></urlset>';
const RECORDS = [{ id: 1, title: 'The ferry', text: 'It was built in winter.', date: '2021-03-04', tags: ['a'] }, { id: 2, title: 'The bridge', text: 'It stands.' }];
const MHTML = `From: <Saved>\r\nSnapshot-Content-Location: https://example.org/a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/a\r\n\r\n${HTML.replaceAll('=', '=3D')}\r\n----b--\r\n`;
const PDF = pdf('BT /F1 12 Tf 72 700 Td (The ferry was built in winter, of oak that had been felled.) Tj ET');
const EPUB = zip({
  'mimetype': 'application/epub+zip',
  'META-INF/container.xml': '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
  'OPS/book.opf': '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Rivers</dc:title><dc:language>en</dc:language></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
  'OPS/a.xhtml': '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>A</title></head><body><h1>The ferry</h1><p>It was built in winter.</p></body></html>',
});
const DOCX = zip({
  '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  '_rels/.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  'word/document.xml': '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>It was built in winter.</w:t></w:r></w:p></w:body></w:document>',
});
const JSONL = RECORDS.map((record) => JSON.stringify(record)).join('\n');

/** A whole file of every format. */
export const SAMPLES: Readonly<Record<string, Buffer>> = Object.fromEntries(
  Object.entries({
    txt: 'The ferry\n\nIt was built in winter.\nOf oak.\n\nIt carried carts.', md: MARKDOWN, html: HTML, mhtml: MHTML, rss: RSS, atom: ATOM, xml: SITEMAP,
    json: JSON.stringify(RECORDS), jsonl: JSONL, csv: 'title,text\nThe ferry,"It was built, in winter."\nThe bridge,It stands.\n', tsv: 'title\ttext\nThe ferry\tIt was built.\n',
    pdf: PDF, epub: EPUB, docx: DOCX, zip: zip({ 'a.md': MARKDOWN, 'deep/b.html': HTML, 'c.json': JSONL, 'inner.zip': zip({ 'd.txt': 'Title\nText.' }) }), gz: gzipSync(HTML),
  }).map(([name, content]) => [name, Buffer.from(content)]),
);

/** A page with one content stream. */
export function pdf(content: string): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`, 'latin1');
}

const extension = fc.constantFrom(...Object.keys(SAMPLES));
const sample = fc.constantFrom(...Object.values(SAMPLES));
const position = fc.double({ min: 0, max: 1, noNaN: true });

/** Bytes as no program makes them: by chance, and samples cut, flipped, joined, repeated. */
const bytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 2_000 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 2_000 }).map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 1_000 }).map((text) => Buffer.from(text, 'utf16le')) },
  { weight: 1, arbitrary: sample },
  { weight: 2, arbitrary: fc.tuple(sample, position).map(([whole, at]) => whole.subarray(0, at * whole.length)) },
  { weight: 2, arbitrary: fc.tuple(sample, position).map(([whole, at]) => whole.subarray(at * whole.length)) },
  {
    weight: 6,
    arbitrary: fc.tuple(sample, fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 12 })).map(([whole, flips]) => {
      const copy = Buffer.from(whole);
      for (const [at, byte] of flips) copy[Math.floor(at * copy.length)] = byte;
      return copy;
    }),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(sample, position, sample, position).map(([a, from, b, to]) => Buffer.concat([a.subarray(0, from * a.length), b.subarray(to * b.length)])),
  },
  { weight: 1, arbitrary: fc.tuple(sample, position, position, fc.nat(200)).map(([whole, from, to, times]) => repeat(whole.subarray(Math.min(from, to) * whole.length, Math.max(from, to) * whole.length), times)) },
);

function repeat(part: Uint8Array, times: number): Buffer {
  return Buffer.concat(Array.from({ length: times }, () => part));
}

/** Any bytes under any extension, most often not their own. */
export const anyFile: fc.Arbitrary<{ name: string; content: Uint8Array }> = fc.tuple(extension, bytes).map(([suffix, content]) => ({ name: `x.${suffix}`, content }));

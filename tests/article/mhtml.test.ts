import { describe, expect, test } from 'vitest';
import { mhtmlReader } from '../../lib/article/formats/mhtml';
import type { ArticleDraft } from '../../lib/article/types';

const PAGE = `<html lang="de"><head><title>Aale</title></head><body><article><h1>Aale</h1>
<p>Der Aal verläßt im Herbst die Flüsse und schwimmt sechstausend Kilometer weit, bis in die Sargassosee.</p>
<p>Niemand hat ihn dort je laichen sehen, und doch kommen im Frühjahr die Larven mit dem Strom zurück.</p></article></body></html>`;

const TEXTS = [
  'Der Aal verläßt im Herbst die Flüsse und schwimmt sechstausend Kilometer weit, bis in die Sargassosee.',
  'Niemand hat ihn dort je laichen sehen, und doch kommen im Frühjahr die Larven mit dem Strom zurück.',
];

/** Quoted-printable with soft breaks, as browsers write it. */
function quotedPrintable(bytes: Buffer): string {
  const encoded = [...bytes].map((byte) => (byte === 0x3d || byte > 0x7e || (byte < 0x20 && byte !== 0x0a) ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte))).join('');
  return encoded.split('\n').map((line) => line.match(/(?:=[\dA-F]{2}|[^=]){1,70}/g)?.join('=\r\n') ?? '').join('\r\n');
}

interface Part {
  headers: string[];
  body: string;
}

const message = (parts: Part[], headers: string[] = []): Buffer =>
  Buffer.from(['From: <Saved by Blink>', ...headers, 'MIME-Version: 1.0', 'Content-Type: multipart/related;', '\ttype="text/html";', '\tboundary="----Boundary--x----"', '', '',
    ...parts.flatMap((part) => ['------Boundary--x----', ...part.headers, '', part.body]), '------Boundary--x------', ''].join('\r\n'), 'latin1');

async function read(bytes: Buffer, warnings: string[] = []): Promise<ArticleDraft | undefined> {
  const drafts: ArticleDraft[] = [];
  for await (const draft of mhtmlReader.read({ bytes, name: 'aale.mhtml' }, { warn: (message) => warnings.push(message) })) drafts.push(draft);
  expect(drafts).toHaveLength(1);
  return drafts[0];
}

describe('MHTML', () => {
  test('as Chromium saves it: quoted-printable, frames and styles after the page', async () => {
    const draft = await read(message([
      { headers: ['Content-Type: text/html', 'Content-ID: <frame-1@mhtml.blink>', 'Content-Transfer-Encoding: quoted-printable', 'Content-Location: https://example.org/aale?a=1'], body: quotedPrintable(Buffer.from(PAGE)) },
      { headers: ['Content-Type: text/css', 'Content-Transfer-Encoding: quoted-printable'], body: 'p { margin: 0 }' },
      { headers: ['Content-Type: text/html', 'Content-Transfer-Encoding: quoted-printable', 'Content-Location: https://ads.example/frame'], body: '<p>A frame with an advertisement that is long enough to be taken for a paragraph of the text.</p>' },
    ], ['Snapshot-Content-Location: https://example.org/other']));
    expect(draft).toMatchObject({ title: 'Aale', language: 'de', url: 'https://example.org/aale?a=1' });
    expect(draft?.paragraphs.map(({ text }) => text)).toEqual(TEXTS);
  });

  test('base64, and the address of the snapshot where the part has none', async () => {
    const draft = await read(message([{ headers: ['Content-Type: text/html; charset="utf-8"', 'Content-Transfer-Encoding: base64'], body: Buffer.from(PAGE).toString('base64').replace(/.{76}/g, '$&\r\n') }], ['Snapshot-Content-Location: https://example.org/aale']));
    expect(draft?.url).toBe('https://example.org/aale');
    expect(draft?.paragraphs.map(({ text }) => text)).toEqual(TEXTS);
  });

  test('UTF-16 inside of base64', async () => {
    const draft = await read(message([{ headers: ['Content-Type: text/html; charset=utf-16le', 'Content-Transfer-Encoding: base64'], body: Buffer.from(`\uFEFF${PAGE}`, 'utf16le').toString('base64') }]));
    expect(draft?.paragraphs.map(({ text }) => text)).toEqual(TEXTS);
  });

  test('a page alone, without parts, and one whose end is missing', async () => {
    const alone = Buffer.from(['From: <Saved by Windows Internet Explorer>', 'MIME-Version: 1.0', 'Content-Type: text/html; charset="utf-8"', 'Content-Transfer-Encoding: quoted-printable', '', quotedPrintable(Buffer.from(PAGE))].join('\r\n'));
    expect((await read(alone))?.paragraphs.map(({ text }) => text)).toEqual(TEXTS);
    const whole = message([{ headers: ['Content-Type: text/html', 'Content-Transfer-Encoding: quoted-printable'], body: quotedPrintable(Buffer.from(PAGE)) }]);
    const warnings: string[] = [];
    expect((await read(whole.subarray(0, whole.length - 40), warnings))?.paragraphs.map(({ text }) => text)[0]).toBe(TEXTS[0]);
    expect(warnings).toEqual(['aale.mhtml ends within its page: text may be missing']);
    for (const ended of [whole, whole.subarray(0, whole.length - 2), message([{ headers: ['Content-Type: text/html', 'Content-Transfer-Encoding: quoted-printable'], body: quotedPrintable(Buffer.from(PAGE)) }, { headers: ['Content-Type: text/css'], body: 'p {}' }]).subarray(0, -30)]) await read(ended, warnings);
    expect(warnings).toHaveLength(1);
  });

  test.each([['no page', message([{ headers: ['Content-Type: text/css'], body: 'p {}' }])], ['no parts', message([])]])('%s is a damaged file', async (_, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: 'file-damaged' });
  });
});

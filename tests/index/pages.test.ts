import { expect, onTestFinished, test } from 'vitest';
import { openCurrent, verifyGeneration } from '../../lib/index';
import { Served } from '../article/served';
import { workspace } from './support';

const html = (title: string, text: string): string => `<!doctype html><html lang="en"><title>${title}</title><body><article><h1>${title}</h1><p>${text}</p></article></body></html>`;

test('pages below a page, and addresses that differ by a slash alone, are files of their own', async () => {
  const served = await Served.start();
  onTestFinished(() => served.stop());
  const page = (path: string, title: string, text: string): string => served.at(path, (_, response) => { response.setHeader('content-type', 'text/html'); response.end(html(title, text)); });
  const addresses = [
    page('/blog', 'The blog', 'The ferry to Orley was built in the winter of a year that nobody wrote down, and carried sheep.'),
    page('/blog/bread', 'Bread', 'Rye dough is sticky because its flour holds little gluten, so the baker shapes it with wet hands.'),
    page('/blog/bread/', 'Bread again', 'Another page altogether is at the address with a slash, which tells of the price of salt in spring.'),
    page('/blog/clock', 'The clock', 'The clock in the tower has been four minutes slow since a pigeon nested in its works.'),
  ];
  const sitemap = served.at('/sitemap.xml', (_, response) => {
    response.setHeader('content-type', 'application/xml');
    response.end(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${addresses.map((address) => `<url><loc>${address}</loc></url>`).join('')}</urlset>`);
  });
  const { indexDir, build } = await workspace({});
  const options = { named: [sitemap], sourceOptions: { allowPrivate: true } };
  expect(await build(options)).toMatchObject({ articles: { total: 3 }, skipped: [{ path: addresses[2], reason: expect.stringContaining(addresses[1] ?? '?') as string }] });
  page('/blog', 'The blog', 'The ferry to Orley was built in the winter of a year that nobody wrote down, and carried goats.');
  const report = await build({ named: [] });
  expect(report).toMatchObject({ articles: { total: 3, changed: [{}], removed: [], unchanged: 2 } });
  expect(await verifyGeneration(indexDir, report.generation ?? '')).toMatchObject({ ok: true });
  served.at('/blog', 500);
  expect(await build({ named: [], spec: { dtype: 'fp32' }, dryRun: true })).toMatchObject({ failed: [{ path: addresses[0] }], articles: { total: 3, removed: [] } });
  const { store, close } = await openCurrent(indexDir);
  expect([...store.files()]).toHaveLength(3);
  close();
});

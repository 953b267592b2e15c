import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fetchAddress, USER_AGENT, type Answer, type FetchOptions } from '../../lib/article/fetch/client';
import { failureOf } from '../../lib/article/fetch/failure';
import type { PilcrowError } from '../../lib/errors';
import { page, Served, TestClock, testNetwork } from './served';

// Made for these tests and trusted by nobody.
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgRcUEe6l5HG2bNbn3
+OGLIKGc2z1CYi0812Bp/lemIQihRANCAAT9yVEtq8zVdWnn9Y/KMHanoRGb/ZKm
GpYYfPPyfF24+izM20d33bJMRU/6D5dNupfVjBVFJ/BoyfGY40LwMe94
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBSjCB8aADAgECAgEBMAoGCCqGSM49BAMCMBQxEjAQBgNVBAMMCTEyNy4wLjAu
MTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFDESMBAGA1UEAwwJ
MTI3LjAuMC4xMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE/clRLavM1XVp5/WP
yjB2p6ERm/2SphqWGHzz8nxduPoszNtHd92yTEVP+g+XTbqX1YwVRSfwaMnxmONC
8DHveKMyMDAwDwYDVR0RBAgwBocEfwAAATAdBgNVHQ4EFgQU6VtQJ2gdfCXTpTHS
h3ky2sAPPHswCgYIKoZIzj0EAwIDSAAwRQIhAOEWi2ubPwKVKg1IBHNb2u9gUVDl
lzJ2FoPELbia5yuwAiAt+Ya3NnQxwIqaPtAPUyYQ/Sj4xdT2sR248FZRihWfBg==
-----END CERTIFICATE-----`;

let clock: TestClock;
let served: Served;
let other: Served;

beforeEach(async () => {
  clock = new TestClock();
  served = await Served.start();
  other = await Served.start('127.0.0.2');
});

afterEach(async () => {
  await served.stop();
  await other.stop();
});

function get(url: string, options: Partial<FetchOptions> = {}): ReturnType<typeof fetchAddress> {
  return fetchAddress(url, { origin: 'typed', network: testNetwork(clock), ...options });
}

async function answer(url: string, options: Partial<FetchOptions> = {}): Promise<Answer> {
  const fetched = await get(url, options);
  if (fetched.status !== 'fetched') throw new Error('unchanged');
  return fetched;
}

async function failure(fetching: Promise<unknown>): Promise<PilcrowError> {
  return fetching.then(() => { throw new Error('was fetched'); }, (error: unknown) => error as PilcrowError);
}

describe('what is sent and what comes back', () => {
  test('a request tells who asks, and nothing of the user', async () => {
    await get(`${served.at('/page?a=b', page('Page'))}#part`);
    expect(served.asked.map(({ path }) => path)).toEqual(['/page?a=b']);
    const { host, accept, ...headers } = served.asked[0]!.headers;
    expect(host).toBe(new URL(served.origin).host);
    expect(accept).toContain('text/html');
    expect(headers).toEqual({ 'user-agent': USER_AGENT, 'accept-encoding': 'gzip, br, deflate', 'connection': 'close' });
    expect(USER_AGENT).toMatch(/^Pilcrow\/\d+\.\d+\.\d+ \(\+article index; local\)$/);
  });

  test('bytes come as they are, with what the server says of them', async () => {
    const bytes = Buffer.from('<meta charset="windows-1252"><p>caf\xe9', 'latin1');
    const url = served.at('/page', (_request, response) => {
      response.writeHead(200, { 'content-type': 'Text/HTML; Charset="ISO-8859-1"', 'etag': 'W/"1"', 'last-modified': 'Mon, 02 Jan 2023 03:04:05 GMT' }).end(bytes);
    });
    expect(await get(url)).toEqual({ status: 'fetched', finalUrl: url, bytes, contentType: 'text/html', charset: 'iso-8859-1', etag: 'W/"1"', lastModified: 'Mon, 02 Jan 2023 03:04:05 GMT' });
  });

  test.each([['none', undefined], ['nonsense', ';;;'], ['several', 'text/html, text/plain']])('a Content-Type that is %s is none', async (_what, type) => {
    const url = served.at('/page', (_request, response) => response.writeHead(200, type === undefined ? {} : { 'content-type': type }).end('x'));
    expect(await answer(url)).toMatchObject({ contentType: null, charset: null });
  });

  test('a name is connected to where it was looked up, under its own name', async () => {
    served.at('/page', page('Page'));
    await get(`http://named.example:${served.port}/page`, { network: testNetwork(clock, { names: { 'named.example': ['127.0.0.1'] } }) });
    expect(served.asked[0]?.headers.host).toBe(`named.example:${served.port}`);
  });
});

describe('packed bodies', () => {
  const text = page('Packed');
  test.each([['gzip', gzipSync(text)], ['x-gzip', gzipSync(text)], ['br', brotliCompressSync(text)], ['deflate', deflateSync(text)], ['identity', Buffer.from(text)]])('%s', async (coding, bytes) => {
    const url = served.at('/page', (_request, response) => response.writeHead(200, { 'content-encoding': coding }).end(bytes));
    expect((await answer(url)).bytes.toString()).toBe(text);
  });

  test.each([['gzip', gzipSync(Buffer.alloc(64 << 20))], ['br', brotliCompressSync(Buffer.alloc(64 << 20))]])('what unfolds beyond the limit ends there: %s', async (coding, bomb) => {
    const url = served.at('/bomb', (_request, response) => response.writeHead(200, { 'content-encoding': coding }).end(bomb));
    const before = process.memoryUsage().arrayBuffers;
    expect((await failure(get(url, { maxBytes: 1 << 20 }))).message).toBe(`${url} is larger than 1 MiB`);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 << 20);
  });

  test('the limit counts bytes that are not packed, too, and takes what is just as large', async () => {
    const url = served.at('/page', (_request, response) => response.end(Buffer.alloc(4096)));
    expect((await answer(url, { maxBytes: 4096 })).bytes).toHaveLength(4096);
    expect((await failure(get(url, { maxBytes: 4095 }))).message).toBe(`${url} is larger than 3 KiB`);
  });

  test.each([
    ['gzip', gzipSync(text).subarray(0, 40), 'broke off its answer'],
    ['gzip', Buffer.from(text), 'sent what cannot be unpacked'],
    ['br', Buffer.from(text), 'sent what cannot be unpacked'],
    ['zstd', Buffer.from(text), 'is packed in a way that is not known (zstd)'],
  ])('what cannot be unpacked is said (%s)', async (coding, bytes, says) => {
    const url = served.at('/page', (_request, response) => response.writeHead(200, { 'content-encoding': coding }).end(bytes));
    expect(await failure(get(url))).toMatchObject({ code: 'fetch-failed', message: `${url} ${says}` });
  });
});

describe('redirects', () => {
  const to = (location: string, status = 302) => (_request: unknown, response: import('node:http').ServerResponse) => response.writeHead(status, { location }).end('moved');

  test.each([301, 302, 303, 307, 308])('%d is followed, relative to where it stands', async (status) => {
    served.at('/deep/er/end', page('End'));
    const url = served.at('/deep/start', to('er/end#part', status));
    expect(await answer(url)).toMatchObject({ finalUrl: `${served.origin}/deep/er/end`, bytes: Buffer.from(page('End')) });
  });

  test('in letters beyond ASCII', async () => {
    served.at('/caf%C3%A9', page('Café'));
    expect((await answer(served.at('/start', to(Buffer.from('/café').toString('latin1'))))).finalUrl).toBe(`${served.origin}/caf%C3%A9`);
  });

  test('a circle is noticed', async () => {
    served.at('/b', to('/a'));
    const url = served.at('/a', to('/b'));
    expect((await failure(get(url))).message).toBe(`${url} redirects in a circle`);
    expect(served.paths).toEqual(['/a', '/b']);
  });

  test('ten are followed, not eleven', async () => {
    for (let n = 0; n < 11; n++) served.at(`/${n}`, to(`/${n + 1}`));
    served.at('/11', page('End'));
    expect((await answer(`${served.origin}/1`)).finalUrl).toBe(`${served.origin}/11`);
    expect((await failure(get(`${served.origin}/0`))).message).toBe(`${served.origin}/0 redirects more than 10 times`);
  });

  test.each(['file:///etc/passwd', 'ftp://example.org/'])('to %s ends', async (location) => {
    expect((await failure(get(served.at('/start', to(location))))).message).toBe(`${location} is not an address that can be fetched`);
  });

  test('without a place to go, or with one that is none', async () => {
    expect((await failure(get(served.at('/a', 302)))).message).toBe(`${served.origin}/a answered 302 Found`);
    expect((await failure(get(served.at('/b', to('http://[bad'))))).message).toBe(`${served.origin}/b redirects to what is no address`);
  });
});

describe('private networks', () => {
  const to = (location: string) => (_request: unknown, response: import('node:http').ServerResponse) => response.writeHead(302, { location }).end();

  test('a typed address is not led into another private host, and nothing is connected to', async () => {
    for (const location of [other.at('/secret', page('Secret')), `http://[::ffff:127.0.0.2]:${other.port}/`, 'http://169.254.169.254/latest/meta-data', `http://[::1]:${other.port}/`, `http://localhost:${other.port}/`]) {
      const error = await failure(get(served.at('/start', to(location))));
      expect(error.code).toBe('fetch-forbidden');
      expect(error.message).toContain('leads into a private network');
    }
    expect(other.connections).toBe(0);
    expect((await answer(served.at('/start', to(`${other.origin}/secret`)), { allowPrivate: true })).finalUrl).toBe(`${other.origin}/secret`);
  });

  test('it may lead to its own host', async () => {
    served.at('/end', page('End'));
    expect((await answer(served.at('/start', to('/end')))).finalUrl).toBe(`${served.origin}/end`);
  });

  test('a found address is not asked for, whether it says so or its name resolves to it', async () => {
    served.at('/page', page('Page'));
    const network = testNetwork(clock, { names: { 'innocent.example': ['127.0.0.1'] } });
    for (const url of [`${served.origin}/page`, `http://innocent.example:${served.port}/page`, `http://2130706433:${served.port}/page`, `http://x.localhost:${served.port}/page`]) {
      expect(await failure(get(url, { origin: 'found', network }))).toMatchObject({ code: 'fetch-forbidden' });
    }
    expect(served.connections).toBe(0);
  });
});

describe('only what has changed', () => {
  const url = (): string => served.at('/page', ({ headers }, response) => {
    const same = headers['if-none-match'] === '"1"' || headers['if-modified-since'] === 'Mon, 02 Jan 2023 03:04:05 GMT';
    response.writeHead(same ? 304 : 200).end(same ? '' : 'new');
  });

  test.each([{ etag: '"1"', lastModified: null }, { etag: null, lastModified: 'Mon, 02 Jan 2023 03:04:05 GMT' }])('is sent again: %o', async (known) => {
    expect(await get(url(), { known: { finalUrl: url(), ...known } })).toEqual({ status: 'unchanged' });
    expect((await answer(url(), { known: { finalUrl: url(), etag: '"0"', lastModified: null } })).bytes.toString()).toBe('new');
  });

  test('is asked at the end of redirects', async () => {
    const end = url();
    const start = served.at('/start', (_request, response) => response.writeHead(301, { location: end }).end());
    expect(await get(start, { known: { finalUrl: end, etag: '"1"', lastModified: null } })).toEqual({ status: 'unchanged' });
    expect(served.asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"']);
  });

  test('"unchanged" to somebody who knows nothing is a failure', async () => {
    expect((await failure(get(served.at('/page', 304)))).message).toBe(`${served.origin}/page answered 304 Not Modified`);
  });
});

describe('answers that are none', () => {
  test.each([[404, 'Not Found'], [410, 'Gone'], [403, 'Forbidden'], [204, 'No Content'], [501, 'Not Implemented']])('%d %s', async (status, says) => {
    expect(await failure(get(served.at('/page', status)))).toMatchObject({ code: 'fetch-failed', status, message: `${served.origin}/page answered ${status} ${says}` });
    expect(served.asked).toHaveLength(status === 501 ? 3 : 1);
  });

  test('503, and then an answer', async () => {
    let asked = 0;
    const url = served.at('/page', (_request, response) => { response.writeHead(++asked < 3 ? 503 : 200).end('there'); });
    expect((await answer(url)).bytes.toString()).toBe('there');
    const [first = 0, second = 0] = clock.waits;
    expect(clock.waits).toHaveLength(2);
    expect(first).toBeGreaterThanOrEqual(500);
    expect(first).toBeLessThanOrEqual(1_000);
    expect(second).toBeGreaterThanOrEqual(1_000);
    expect(second).toBeLessThanOrEqual(2_000);
  });

  test.each([['seconds', () => '7'], ['a date', (now: number) => new Date(now + 8_000).toUTCString()]])('429 waits as long as it is told in %s', async (_what, retryAfter) => {
    let asked = 0;
    const url = served.at('/page', (_request, response) => {
      if (++asked === 1) response.writeHead(429, { 'retry-after': retryAfter(clock.now()) }).end();
      else response.end('there');
    });
    await get(url);
    expect(clock.waits).toHaveLength(1);
    expect(clock.waits[0]).toBeGreaterThan(6_000);
    expect(clock.waits[0]).toBeLessThanOrEqual(8_000);
  });

  test.each(['121', '9'.repeat(400), 'Fri, 31 Dec 2199 23:59:59 GMT'])('429 that wants to be left alone for long (%s) is given up at once', async (retryAfter) => {
    const url = served.at('/page', (_request, response) => response.writeHead(429, { 'retry-after': retryAfter }).end());
    const error = await failure(get(url));
    expect(error).toMatchObject({ code: 'fetch-failed', hostClosed: true });
    expect(error.message).toMatch(/answered 429 Too Many Requests and asks to be left alone until (\d{4}-\d\d-\d\d \d\d:\d\d UTC|further notice)$/);
    expect(clock.waits).toEqual([]);
  });

  test('Retry-After that says nothing is not there', async () => {
    await failure(get(served.at('/page', (_request, response) => response.writeHead(503, { 'retry-after': 'soon' }).end())));
    expect(served.asked).toHaveLength(3);
    expect(Math.max(...clock.waits)).toBeLessThanOrEqual(2_000);
  });
});

describe('connections that come to nothing', () => {
  test('a body that is shorter than announced', async () => {
    const url = served.at('/page', (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('only this');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await failure(get(url))).toMatchObject({ code: 'fetch-failed', message: `${url} broke off its answer` });
    expect(served.asked).toHaveLength(3);
  });

  test('no headers', async () => {
    const url = served.at('/page', () => undefined);
    const network = testNetwork(clock, { limits: { answerMs: 150 } });
    expect((await failure(get(url, { network }))).message).toBe(`${url} did not answer within 0.15 s`);
    expect(served.asked).toHaveLength(1);
  });

  test('a byte now and then', async () => {
    const url = served.at('/page', (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('.'), 20);
      response.on('close', () => { clearInterval(drip); });
    });
    const network = testNetwork(clock, { limits: { wholeMs: 300 } });
    expect((await failure(get(url, { network }))).message).toBe(`${url} was not finished within 0.3 s`);
  });

  test('a body that is slow, but comes, is waited for', async () => {
    const url = served.at('/page', (_request, response) => {
      response.write('so far');
      setTimeout(() => response.end(' and so good'), 400);
    });
    const network = testNetwork(clock, { limits: { answerMs: 200 } });
    expect((await answer(url, { network })).bytes.toString()).toBe('so far and so good');
  });

  test('a body that stops', async () => {
    const url = served.at('/page', (_request, response) => { response.writeHead(200); response.write('so far'); });
    const network = testNetwork(clock, { limits: { idleMs: 150 } });
    expect((await failure(get(url, { network }))).message).toBe(`${url} stopped in the middle of its answer`);
  });

  test('nobody at that port', async () => {
    const { origin } = other;
    await other.stop();
    expect((await failure(get(`${origin}/`))).message).toBe(`${origin}/ refused the connection`);
    expect(clock.waits).toHaveLength(2);
    other = await Served.start('127.0.0.2');
  });

  test('a host that is not there', async () => {
    expect((await failure(get('http://nowhere.example/page'))).message).toBe('http://nowhere.example/page is on a host that is not found');
    expect(clock.waits).toEqual([]);
  });

  test('HTTP where TLS was meant', async () => {
    const url = `${served.origin.replace('http:', 'https:')}/page`;
    expect((await failure(get(url))).message).toBe(`${url} did not answer in TLS`);
  });

  test('a certificate that nobody signed', async () => {
    const server = createTlsServer({ key: KEY, cert: CERTIFICATE }, (_request, response) => response.end('secret'));
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const error = await failure(get(url));
    await new Promise((resolve) => { server.close(resolve); });
    expect(error.message).toBe(`${url} has a certificate that it made itself`);
  });

  test.each([
    ['CERT_HAS_EXPIRED', 'has a certificate that has expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'has a certificate for another host'],
    ['CERT_REVOKED', 'has a certificate that is not valid'],
    ['EAI_AGAIN', 'is on a host that cannot be looked up now'],
    ['EWHATEVER', 'could not be fetched (EWHATEVER)'],
  ])('%s in words', (code, says) => {
    expect(failureOf('https://example.org/', Object.assign(new Error('x'), { code })).message).toBe(`https://example.org/ ${says}`);
  });
});

describe('told to stop', () => {
  const stopped = { code: 'interrupted', message: 'fetching was stopped' };

  test('before it begins', async () => {
    expect(await failure(get(served.at('/page', 'x'), { signal: AbortSignal.abort() }))).toMatchObject(stopped);
    expect(served.connections).toBe(0);
  });

  test('while it waits for an answer', async () => {
    const abort = new AbortController();
    const url = served.at('/page', () => { abort.abort(); });
    expect(await failure(get(url, { signal: abort.signal }))).toMatchObject(stopped);
  });

  test('in the middle of a body', async () => {
    const abort = new AbortController();
    const url = served.at('/page', (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.write(gzipSync('something').subarray(0, 12));
      setTimeout(() => { abort.abort(); }, 50);
    });
    expect(await failure(get(url, { signal: abort.signal }))).toMatchObject(stopped);
  });

  test('between two tries', async () => {
    const abort = new AbortController();
    const network = { ...testNetwork(clock), clock: { now: () => clock.now(), wait: () => { abort.abort(); return new Promise<void>(() => undefined); } } };
    expect(await failure(get(served.at('/page', 503), { network, signal: abort.signal }))).toMatchObject(stopped);
    expect(served.asked).toHaveLength(1);
  });

  test('while a name is looked up', async () => {
    const abort = new AbortController();
    const network = { ...testNetwork(clock), lookup: () => { abort.abort(); return new Promise<never>(() => undefined); } };
    expect(await failure(get('http://slow.example/', { network, signal: abort.signal }))).toMatchObject(stopped);
  });
});

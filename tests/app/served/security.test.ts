import { request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, inject, test } from 'vitest';

const app = inject('app');

interface Answer {
  status: number | undefined;
  type: string | undefined;
  body: string;
}

/** `fetch` sets Host itself; this asks under another name, as a page elsewhere could after DNS rebinding. */
function askAs(host: string, path: string): Promise<Answer> {
  const { hostname, port } = new URL(app);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers: { host } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; });
      response.on('end', () => resolve({ status: response.statusCode, type: response.headers['content-type'], body }));
    }).on('error', reject).end();
  });
}

describe('the Host header', () => {
  test.each(['/', '/?q=charts', '/api/search?q=charts', '/api/health', '/articles/x', '/nothing', '/icon.svgx'])('a stranger is refused at %s', async (path) => {
    expect(await askAs('evil.example', path)).toMatchObject({ status: 403 });
  });

  test.each(['localhost:3000', '127.0.0.1', '[::1]:3000'])('%s is answered', async (host) => {
    expect(await askAs(host, '/api/health')).toMatchObject({ status: 200 });
  });

  test('the refusal is a problem document', async () => {
    const { type, body } = await askAs('evil.example', '/');
    expect(type).toBe('application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ status: 403, code: 'host-not-allowed' });
  });
});

/** What is answered to a request as it stands on the wire. */
async function wire(head: string): Promise<string> {
  const { hostname, port } = new URL(app);
  const socket = connect(Number(port), hostname);
  socket.write(`${head.replaceAll('\n', '\r\n')}\r\n\r\n`);
  let answer = '';
  for await (const chunk of socket.setEncoding('utf8') as AsyncIterable<string>) answer += chunk;
  return answer;
}

describe('a request', () => {
  const H2C = 'Host: localhost\nConnection: close, Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA';

  test.each(['/api/health', '/', '/nothing'])('that offers HTTP/2 for %s is answered as any other, the first as the second', async (path) => {
    for (const status of [/^HTTP\/1\.1 (200|404) /, /^HTTP\/1\.1 (200|404) /]) expect(await wire(`GET ${path} HTTP/1.1\n${H2C}`)).toMatch(status);
  });

  test('for a WebSocket is answered, not hung up on', async () => {
    expect(await wire('GET /_next/webpack-hmr HTTP/1.1\nHost: localhost\nConnection: close, Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==')).toMatch(/^HTTP\/1\.1 404 /);
  });

  test.each(['GET', 'OPTIONS'])('%s * names no address', async (method) => {
    expect(await wire(`${method} * HTTP/1.1\nHost: localhost\nConnection: close`)).toMatch(/^HTTP\/1\.1 400 .*"code":"request-invalid"/s);
  });

  test('with a whole address is one for its path', async () => {
    expect(await wire('GET http://localhost/api/health HTTP/1.1\nHost: localhost\nConnection: close')).toMatch(/^HTTP\/1\.1 200 /);
    expect(await wire('GET http://localhost?q=x HTTP/1.1\nHost: localhost\nConnection: close')).toMatch(/^HTTP\/1\.1 200 /);
    expect(await wire('GET http://localhost/api/health HTTP/1.1\nHost: evil.example\nConnection: close')).toMatch(/^HTTP\/1\.1 403 /);
  });
});

describe('headers', () => {
  test('a page loads nothing but its own, and scripts only with its nonce', async () => {
    const response = await fetch(`${app}/?q=charts`);
    const policy = response.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toMatch(/https?:/);
    const scripts = (await response.text()).match(/<script[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
  });

  test('no nonce is used twice', async () => {
    const policies = await Promise.all([1, 2].map(async () => (await fetch(app)).headers.get('content-security-policy')));
    expect(policies[0]).not.toBe(policies[1]);
  });

  test.each(['/', '/api/health', '/icon.svg', '/nothing'])('%s says nothing of Next, and is not sniffed, framed or embedded', async (path) => {
    const { headers } = await fetch(app + path);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });
});

describe('an address that asks for more than anybody would', () => {
  const filters = Array.from({ length: 900 }, (_, i) => `tag=t${i}`).join('&');

  test.each(['/?q=salt&', '/?', '/library?', '/map?q=salt&'])('900 filters at %s are refused with a page that grows no faster than they do', async (path) => {
    const response = await fetch(app + path + filters);
    const page = await response.text();
    expect(response.status).toBe(400);
    expect(page).toContain('too many filters');
    expect(page.length).toBeLessThan(40 * filters.length);
  });

  test.each(['/nothing?', '/status?', '/api/search?q=salt&'])('20,000 parameters at %s are refused before anybody looks at them', async (path) => {
    const response = await fetch(`${app}${path}${'x=1&'.repeat(20_000)}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'usage', detail: 'the address has more than 1000 parameters' });
  });

  test('its filters can be taken away together', async () => {
    const page = await (await fetch(`${app}/?q=salt&${filters}`)).text();
    expect(page).toMatch(/<a href="\/\?q=salt">remove all/);
  });
});

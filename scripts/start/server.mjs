import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { createServer, STATUS_CODES } from 'node:http';
import process from 'node:process';
import { isLoopback } from '../../lib/loopback.mjs';
import { root } from '../build-engine.mjs';
import { Refusal } from './settings.mjs';

/** Milliseconds that requests in flight get when the server is stopped. */
const GRACE_MS = 3_000;
/** Longer than a proxy's usual keep-alive, so that it is not we who close a connection it is about to use. */
const KEEP_ALIVE_MS = 65_000;
/**
 * Bytes of a request's head. Node's 16 KiB would refuse a long question without a word of why; up to
 * here the app itself says what is too long. 100,000 characters of any script fit, percent-encoded.
 */
const MAX_HEAD_BYTES = 1024 * 1024;
/** Several times what a page can use. Next takes the square of their number to read them, before any page is asked. */
const MAX_PARAMETERS = 1_000;

/** The response that a page is rendered for, lent to app/http-status.ts: Next gives pages no way to their status. */
const responses = (globalThis.pilcrowResponse ??= new AsyncLocalStorage());

/**
 * @param {{ host: string, port: number }} settings
 * @throws Refusal when the address cannot be listened on
 */
export async function checkAddress(settings) {
  const server = createServer();
  await listen(server, settings);
  await new Promise((resolve) => server.close(resolve));
}

/** Serves until `signal`; resolves when the last request is answered and the process may end. */
export async function serve(settings, signal) {
  const { host, port } = settings;
  const { default: next } = await import('next');
  const server = createServer({ maxHeaderSize: MAX_HEAD_BYTES });
  server.on('clientError', refuseRequest);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  // Of a server of ours Next would take all upgrades, and hang up on them: curl and Java offer HTTP/2 that way, and
  // where nobody takes the offer Node answers as if there were none.
  const app = next({ dev: false, dir: root, hostname: host, port, httpServer: new EventEmitter() });
  await app.prepare();
  const handle = app.getRequestHandler();
  server.on('request', (request, response) => void responses.run(response, () => answer(request, response, handle)));
  await listen(server, settings);
  announce(settings);
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await close(server);
  await app.close();
  // The engine's model and database live as long as the process.
  process.exit(0);
}

/** Hands a request to Next; what Next would answer with a 500, or not at all, is answered here. Never rejects. */
async function answer(request, response, handle) {
  try {
    // As a proxy is asked, or of no address at all: `OPTIONS *`.
    request.url = request.url.replace(/^[a-z]+:\/\/[^/?#]*\/?/i, '/');
    if (!request.url.startsWith('/')) {
      send(response, problem(400, 'request-invalid', 'this names no address'));
      return;
    }
    const [path, ...query] = request.url.split('?');
    const isApi = /^\/api(\/|$)/.test(path);
    if (request.method === 'TRACE') {
      send(response, problem(405, 'method-not-allowed', 'this address can only be read: use GET'), { Allow: isApi ? 'GET, HEAD, OPTIONS' : 'GET, HEAD' });
      return;
    }
    if (request.url.split('&', MAX_PARAMETERS + 1).length > MAX_PARAMETERS) {
      send(response, problem(400, 'usage', `the address has more than ${MAX_PARAMETERS} parameters`));
      return;
    }
    // Next loses it on the way to the route, which refuses all other parameters that it does not know.
    if (isApi && new URLSearchParams(query.join('?')).has('__proto__')) {
      send(response, problem(400, 'usage', 'unknown parameter __proto__'));
      return;
    }
    // No address of the app's: the app says so, as it does of any other.
    if (!isDecodable(path)) request.url = isApi ? '/api/not-here' : '/not-here';
    await handle(request, response);
  } catch (error) {
    console.error(error);
    if (response.headersSent) response.destroy();
    else send(response, problem(500, 'internal', 'something went wrong inside Pilcrow: its log says what'));
  }
}

function isDecodable(path) {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** What cannot be parsed reaches no route: it gets its problem document here. */
function refuseRequest(error, socket) {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const tooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const { status, title, headers, body } = tooLong
    ? problem(431, 'request-too-long', `the request's address and headers have more than ${MAX_HEAD_BYTES} bytes`)
    : problem(400, 'request-invalid', 'this is no HTTP request');
  const head = Object.entries({ ...headers, Connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${head}\r\n${body}`);
}

function send(response, { status, headers, body }, further = {}) {
  response.writeHead(status, { ...headers, ...further }).end(body);
}

/** RFC 9457, as app/api/problem.ts has it. */
function problem(status, code, detail) {
  const title = STATUS_CODES[status];
  const body = JSON.stringify({ type: 'about:blank', title, status, detail, code });
  return { status, title, body, headers: { 'Content-Type': 'application/problem+json', 'Content-Length': Buffer.byteLength(body), 'Cache-Control': 'no-store' } };
}

function listen(server, { host, port }) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => { reject(refusal(error, { host, port })); });
    server.listen(port, host, resolve);
  });
}

function refusal(error, { host, port }) {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Refusal(`port ${port} is in use: choose another with PORT, e.g. PORT=${port < 65_535 ? port + 1 : 3000} npm start`);
    case 'EACCES':
      return new Refusal(`PORT ${port} may not be used by this user: choose one above 1023, e.g. PORT=3000 npm start`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Refusal(`HOST ${JSON.stringify(host)} is no address of this machine: leave it out for 127.0.0.1`, 2);
    default:
      return error;
  }
}

function announce({ host, port }) {
  const name = isLoopback(host) && host !== '::1' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  if (!isLoopback(host)) console.error(`pilcrow: HOST is ${host}: anyone on the network can read the articles`);
  console.log(`Pilcrow is ready on http://${name}:${port}`);
}

/** No new connections; idle ones are closed, the others get a moment to finish. */
async function close(server) {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => { server.closeAllConnections(); }, GRACE_MS);
  await closed;
  clearTimeout(timer);
}

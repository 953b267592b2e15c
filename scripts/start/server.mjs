import { createServer } from 'node:http';
import process from 'node:process';
import { root } from '../build-engine.mjs';
import { isLoopback, Refusal } from './settings.mjs';

/** Milliseconds that requests in flight get when the server is stopped. */
const GRACE_MS = 3_000;
/** Longer than a proxy's usual keep-alive, so that it is not we who close a connection it is about to use. */
const KEEP_ALIVE_MS = 65_000;
/**
 * Bytes of a request's head. Node's 16 KiB would refuse a long question without a word of why; up to
 * here the app itself says what is too long. 100,000 characters of any script fit, percent-encoded.
 */
const MAX_HEAD_BYTES = 1024 * 1024;

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
  const app = next({ dev: false, dir: root, hostname: host, port, httpServer: server });
  await app.prepare();
  const handle = app.getRequestHandler();
  server.on('request', (request, response) => void handle(request, response));
  await listen(server, settings);
  announce(settings);
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await close(server);
  await app.close();
  // The engine's model and database live as long as the process.
  process.exit(0);
}

/** What cannot be parsed reaches no route: it gets its problem document here. */
function refuseRequest(error, socket) {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const tooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const [status, title] = tooLong ? [431, 'Request Header Fields Too Large'] : [400, 'Bad Request'];
  const detail = tooLong ? `the request's address and headers have more than ${MAX_HEAD_BYTES} bytes` : 'this is no HTTP request';
  const body = JSON.stringify({ type: 'about:blank', title, status, detail, code: tooLong ? 'request-too-long' : 'request-invalid' });
  socket.end(`HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${body}`);
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

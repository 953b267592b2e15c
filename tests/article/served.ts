import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../lib/article/fetch/clock';
import { LIMITS } from '../../lib/article/fetch/deadline';
import type { Network } from '../../lib/article/fetch/network';
import { Politeness } from '../../lib/article/fetch/polite';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
/** What is at a path: a text, a status, or whatever a handler does. */
type Content = string | number | Handler;

interface Asked {
  path: string;
  headers: IncomingMessage['headers'];
}

/** A real server on a loopback address, and what it was asked. */
export class Served {
  readonly asked: Asked[] = [];
  /** Connections so far, whether anything was asked or not. */
  connections = 0;
  /** Most requests at a time. */
  most = 0;
  origin = '';
  private active = 0;
  private readonly contents = new Map<string, Content>();
  private readonly server = createServer(this.listener());

  static async start(host = '127.0.0.1'): Promise<Served> {
    const served = new Served();
    served.server.on('connection', () => { served.connections++; });
    await new Promise<void>((resolve) => { served.server.listen(0, host, resolve); });
    served.origin = `http://${host}:${(served.server.address() as AddressInfo).port}`;
    return served;
  }

  /** Puts something at a path; returns its address. */
  at(path: string, content: Content): string {
    this.contents.set(path, content);
    return this.origin + path;
  }

  /** Paths in the order they were asked for, robots.txt left out. */
  get paths(): string[] {
    return this.asked.map(({ path }) => path).filter((path) => path !== '/robots.txt');
  }

  get host(): string {
    return new URL(this.origin).hostname;
  }

  get port(): string {
    return new URL(this.origin).port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }

  private listener(): RequestListener {
    return (request, response) => {
      const path = request.url ?? '';
      this.asked.push({ path, headers: request.headers });
      this.most = Math.max(this.most, ++this.active);
      response.on('close', () => { this.active--; });
      const content = this.contents.get(path) ?? 404;
      if (typeof content === 'number') response.writeHead(content).end();
      else if (typeof content === 'string') response.writeHead(200, { 'content-type': 'text/html' }).end(content);
      else content(request, response);
    };
  }
}

/** A clock that stands still but for waits, which are over at once. */
export class TestClock implements Clock {
  readonly waits: number[] = [];
  private time = Date.UTC(2024, 5, 1);

  now(): number {
    return this.time;
  }

  async wait(ms: number, signal?: AbortSignal): Promise<void> {
    // What else is under way goes on meanwhile.
    await delay(1, undefined, { signal });
    this.waits.push(ms);
    this.skip(ms);
  }

  skip(ms: number): void {
    this.time += ms;
  }
}

/** Notes when requests began, by host. */
export class NotedPoliteness extends Politeness {
  readonly starts = new Map<string, number[]>();

  constructor(private readonly noteClock: Clock) {
    super(noteClock);
  }

  override async enter(hostname: string, signal?: AbortSignal): Promise<() => void> {
    const leave = await super.enter(hostname, signal);
    this.starts.set(hostname, [...(this.starts.get(hostname) ?? []), this.noteClock.now()]);
    return leave;
  }

  /** ms between one start and the next. */
  pauses(hostname: string): number[] {
    const starts = this.starts.get(hostname) ?? [];
    return starts.slice(1).map((at, before) => at - (starts[before] ?? 0));
  }
}

/** The network of a test: names it knows, and short patience where it is asked for. */
export function testNetwork(clock: Clock, { names = {}, limits = {} }: { names?: Record<string, string[]>; limits?: Partial<Network['limits']> } = {}): Network & { politeness: NotedPoliteness } {
  return {
    clock,
    lookup: async (hostname) => {
      const addresses = names[hostname];
      if (addresses === undefined) throw Object.assign(new Error(`no ${hostname}`), { code: 'ENOTFOUND' });
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    },
    limits: { ...LIMITS, ...limits },
    politeness: new NotedPoliteness(clock),
  };
}

/** The shortest page. */
export function page(title: string): string {
  return `<!doctype html><html><head><title>${title}</title></head><body><p>${title} has a paragraph.</p></body></html>`;
}

export function rss(links: readonly string[], date?: (link: string) => string): string {
  const items = links.map((link) => `<item><link>${link}</link>${date === undefined ? '' : `<pubDate>${date(link)}</pubDate>`}</item>`);
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>${items.join('')}</channel></rss>`;
}

export function sitemap(pages: readonly (readonly [url: string, lastmod?: string])[]): string {
  const urls = pages.map(([url, lastmod]) => `<url><loc>${url}</loc>${lastmod === undefined ? '' : `<lastmod>${lastmod}</lastmod>`}</url>`);
  return `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>`;
}

export function sitemapIndex(sitemaps: readonly string[]): string {
  const entries = sitemaps.map((url) => `<sitemap><loc>${url}</loc></sitemap>`);
  return `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</sitemapindex>`;
}

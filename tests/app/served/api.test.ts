import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { describe, expect, inject, test } from 'vitest';
import type { ArticleView, IndexStatus } from '../../../lib/index';
import type { ArticlePage, RelatedResponse, SearchResponse, SearchResult } from '../../../lib/search';

const app = inject('app');
const emptyApp = inject('emptyApp');

const QUESTION = 'What did the pilots carry under their coats?';

/** RFC 9457, with the code of ours. */
interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
}

interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

async function ask(path: string, init?: RequestInit): Promise<Answer<unknown>> {
  const response = await fetch(app + path, init);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

async function firstResult(): Promise<SearchResult> {
  const { body } = (await ask(`/api/search?q=${encodeURIComponent(QUESTION)}`)) as Answer<SearchResponse>;
  return body.results[0]!;
}

describe('GET /api/search', () => {
  test('answers with the document of the contract', async () => {
    const { status, headers, body } = (await ask(`/api/search?q=${encodeURIComponent(QUESTION)}&k=3`)) as Answer<SearchResponse>;
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(Object.keys(body).sort()).toEqual(['answerable', 'generation', 'mode', 'query', 'results', 'took', 'unknownFilters']);
    expect(body).toMatchObject({ query: QUESTION, mode: 'hybrid' });
    expect(body.results).toHaveLength(3);
    const first = body.results[0]!;
    expect(first.evidence.text).toBe(first.passage.text.slice(first.evidence.start, first.evidence.end));
    expect(first.evidence.text).toContain('charts under their coats');
    expect(first.alsoIn).toHaveLength(1);
  });

  test.each(['dense', 'lexical', 'hybrid'])('searches by %s', async (mode) => {
    const { body } = (await ask(`/api/search?q=charts+coats&mode=${mode}`)) as Answer<SearchResponse>;
    expect(body.mode).toBe(mode);
    expect(body.results[0]?.passage.text).toContain('charts under their coats');
  });

  test('filters by repeated tags and by dates', async () => {
    const { body } = (await ask('/api/search?q=people&tag=food&tag=history&to=2020')) as Answer<SearchResponse>;
    expect(body.results.length).toBeGreaterThan(0);
    for (const { article } of body.results) expect(article.title).toMatch(/^Salt, silk/);
  });
});

test('GET /api/search limits the passages of one article, and asks within one', async () => {
  const { body } = (await ask(`/api/search?q=${encodeURIComponent(QUESTION)}&perArticle=1`)) as Answer<SearchResponse>;
  const ids = body.results.map(({ article }) => article.id);
  expect(new Set(ids).size).toBe(ids.length);
  const cut = body.results.find(({ moreInArticle }) => moreInArticle > 0)!;
  const within = (await ask(`/api/search?q=${encodeURIComponent(QUESTION)}&article=${cut.article.id}&article=nothing`)) as Answer<SearchResponse>;
  expect(new Set(within.body.results.map(({ article }) => article.id))).toEqual(new Set([cut.article.id]));
  expect(within.body.results.length).toBeGreaterThan(1);
});

describe('GET /api/passages/{id}/related', () => {
  test('answers with passages of other articles', async () => {
    const { passage, article } = await firstResult();
    const { status, body } = (await ask(`/api/passages/${passage.id}/related?k=2`)) as Answer<RelatedResponse>;
    expect(status).toBe(200);
    expect(body.passage).toEqual(passage);
    expect(body.results).toHaveLength(2);
    for (const result of body.results) expect(result.article.id).not.toBe(article.id);
  });

  test('of the articles that pass the filters', async () => {
    const { passage } = await firstResult();
    const { body: { results: [first] } } = (await ask(`/api/passages/${passage.id}/related?k=2`)) as Answer<RelatedResponse>;
    const { body } = (await ask(`/api/passages/${passage.id}/related?article=${first!.article.id}&tag=nothing`)) as Answer<RelatedResponse>;
    expect(body).toMatchObject({ results: [], unknownFilters: [{ name: 'tag', value: 'nothing' }] });
    const within = (await ask(`/api/passages/${passage.id}/related?article=${first!.article.id}`)) as Answer<RelatedResponse>;
    expect(within.body.results[0]?.passage.id).toBe(first!.passage.id);
    expect(new Set(within.body.results.map(({ article }) => article.id))).toEqual(new Set([first!.article.id]));
  });
});

describe('GET /api/articles/{id}', () => {
  test('answers with the article and its passages', async () => {
    const { passage, article } = await firstResult();
    const { status, body } = (await ask(`/api/articles/${article.id}`)) as Answer<Pick<ArticleView, 'generation' | 'article' | 'passages'>>;
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(['article', 'generation', 'passages']);
    expect(body.article.id).toBe(article.id);
    expect(body.passages.find(({ id }) => id === passage.id)).toMatchObject(passage);
  });
});

describe('GET /api/articles', () => {
  test('answers with a page of the library', async () => {
    const { status, headers, body } = (await ask('/api/articles')) as Answer<ArticlePage>;
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(Object.keys(body).sort()).toEqual(['articles', 'generation', 'page', 'pageSize', 'pages', 'sort', 'total', 'unknownFilters']);
    expect(body).toMatchObject({ total: 8, page: 1, pages: 1, pageSize: 50, sort: 'newest', unknownFilters: [] });
    expect(Object.keys(body.articles[0]!).sort()).toEqual(['author', 'id', 'language', 'passages', 'published', 'source', 'tags', 'title', 'url', 'words']);
    const dates = body.articles.map(({ published }) => published ?? '');
    expect(dates).toEqual([...dates].sort().reverse());
  });

  test('finds by title and author, filters, orders and turns pages', async () => {
    const titles = async (query: string) => ((await ask(`/api/articles?${query}`)) as Answer<ArticlePage>).body.articles.map(({ title }) => title);
    expect(await titles('q=karlsen')).toEqual(['The winter the pilots walked']);
    expect(await titles('tag=sea&sort=title')).toEqual(['On foot across the harbour', 'The winter the pilots walked']);
    expect(await titles('page=2')).toEqual([]);
    expect(((await ask('/api/articles?tag=food&tag=none')) as Answer<ArticlePage>).body).toMatchObject({ total: 2, unknownFilters: [{ name: 'tag', value: 'none' }] });
  });
});

describe('GET /api/health', () => {
  test('answers with what is indexed', async () => {
    const { status, body } = (await ask('/api/health')) as Answer<IndexStatus>;
    expect(status).toBe(200);
    expect(body).toMatchObject({ articles: 8, model: { id: 'all-MiniLM-L6-v2', dimensions: 384 } });
  });

  test('names sources by label, not by where they lie on this machine', async () => {
    const { body } = (await ask('/api/health')) as Answer<{ sources: unknown[] }>;
    expect(body.sources.length).toBeGreaterThan(0);
    for (const source of body.sources) expect(source).toEqual({ label: expect.any(String) as string });
  });
});

describe('problems', () => {
  test.each([
    ['no question', '/api/search', 400, 'query-empty'],
    ['an empty question', '/api/search?q=', 400, 'query-empty'],
    ['a blank question', '/api/search?q=%20%20', 400, 'query-empty'],
    ['a question of 100,000 characters', `/api/search?q=${'a'.repeat(100_000)}`, 400, 'query-too-long'],
    ['a question of 100,000 Chinese characters', `/api/search?q=${encodeURIComponent('问'.repeat(100_000))}`, 400, 'query-too-long'],
    ['two questions', '/api/search?q=a&q=b', 400, 'usage'],
    ['k of 0', '/api/search?q=a&k=0', 400, 'k-out-of-range'],
    ['k of 10,000', '/api/search?q=a&k=10000', 400, 'k-out-of-range'],
    ['k of 2.5', '/api/search?q=a&k=2.5', 400, 'k-out-of-range'],
    ['k that is no number', '/api/search?q=a&k=many', 400, 'k-out-of-range'],
    ['none of an article', '/api/search?q=a&perArticle=0', 400, 'usage'],
    ['a mode there is not', '/api/search?q=a&mode=fuzzy', 400, 'mode-unknown'],
    ['a date that is none', '/api/search?q=a&from=yesterday', 400, 'filter-invalid'],
    ['an unknown parameter', '/api/search?q=a&colour=red', 400, 'usage'],
    ['a parameter named as a property of every object', '/api/search?q=a&constructor=1', 400, 'usage'],
    ['a parameter that an object cannot hold', '/api/search?q=a&__proto__=x', 400, 'usage'],
    ['a question of 400,000 characters', `/api/search?q=${'a'.repeat(400_000)}`, 400, 'query-too-long'],
    ['an order there is not', '/api/articles?sort=colour', 400, 'usage'],
    ['a page of 0', '/api/articles?page=0', 400, 'usage'],
    ['two pages', '/api/articles?page=1&page=2', 400, 'usage'],
    ['an unknown parameter of the library', '/api/articles?k=3', 400, 'usage'],
    ['a date that is none, in the library', '/api/articles?to=2020-02-30', 400, 'filter-invalid'],
    ['broken percent-encoding for an article', '/api/articles/%', 404, 'address-not-found'],
    ['broken percent-encoding for a passage', '/api/passages/%ff/related', 404, 'address-not-found'],
    ['an unknown passage', '/api/passages/nothing.p1/related', 404, 'passage-not-found'],
    ['a path for a passage', '/api/passages/..%2F..%2Fetc/related', 404, 'passage-not-found'],
    ['an unknown article', '/api/articles/nothing', 404, 'article-not-found'],
    ['an unknown address', '/api/nothing/here', 404, 'address-not-found'],
    ['the API itself', '/api', 404, 'address-not-found'],
  ])('%s', async (_name, path, status, code) => {
    const { status: got, headers, body } = (await ask(path)) as Answer<Problem>;
    expect({ got, ...body }).toMatchObject({ got: status, status, code, type: 'about:blank' });
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(Object.keys(body).sort()).toEqual(['code', 'detail', 'status', 'title', 'type']);
    expect(body.detail.length).toBeLessThan(400);
  });

  test('an address of more than a mebibyte', async () => {
    const { status, headers, body } = (await ask(`/api/search?q=${'a'.repeat(1_100_000)}`)) as Answer<Problem>;
    expect(status).toBe(431);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body).toMatchObject({ status: 431, code: 'request-too-long' });
  });

  test.each(['/api/search', '/api/health', '/api/articles', '/api/articles/x', '/api/passages/x/related'])('other methods at %s, and the same Allow for OPTIONS', async (path) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
      const { status, headers, body } = (await ask(path, { method })) as Answer<Problem>;
      expect(status).toBe(405);
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(headers.get('allow')).toBe('GET, HEAD, OPTIONS');
      expect(body.code).toBe('method-not-allowed');
    }
    const options = await fetch(app + path, { method: 'OPTIONS' });
    expect(options.status).toBe(204);
    expect(options.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  });

  test('TRACE, which fetch does not send', async () => {
    const { hostname, port } = new URL(app);
    const [response] = (await once(request({ hostname, port, method: 'TRACE', path: '/api/health' }).end(), 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(405);
    expect(response.headers).toMatchObject({ 'allow': 'GET, HEAD, OPTIONS', 'content-type': 'application/problem+json' });
  });

  test.each(['/api/health', '/api/search?q=a', '/api/articles', '/api/articles/x'])('no index: %s', async (path) => {
    const response = await fetch(emptyApp + path);
    const body = (await response.json()) as Problem;
    expect(response.status).toBe(503);
    expect(body).toMatchObject({ status: 503, code: 'index-missing' });
    expect(body.detail).toContain('npx pilcrow index');
    expect(JSON.stringify(body)).not.toContain('/tmp');
  });
});

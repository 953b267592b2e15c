import { describe, expect, test } from 'vitest';
import { isoDate } from '../../lib/article/date';
import { splitFrontMatter, type FrontMatter } from '../../lib/article/markdown/front-matter';
import { PilcrowError } from '../../lib/errors';

const split = (text: string) => {
  const warnings: string[] = [];
  return { ...splitFrontMatter(text, 'x.md', (message) => void warnings.push(message)), warnings };
};
const matter = (yaml: string): FrontMatter => split(`---\n${yaml}\n---\nBody.`).matter;

function failure(text: string): string {
  try {
    split(text);
  } catch (error) {
    if (error instanceof PilcrowError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
}

describe('splitFrontMatter', () => {
  test('reads every known key and leaves others alone', () => {
    expect(matter('title: T\nauthor: A. B.\ndate: 2021-03-04\nlastmod: 2021-03-05T10:00:00Z\ntags: [x, y, x]\nurl: https://x.y/z\nlang: pt_BR\nlayout: {a: [1, 2]}\n2021: x')).toEqual({
      title: 'T', author: 'A. B.', published: '2021-03-04', updated: '2021-03-05T10:00:00Z',
      tags: ['x', 'y'], url: 'https://x.y/z', language: 'pt-BR',
    });
  });

  test.each<[string, Partial<FrontMatter>]>([
    ['Authors: [Ada, {name: Ben, email: b@x.y}]', { author: 'Ada; Ben' }],
    ['authors:\n  - Lovelace, Ada\n  - Ben', { author: 'Lovelace, Ada; Ben' }],
    ['keywords: one, two three ,, four', { tags: ['one', 'two three', 'four'] }],
    ['tags: 2021', { tags: ['2021'] }],
    ['tags:\n  - 007\n  - true', { tags: ['007', 'true'] }],
    ['title: 007', { title: '007' }],
    ['title: |\n  Two\n  lines', { title: 'Two lines' }],
    ['title: "a\\u0000\\uD800b"', { title: 'a\uFFFDb' }],
    ['title:\nauthor: ""\ntags: []\ndate: ~', { title: null, author: null, tags: [], published: null }],
    ['published: 2020\ndate: 2021-03-04', { published: '2020' }],
    ['canonical: HTTPS://X.y', { url: 'https://x.y/' }],
    ['x: &a Ada\nauthor: *a', { author: 'Ada' }],
  ])('%s', (yaml, expected) => {
    expect(matter(yaml)).toMatchObject(expected);
  });

  test('may be as long as the limits allow', () => {
    expect(matter(`title: ${'t'.repeat(300)}\nx: ${'x'.repeat(65_000)}`).title).toHaveLength(300);
  });

  test('the body begins below the closing line', () => {
    expect(split('---\ntitle: T\n...\n\nBody.').body.trim()).toBe('Body.');
    expect(split('---\n---\nBody.').body.trim()).toBe('Body.');
  });

  test.each([
    ['no front matter', 'Body.'],
    ['a thematic break', '---\n\nBody.'],
    ['prose between thematic breaks', '---\n\nSome prose here.\n\n---\n\nMore.'],
    ['dashes further down', 'Body.\n---\ntitle: x\n---'],
  ])('%s is left as it is', (_, text) => {
    expect(split(text).body).toBe(text);
  });

  test.each([
    ['---\ntitle: [unclosed\n---\nBody.', /^front-matter-invalid: x\.md: front matter does not parse: .+ \(line [23]\)$/],
    ['---\ntitle: a\ntitle: b\n---\n', /does not parse: Map keys must be unique \(line 3\)/],
    ['---\na: 1\n\tb: "x\n---\n', /does not parse: .+\(line \d\)/],
    ['---\ntitle: T\nBody.', /front matter is never closed \(line 1\)/],
    [`---\nlayout: x\ntitle: ${'t'.repeat(301)}\n---\n`, /^front-matter-invalid: x\.md: front matter has a title of 301 characters, more than 300 \(line 3\)$/],
    [`---\nx: ${'ä'.repeat(32_768)}\n---\n`, /^front-matter-invalid: x\.md: front matter has 65540 bytes, more than 65536 \(line 1\)$/],
    ['---\na: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\ntags: [*d, *d, *d, *d, *d, *d, *d, *d, *d]\n---\n', /value for tags that never ends or is too long \(line 6\)/],
    [`---\na: &a x\ntags: [${'*a,'.repeat(101)}]\n---\n`, /value for tags that never ends or is too long \(line 3\)/],
    ['---\ntags: &t [*t]\n---\n', /^front-matter-invalid: /],
    [`---\ntags: ${'['.repeat(20_000)}\n---\n`, /^front-matter-invalid: /],
  ])('%j is refused', (text, message) => {
    expect(failure(text)).toMatch(message);
    expect(failure(text)).not.toContain('\n');
  });
});

describe('values that cannot be what their key says', () => {
  test.each([
    ['---\ntitle: T\ndate: yesterday\n---\n', /has date: yesterday, which is not a date such as 2021-03-04 and left out \(line 3\)/],
    ['---\ndate: 2021-02-30\n---\n', /has date: 2021-02-30, which/],
    ['---\n# comment\n\nurl: /posts/x/\n---\n', /has url: \/posts\/x\/, which is not an http\(s\) address and left out \(line 4\)/],
    ['---\nurl: javascript:alert(1)\n---\n', /has url: javascript/],
    ['---\nlang: english\n---\n', /has lang: english, which is not a language tag/],
    ['---\ntitle: [a, b]\n---\n', /has title: \[a, b\], which is not a line of text and left out \(line 2\)/],
    ['---\ntags: {a: b}\n---\n', /has tags: \{a: b\}, which is not a list of words/],
    ['---\nauthor: [{email: x}]\n---\n', /has author: /],
    ['---\ntitle: T\ndate: {{date}}\n---\n', /has date: \{\{date\}\}, which is not a date/],
  ])('%j are told and left out', (text, message) => {
    const { warnings, matter: read } = split(text);
    expect(warnings).toEqual([expect.stringMatching(message)]);
    expect(warnings[0]).toMatch(/^x\.md: front matter has [^\n]+$/);
    expect(Object.values(read).filter((value) => value !== null && value !== 'T' && !Array.isArray(value))).toEqual([]);
  });
});

describe('TOML front matter', () => {
  const toml = (lines: string) => split(`+++\n${lines}\n+++\nBody.`);

  test('describes the article as YAML does', () => {
    const { matter: read, body, warnings } = toml('# a comment\ntitle = "Brücken \\u00fcber \\"Flüsse\\"" # what it is called\ndate = 2021-03-04T10:00:00Z\nlastmod = 2021-03-05\nauthors = [\n  "Ada Lovelace", # one\n  \'Ben\',\n]\ntags=["x","y, z"]\ndraft = false\nweight = 3\n[params]\ntitle = "Another"\n');
    expect(read).toEqual({ title: 'Brücken über "Flüsse"', author: 'Ada Lovelace; Ben', published: '2021-03-04T10:00:00Z', updated: '2021-03-05', tags: ['x', 'y, z'], url: null, language: null });
    expect([body, warnings]).toEqual(['Body.', []]);
  });

  test.each<[string, Partial<FrontMatter>]>([
    ['title = \'C:\\n\'', { title: 'C:\\n' }],
    ['summary = """\ntitle = "no"\n"""\ntitle = """\nTwo\nlines"""', { title: 'Two lines' }],
    ['"title" = "quoted key"', { title: 'quoted key' }],
    ['author = ""\ntags = []', { author: null, tags: [] }],
    ['x = { title = "inline" }\ntitle = "T"', { title: 'T' }],
    ['title = "T"\n[author]\nname = "Ada"', { title: 'T', author: 'Ada' }],
    ['__proto__ = "x"\ntitle = 7', { title: '7' }],
    ['', { title: null }],
  ])('%j', (lines, expected) => {
    expect(toml(lines)).toMatchObject({ matter: expected, body: 'Body.', warnings: [] });
  });

  test.each([
    ['x = 1\ndate = "soon"', 'x.md: front matter has date: "soon", which is not a date such as 2021-03-04 and left out (line 3)'],
    ['author = { mail = "a@example.org" }', 'x.md: front matter has author: { mail = "a@example.org" }, which is not a name or a list of names and left out (line 2)'],
  ])('%j is told', (lines, warning) => {
    expect(toml(lines)).toMatchObject({ body: 'Body.', warnings: [warning] });
  });

  test.each([
    ['title = "unclosed\ntags = ["x"]', /does not parse: .* \(line 2\)$/],
    ['x = 1\ntitle = Bare words', /does not parse: .* \(line 3\)/],
  ])('%j is refused', (lines, message) => {
    expect(() => toml(lines)).toThrow(message);
  });

  test('of any length and nesting ends', () => {
    for (const line of ['a=["', 'a="""', 'a=[[', '[', 'title=[', '"', 'a="\\']) expect(() => toml(`${line}\n`.repeat(8_000))).toThrow(/does not parse/);
    expect(() => toml(`x = "${'y'.repeat(70_000)}"`)).toThrow(/more than 65536/);
  });
});

describe('isoDate', () => {
  test.each([
    ['2021-03-04', '2021-03-04'],
    ['2021-3-4', '2021-03-04'],
    ['20210304', '2021-03-04'],
    ['2021', '2021'],
    ['2021-03', '2021-03'],
    ['2021-03-04T10:00:00.5Z', '2021-03-04T10:00:00.5Z'],
    ['2021-03-04 10:00', '2021-03-04T10:00:00'],
    ['2021-03-04 10:00:00 +0200', '2021-03-04T10:00:00+02:00'],
    ['2021-03-04T10:00:00-05', '2021-03-04T10:00:00-05:00'],
    ['4 March 2021', '2021-03-04'],
    ['4th of March, 2021', '2021-03-04'],
    ['March 4, 2021', '2021-03-04'],
    ['Sept. 4 2021', '2021-09-04'],
    ['04-Mar-2021', '2021-03-04'],
    ['Thu, 04 Mar 2021 10:00:00 GMT', '2021-03-04T10:00:00Z'],
    ['2021/03/04', '2021-03-04'],
    ['4.3.2021', '2021-03-04'],
    ['25/03/2021', '2021-03-25'],
    ['03/25/2021', '2021-03-25'],
    ['03/03/2021', '2021-03-03'],
    ['29 February 2024', '2024-02-29'],
  ])('%s is %s', (written, iso) => {
    expect(isoDate(written)).toBe(iso);
  });

  test.each(['', 'yesterday', '04/03/2021', '2021-02-30', '2021-13-01', '29 February 2023', '2021-03-04T25:00', '4 Mars 2021', '21-03-04', '12345', 'March 2021'])(
    '%j is no date',
    (written) => expect(isoDate(written)).toBeNull(),
  );
});

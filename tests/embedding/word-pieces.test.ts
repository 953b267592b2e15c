import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PreTrainedTokenizer } from '@xenova/transformers';
import { beforeAll, describe, expect, it } from 'vitest';
import { locateTokenizer } from '../../lib/embedding/locate';
import { importTokenizers } from '../../lib/embedding/tokenizer';
import { WordPieces } from '../../lib/embedding/word-pieces';
import { randomNumbers } from '../../lib/index';
import { root, spec, useSharedCache } from './support';

useSharedCache();

let tokenizer: PreTrainedTokenizer;
let pieces: WordPieces;
beforeAll(async () => {
  const folder = await locateTokenizer(spec());
  const { AutoTokenizer } = await importTokenizers();
  tokenizer = await AutoTokenizer.from_pretrained(basename(folder), { cache_dir: dirname(folder), local_files_only: true });
  pieces = WordPieces.of(tokenizer)!;
});

/** What transformers.js makes of the whole text. */
const whole = (text: string) => tokenizer.encode(text, null, { add_special_tokens: false });

/** What makes a normaliser think twice: case that depends on neighbours, marks, what is dropped, what parts words and what does not. */
const HARD = [
  'a', 'B', 'é', 'e\u0301', 'Σ', 'ς', 'ΑΣ', '中', '文', 'か', 'ไ', '\uFEFF', '\u200b', '\f', '\v', '\u0085', '\u00a0', '\u3000', ' ', '  ', '\n', '\t', '\r',
  '\u2028', '[MASK]', '[SEP]', '[CLS]', '[', 'MASK]', '.', ',', '!', '“', '\u{1f600}', '\ud83d', '\ufffd', '\0', '\u0300', 'İ', 'ß', 'ﬁ', '１', '²', '_', '-', "'", "don't",
  'x'.repeat(99), 'y'.repeat(100), 'z'.repeat(101), 'embeddings', 'Unbelievably', '3,141.59', '^', '~', '`',
];

describe('WordPieces', () => {
  it('gives every text of the sample articles the tokens that transformers.js gives it', () => {
    const folder = join(root, 'articles');
    const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(texts.length).toBeGreaterThan(20);
    for (const text of texts) expect(pieces.tokens(text)).toEqual(whole(text));
  });

  it('gives every mixture of hard characters the tokens that transformers.js gives it', () => {
    const random = randomNumbers(7);
    const below = (limit: number) => Math.floor(random() * limit);
    for (let i = 0; i < 4_000; i++) {
      const text = Array.from({ length: 1 + below(12) }, () => (random() < 0.9 ? HARD[below(HARD.length)] : String.fromCharCode(below(0x10000)))).join('');
      expect(pieces.tokens(text), JSON.stringify(text)).toEqual(whole(text));
    }
  });

  it('forgets words when there are many, and reads them again', () => {
    const words = Array.from({ length: 45_000 }, (_, i) => `é${i}`);
    const text = `naïve ${words.join(' ')} naïve`;
    expect(pieces.tokens(text)).toEqual(whole(text));
    expect(pieces.tokens('naïve é1')).toEqual(whole('naïve é1'));
  });

  it('leaves a tokenizer alone that follows other rules', () => {
    const altered = (changes: object) => Object.assign(Object.create(tokenizer) as PreTrainedTokenizer, changes);
    const { normalizer } = tokenizer as unknown as { normalizer: { config: object } };
    expect(WordPieces.of(altered({}))).not.toBeNull();
    expect(WordPieces.of(altered({ normalizer: null }))).toBeNull();
    expect(WordPieces.of(altered({ normalizer: { config: { ...normalizer.config, lowercase: false } } }))).toBeNull();
    expect(WordPieces.of(altered({ pre_tokenizer: { pattern: /\w+|[^\w\s]+/u } }))).toBeNull();
    expect(WordPieces.of(altered({ model: { config: { type: 'Unigram' } } }))).toBeNull();
    expect(WordPieces.of(altered({ added_tokens: [{ content: 'two words' }] }))).toBeNull();
    expect(WordPieces.of(altered({ added_tokens: [{ content: 'word' }] }))).toBeNull();
  });
});

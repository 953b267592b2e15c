import { beforeAll, describe, expect, it } from 'vitest';
import { type Tokenizer, loadTokenizer } from '../../lib/embedding';
import { spec, useSharedCache } from './support';

useSharedCache();

let tokenizer: Tokenizer;
beforeAll(async () => {
  tokenizer = await loadTokenizer(spec());
});

describe('loadTokenizer', () => {
  it('counts tokens with the two special ones', () => {
    expect(tokenizer.countTokens('')).toBe(2);
    expect(tokenizer.countTokens('This is an example sentence')).toBe(7);
    expect(tokenizer.countTokens('embeddings')).toBe(2 + ['em', '##bed', '##ding', '##s'].length);
  });

  it('does not cut, though the package it comes from cuts at 128', () => {
    expect(tokenizer.countTokens('word '.repeat(5000))).toBe(5002);
  });

  it('knows the most tokens of a text', () => {
    expect(tokenizer.maxTokens).toBe(512);
  });

  it('counts the prefix that goes with the kind of text', async () => {
    const prefixed = await loadTokenizer(spec({ queryPrefix: 'question: ', passagePrefix: 'one two three ' }));
    expect(prefixed.countTokens('word', 'query')).toBe(5);
    expect(prefixed.countTokens('word', 'passage')).toBe(6);
    expect(prefixed.countTokens('word')).toBe(6);
  });
});

describe('countUnknown', () => {
  it('finds nothing unknown in ordinary text', () => {
    expect(tokenizer.countUnknown('The naïve café costs €5, doesn’t it?')).toBe(0);
  });

  it('counts a run of more than 100 characters as one unknown token', () => {
    expect(tokenizer.countUnknown(`start ${'a'.repeat(100)} end`)).toBe(0);
    expect(tokenizer.countUnknown(`start ${'a'.repeat(101)} end`)).toBe(1);
    expect(tokenizer.countTokens(`start ${'a'.repeat(101)} end`)).toBe(5);
  });
});

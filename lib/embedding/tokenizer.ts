import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PreTrainedTokenizer } from '@xenova/transformers';
import { z } from 'zod';
import { PilcrowError } from '../errors';
import { locateTokenizer } from './locate';
import type { EmbeddedText, ModelSpec, PassageText } from './spec';
import { WordPieces } from './word-pieces';

/** Measures texts as the model sees them. */
export interface Tokenizer {
  /** Most tokens of one text, special tokens included. */
  readonly maxTokens: number;
  /**
   * Tokens of a text, with its prefix and the model's special tokens: a text can be embedded if and
   * only if this is at most `maxTokens`.
   * @param kind decides the prefix; `passage` unless given
   */
  countTokens(text: string, kind?: EmbeddedText): number;
  /**
   * Tokens that stand for something the model cannot read; their meaning is lost to the embedding.
   * A WordPiece model such as the built-in one reads **any run of more than 100 characters without
   * white space or punctuation as one such token**: a sentence in a script without spaces, encoded
   * data. `countTokens` counts it as 1.
   */
  countUnknown(text: string): number;
  /**
   * How well the model knows a text's words, 0 to 1: the share of its tokens that can be read, less where a word takes
   * more than {@link USUAL_PIECES} tokens, since what the model has met rarely it has in pieces only.
   */
  familiarity(text: string): number;
}

/** A tokenizer that also encodes, for the session beside it. */
export interface Encoder extends Tokenizer {
  /** @returns the tokens' numbers, prefix and special tokens included */
  encode(text: string, kind: EmbeddedText): number[];
  /** The same for a passage, with the range of tokens that is each sentence: `end` exclusive, empty for a sentence without tokens. */
  encodePassage(passage: PassageText): { ids: number[]; ranges: TokenRange[] };
}

export interface TokenRange {
  start: number;
  end: number;
}

/** Of a published config.json; everything is optional, since models differ. */
const configSchema = z.looseObject({
  model_type: z.string().optional(),
  max_position_embeddings: z.int().positive().optional(),
  pad_token_id: z.int().nonnegative().nullish(),
});

/** `model_max_length` is absent, or huge (1e30), where a tokenizer knows no limit. */
const tokenizerConfigSchema = z.looseObject({ model_max_length: z.number().positive().nullish() });

/** Tokens of a word: with punctuation 1.2 of English for an English model, 2 of Spanish, 2.4 of German. */
const USUAL_PIECES = 1.4;
/** A word, or a character of a script that does not part words. */
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}\p{M}]+/gu;

/** Families whose positions start after the padding token's id. */
const OFFSET_POSITIONS = new Set(['roberta', 'xlm-roberta', 'camembert', 'mpnet']);

/** Where a model names no limit at all: what every BERT takes. */
const COMMON_MAX_TOKENS = 512;

/**
 * The tokenizers of transformers.js without the rest of it, which would load what reads pictures and sound, too: .1 s more
 * where it is not bundled (.17 s instead of .27).
 */
export function importTokenizers(): Promise<Pick<typeof import('@xenova/transformers'), 'AutoTokenizer'>> {
  return import('@xenova/transformers/src/tokenizers.js');
}

/**
 * Loads a model's tokenizer alone, in some 0.2 s.
 * @throws PilcrowError as {@link locateTokenizer}
 */
export async function loadTokenizer(spec: ModelSpec): Promise<Tokenizer> {
  const [folder] = await Promise.all([locateTokenizer(spec), importTokenizers()]);
  return openTokenizer(spec, folder);
}

/**
 * @param folder holds config.json, tokenizer.json and tokenizer_config.json
 * @throws PilcrowError `model-damaged` when they cannot be read
 */
export async function openTokenizer(spec: ModelSpec, folder: string): Promise<Encoder> {
  const { AutoTokenizer } = await importTokenizers();
  try {
    // The folder goes in as a cache that holds the model: unlike env.localModelPath this is no
    // global setting, and unlike an absolute model name it works on Windows.
    const tokenizer = await AutoTokenizer.from_pretrained(basename(folder), {
      cache_dir: dirname(folder),
      local_files_only: true,
    });
    return new WrappedTokenizer(tokenizer, spec, await readMaxTokens(folder));
  } catch (cause) {
    throw new PilcrowError('model-damaged', `the tokenizer in ${folder} cannot be read`, 'remove the folder or fetch the model again', { cause });
  }
}

class WrappedTokenizer implements Encoder {
  readonly #prefixes: Record<EmbeddedText, string>;
  /** The special tokens that the model has before and after every text. */
  readonly #before: readonly number[];
  readonly #after: readonly number[];
  /** Null for a tokenizer that does not read each word by itself. */
  readonly #words: WordPieces | null;

  constructor(
    private readonly tokenizer: PreTrainedTokenizer,
    spec: ModelSpec,
    readonly maxTokens: number,
  ) {
    this.#prefixes = { query: spec.queryPrefix, passage: spec.passagePrefix };
    const empty = tokenizer.encode('');
    const word = tokenizer.encode('a');
    const first = empty.findIndex((id, i) => id !== word[i]);
    this.#before = first < 0 ? empty : empty.slice(0, first);
    this.#after = empty.slice(this.#before.length);
    this.#words = WordPieces.of(tokenizer);
  }

  encode(text: string, kind: EmbeddedText): number[] {
    return this.#whole(this.#prefixes[kind] + text);
  }

  encodePassage({ context, sentences }: PassageText): { ids: number[]; ranges: TokenRange[] } {
    const ids = [...this.#before, ...this.#piece(this.#prefixes.passage + context)];
    const ranges = sentences.map((sentence) => {
      const start = ids.length;
      ids.push(...this.#piece(sentence));
      return { start, end: ids.length };
    });
    ids.push(...this.#after);
    return { ids, ranges };
  }

  countTokens(text: string, kind: EmbeddedText = 'passage'): number {
    return this.encode(text, kind).length;
  }

  countUnknown(text: string): number {
    const unknown = this.tokenizer.model.unk_token_id as number | undefined;
    return this.#whole(text).filter((id) => id === unknown).length;
  }

  familiarity(text: string): number {
    const words = text.match(WORD) ?? [];
    if (words.length === 0) return 1;
    const pieces = this.#piece(words.join(' '));
    const unknown = this.tokenizer.model.unk_token_id as number | undefined;
    const known = pieces.filter((id) => id !== unknown).length / Math.max(1, pieces.length);
    return known / Math.max(1, pieces.length / words.length / USUAL_PIECES);
  }

  #whole(text: string): number[] {
    if (this.#words === null) return this.tokenizer.encode(text);
    return [...this.#before, ...this.#words.tokens(text), ...this.#after];
  }

  #piece(text: string): number[] {
    if (text === '') return [];
    return this.#words?.tokens(text) ?? this.tokenizer.encode(text, null, { add_special_tokens: false });
  }
}

async function readMaxTokens(folder: string): Promise<number> {
  const config = configSchema.parse(await readJson(join(folder, 'config.json')));
  const tokenizerConfig = tokenizerConfigSchema.parse(await readJson(join(folder, 'tokenizer_config.json')));
  let positions = config.max_position_embeddings ?? COMMON_MAX_TOKENS;
  if (OFFSET_POSITIONS.has(config.model_type ?? '')) positions -= (config.pad_token_id ?? 1) + 1;
  return Math.min(positions, tokenizerConfig.model_max_length ?? positions);
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}

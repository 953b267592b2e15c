import type { PreTrainedTokenizer } from '@xenova/transformers';

/** Words remembered that are not plain ASCII: some 3 MB. */
const MOST_WORDS = 20_000;
/** Longer ones are rarely words, and rarely seen twice. */
const LONGEST = 32;
/**
 * Parts words for certain. Of other white space the normaliser drops some (U+FEFF, form feeds), which joins what is
 * around it: that stays in the word, and the tokenizer sees to it.
 */
const SPACE = /[ \t\n\r]+/;
/** Words that need no normalising but for their case, and hold no added token: these are in brackets. */
const PLAIN = /^[!-Z\\^-~]+$/;
/** What BERT's pre-tokenizer makes of a plain word in lower case: runs of letters and digits, and each other character. */
const PARTS = /[0-9a-z]+|[^0-9a-z]/g;

/** What is read of a tokenizer; transformers.js declares little of it. */
interface Insides {
  model: { config?: { type?: string; continuing_subword_prefix?: string; max_input_chars_per_word?: number }; fuse_unk?: boolean; tokens_to_ids: ReadonlyMap<string, number>; unk_token_id?: number };
  normalizer: { config?: { type?: string; lowercase?: boolean } } | null;
  pre_tokenizer: { pattern?: RegExp } | null;
  added_tokens: { content: string }[];
  remove_space?: boolean;
}

/**
 * Reads text word by word, for a WordPiece tokenizer with BERT's rules (Devlin et al. 2019), which looks at each word by
 * itself. Plain words are cut here, others by the tokenizer, which is asked once for each: transformers.js goes over every
 * character of every text half a dozen times.
 */
export class WordPieces {
  private readonly known = new Map<string, readonly number[]>();
  private readonly ids: ReadonlyMap<string, number>;
  private readonly unknown: number;
  private readonly prefix: string;
  private readonly longest: number;

  private constructor(
    private readonly tokenizer: PreTrainedTokenizer,
    { tokens_to_ids, unk_token_id, config }: Insides['model'],
  ) {
    this.ids = tokens_to_ids;
    this.unknown = unk_token_id ?? 0;
    this.prefix = config?.continuing_subword_prefix ?? '##';
    this.longest = config?.max_input_chars_per_word ?? 100;
  }

  /** @returns null for a tokenizer that follows other rules */
  static of(tokenizer: PreTrainedTokenizer): WordPieces | null {
    const insides = tokenizer as unknown as Insides;
    return readsWordsAlone(insides) ? new WordPieces(tokenizer, insides.model) : null;
  }

  /** @returns the tokens' numbers without special ones: those that the tokenizer gives for the whole text */
  tokens(text: string): number[] {
    const ids: number[] = [];
    for (const word of text.split(SPACE)) {
      if (PLAIN.test(word)) for (const part of word.toLowerCase().match(PARTS) ?? []) this.cut(part, ids);
      else if (word !== '') for (const id of this.known.get(word) ?? this.ask(word)) ids.push(id);
    }
    return ids;
  }

  /** Adds the longest pieces that the vocabulary has, from the left; a word that has a part without any is unknown as a whole. */
  private cut(word: string, ids: number[]): void {
    const whole = word.length > this.longest ? this.unknown : this.ids.get(word);
    if (whole !== undefined) {
      ids.push(whole);
      return;
    }
    const before = ids.length;
    let start = 0;
    let end = word.length - 1;
    while (start < word.length) {
      if (end === start) {
        ids.length = before;
        ids.push(this.unknown);
        return;
      }
      const id = this.ids.get(start === 0 ? word.slice(0, end) : this.prefix + word.slice(start, end));
      if (id === undefined) {
        end--;
        continue;
      }
      ids.push(id);
      start = end;
      end = word.length;
    }
  }

  private ask(word: string): readonly number[] {
    const ids = this.tokenizer.encode(word, null, { add_special_tokens: false });
    if (word.length > LONGEST) return ids;
    // Begun anew rather than the oldest forgotten: what is frequent is soon back, and nothing is to be kept in order.
    if (this.known.size >= MOST_WORDS) this.known.clear();
    this.known.set(word, ids);
    return ids;
  }
}

function readsWordsAlone({ model, normalizer, pre_tokenizer, added_tokens, remove_space }: Insides): boolean {
  return (
    model.config?.type === 'WordPiece' &&
    model.fuse_unk !== true &&
    normalizer?.config?.type === 'BertNormalizer' &&
    normalizer.config.lowercase === true &&
    // Runs of what is neither white space nor punctuation, and each punctuation mark.
    /^\[\^\\s(.+)\]\+\|\[\1\]$/.test(pre_tokenizer?.pattern?.source ?? '') &&
    remove_space !== true &&
    added_tokens.every(({ content }) => !SPACE.test(content) && !PLAIN.test(content))
  );
}

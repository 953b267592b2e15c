/**
 * The catalogue of everything that can go wrong, in one place: each code is stable (people script
 * against it, and the API repeats it), and its kind says whose move it is. What a kind means for an
 * exit code or an HTTP status is decided by whoever shows the error.
 */
const CATALOGUE = {
  // asked for something that cannot be asked for
  'usage': 'usage',
  'query-empty': 'usage',
  'query-too-long': 'usage',
  'k-out-of-range': 'usage',
  'mode-unknown': 'usage',
  'filter-invalid': 'usage',
  'config-invalid': 'usage',
  // asked for something that is not there
  'source-not-found': 'missing',
  'article-not-found': 'missing',
  'passage-not-found': 'missing',
  'generation-not-found': 'missing',
  'question-not-found': 'missing',
  'region-not-found': 'missing',
  // articles that cannot be read
  'source-unreadable': 'input',
  'format-unknown': 'input',
  'file-empty': 'input',
  'file-binary': 'input',
  'file-not-utf8': 'input',
  'file-too-large': 'input',
  'file-damaged': 'input',
  'file-encrypted': 'input',
  'limit-exceeded': 'input',
  'not-articles': 'input',
  'reading-timeout': 'input',
  'reading-ended': 'input',
  'front-matter-invalid': 'input',
  'article-without-text': 'input',
  'text-too-long': 'input',
  'nothing-to-index': 'input',
  'questions-invalid': 'input',
  // addresses that cannot be fetched
  'fetch-failed': 'input',
  'fetch-forbidden': 'input',
  // data sets for evaluation
  'dataset-not-found': 'missing',
  'dataset-invalid': 'input',
  // the index
  'index-missing': 'unavailable',
  'index-damaged': 'unavailable',
  'index-format': 'unavailable',
  'index-model': 'unavailable',
  'index-unwritable': 'failed',
  'index-busy': 'failed',
  'guard-refused': 'failed',
  'strict-refused': 'failed',
  // the model
  'model-not-found': 'failed',
  'model-damaged': 'failed',
  'model-cache-unwritable': 'failed',
  'embedding-failed': 'failed',
  'interrupted': 'interrupted',
  'internal': 'failed',
} as const;

export type ErrorCode = keyof typeof CATALOGUE;

/**
 * - `usage`: the request itself is wrong; the same request will always fail.
 * - `missing`: what was named does not exist.
 * - `input`: an article could not be read.
 * - `unavailable`: there is no usable index yet.
 * - `failed`: the machine or the program failed.
 * - `interrupted`: the user stopped it.
 */
export type ErrorKind = (typeof CATALOGUE)[ErrorCode];

/** An error that a person will read. */
export class PilcrowError extends Error {
  override readonly name = 'PilcrowError';
  /** What to do about it, or null where there is nothing to do. */
  readonly hint: string | null;

  /**
   * @param code stable identifier from the catalogue
   * @param message what was wrong with what: one line, no full stop at the end
   * @param hint what to do about it: one line, or null where there is nothing to do
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    hint: string | null = null,
    options: { cause?: unknown } = {},
  ) {
    super(printableLine(message), options);
    this.hint = hint === null ? null : printableLine(hint);
  }

  get kind(): ErrorKind {
    return CATALOGUE[this.code];
  }

  /** Message and hint as the one line that people see. */
  get line(): string {
    return this.hint === null ? this.message : `${this.message}: ${this.hint}`;
  }
}

/**
 * Names of files and what articles say may hold line breaks, terminal controls and marks that turn the
 * direction of what follows; an error stays one line all the same.
 */
function printableLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}

/** Wraps whatever was thrown, keeping it as the cause. */
export function asPilcrowError(thrown: unknown): PilcrowError {
  if (thrown instanceof PilcrowError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new PilcrowError('internal', message.split('\n', 1)[0] ?? 'unknown error', null, { cause: thrown });
}

/** A PilcrowError as plain data: class and getters do not survive the way between processes. */
export interface PackedError {
  code: ErrorCode;
  message: string;
  hint: string | null;
  stack: string | undefined;
}

export function packError(thrown: unknown): PackedError {
  const { code, message, hint, stack, cause } = asPilcrowError(thrown);
  return { code, message, hint, stack: cause instanceof Error ? `${stack}\nCaused by: ${cause.stack}` : stack };
}

/** The stack in the other process becomes the cause. */
export function unpackError({ code, message, hint, stack }: PackedError): PilcrowError {
  return new PilcrowError(code, message, hint, { cause: stack });
}

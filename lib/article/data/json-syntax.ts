const SPACE = /[ \t\n\r]*/y;
const PLAIN_CHARACTERS = /[^"\\\u0000-\u001F]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-f]{4})/iy;
const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

/** What may come next. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or end' | 'nothing';

/**
 * Where text stops being JSON (RFC 8259), which JSON.parse tells only sometimes. Linear, and not recursive.
 *
 * @returns UTF-16 offset, that of the end where the text ends too early, or null where it is JSON
 */
export function syntaxErrorAt(text: string): number | null {
  const closers: ('}' | ']')[] = [];
  let at = 0;
  let expected: Expected = 'value';
  const afterValue = (): Expected => (closers.length === 0 ? 'nothing' : 'comma or end');
  for (;;) {
    at = endOf(SPACE, text, at) ?? at;
    const character = text[at];
    if (character === undefined) return expected === 'nothing' ? null : at;
    if (expected === 'nothing') return at;
    const wantsKey = expected.startsWith('key');
    if (character === closers.at(-1) && (expected === 'comma or end' || expected === 'value or ]' || expected === 'key or }')) {
      closers.pop();
      at++;
      expected = afterValue();
    } else if (expected === 'comma or end') {
      if (character !== ',') return at;
      at++;
      expected = closers.at(-1) === '}' ? 'key' : 'value';
    } else if (expected === 'colon') {
      if (character !== ':') return at;
      at++;
      expected = 'value';
    } else if (character === '"') {
      const end = stringEnd(text, at);
      if (!end.closed) return end.at;
      at = end.at;
      expected = wantsKey ? 'colon' : afterValue();
    } else if (wantsKey) return at;
    else if (character === '{' || character === '[') {
      closers.push(character === '{' ? '}' : ']');
      at++;
      expected = character === '{' ? 'key or }' : 'value or ]';
    } else {
      const end = endOf(SCALAR, text, at);
      if (end === null) return at;
      at = end;
      expected = afterValue();
    }
  }
}

/** Behind the closing quote of the string that begins there, or where it stops being one. */
function stringEnd(text: string, start: number): { at: number; closed: boolean } {
  let at = start + 1;
  for (;;) {
    at = endOf(PLAIN_CHARACTERS, text, at) ?? at;
    if (text[at] === '"') return { at: at + 1, closed: true };
    const escaped = endOf(ESCAPE, text, at);
    if (escaped === null) return { at, closed: false };
    at = escaped;
  }
}

function endOf(pattern: RegExp, text: string, start: number): number | null {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : null;
}

/** A value and the line it stands in, from 1. */
export interface TomlEntry {
  key: string;
  line: number;
  /** A string, a list of them, or what is written bare (dates, numbers); null for anything else. */
  value: string | (string | null)[] | null;
}

const KEY = /[ \t]*([\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*=[ \t]*/y;
/** Between the values of a list: blanks, line ends, comments and the comma. */
const BETWEEN = /(?:[\s,]|#[^\n]*(?:\n|$))*/y;
/** A list that is never closed ends at the next key. */
const BARE = /[^\s,\]#[{}"'=][^\n,\]#[{}"'=]*/y;
const STRINGS: readonly { pattern: RegExp; text: (inner: string) => string | null }[] = [
  { pattern: /"""\n?([^]*?)"""(?!")/y, text: (inner) => unescaped(inner.replace(/\\[ \t]*\n\s*/g, '')) },
  { pattern: /'''\n?([^]*?)'''(?!')/y, text: (inner) => inner },
  { pattern: /"((?:[^"\\\n]|\\.)*)"/y, text: unescaped },
  { pattern: /'([^'\n]*)'/y, text: (inner) => inner },
];
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001b', '"': '"', '\\': '\\' };

/**
 * The entries of a TOML document (v1.0) above its first table: strings, lists of strings, and dates and numbers as
 * they are written. That is what front matter describes an article with; all else in it is left alone.
 */
export function tomlEntries(toml: string): TomlEntry[] {
  const entries: TomlEntry[] = [];
  let line = 1;
  for (let at = 0; at < toml.length;) {
    if (/^[ \t]*\[/.test(toml.slice(at, at + 1_000))) break;
    const key = matchAt(KEY, toml, at);
    const found = key === null ? null : valueAt(toml, at + key[0].length);
    if (key?.[1] !== undefined) entries.push({ key: key[1].replace(/^["']|["']$/g, ''), line, value: found?.value ?? null });
    // The rest of the line is a comment, or a value of a kind that nothing here is.
    const end = toml.indexOf('\n', Math.max(at, found?.end ?? at));
    const next = end === -1 ? toml.length : end + 1;
    for (let i = at; i < next; i++) if (toml[i] === '\n') line++;
    at = next;
  }
  return entries;
}

function valueAt(toml: string, at: number): { value: TomlEntry['value']; end: number } | null {
  if (toml[at] !== '[') return scalarAt(toml, at);
  const values: (string | null)[] = [];
  for (let place = after(BETWEEN, toml, at + 1); place < toml.length;) {
    if (toml[place] === ']') return { value: values, end: place + 1 };
    const scalar = scalarAt(toml, place);
    if (scalar === null) return null;
    values.push(scalar.value);
    place = after(BETWEEN, toml, scalar.end);
  }
  return null;
}

function scalarAt(toml: string, at: number): { value: string | null; end: number } | null {
  for (const { pattern, text } of STRINGS) {
    const found = matchAt(pattern, toml, at);
    if (found !== null) return { value: text(found[1] ?? ''), end: at + found[0].length };
  }
  const bare = matchAt(BARE, toml, at)?.[0];
  return bare === undefined ? null : { value: bare.trim(), end: at + bare.length };
}

/** @returns null for an escape that TOML does not have */
function unescaped(inner: string): string | null {
  if (/^(?:[^\\]|\\(?:u[\da-f]{4}|U[\da-f]{8}|[btnfre"\\]))*$/i.test(inner)) {
    return inner.replace(/\\(?:u([\da-f]{4})|U([\da-f]{8})|(.))/gi, (_, short: string | undefined, long: string | undefined, sign: string | undefined) => {
      if (sign !== undefined) return ESCAPES[sign] ?? sign;
      const code = parseInt(short ?? long ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    });
  }
  return null;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function after(pattern: RegExp, text: string, at: number): number {
  return at + (matchAt(pattern, text, at)?.[0].length ?? 0);
}

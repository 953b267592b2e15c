/** Scripts that are told apart; the rest is `Other`. Runs, since there are fewer of them than letters. */
const SCRIPTS = {
  Latin: /\p{Script=Latin}+/gu,
  Cyrillic: /\p{Script=Cyrillic}+/gu,
  Greek: /\p{Script=Greek}+/gu,
  Hebrew: /\p{Script=Hebrew}+/gu,
  Arabic: /\p{Script=Arabic}+/gu,
  Thai: /\p{Script=Thai}+/gu,
  Hangul: /\p{Script=Hangul}+/gu,
  Kana: /[\p{Script=Hiragana}\p{Script=Katakana}]+/gu,
  Han: /\p{Script=Han}+/gu,
} as const;
/** Nothing but Latin letters, signs and punctuation. */
const ONLY_LATIN = /^[\u0000-\u024F\u1E00-\u1EFF\u2000-\u2BFF]*$/;

export type Script = keyof typeof SCRIPTS | 'Other';

/** An ideograph or a syllable says as much as so many letters. */
const LETTERS_A_SYLLABLE = 3;
/** Of Japanese a third to two thirds is kana; Chinese that names something Japanese has a few. */
const KANA_SHARE = 0.1;
/** Share of the letters below which a text is in several scripts. */
const DOMINANT_SHARE = 0.6;

/** Frequent characters that only one of the two ways to write Chinese has. */
const SIMPLIFIED = /[们这为来国说时会对过里后发没还学样开见经头从动两长与关点问现间无总给机电话车书门进让种应东业实华产义区图气师处战权军济党际议员选举万岁双变难转运报]/g;
const TRADITIONAL = /[們這為來國說時會對過裡後發沒還學樣開見經頭從動兩長與關點問現間無總給機電話車書門進讓種應東業實華產義區圖氣師處戰權軍濟黨際議員選舉萬歲雙變難轉運報]/g;

/** The script that most of a text is in, its share, and how many letters the text has. Japanese is `Kana`, its ideographs included. */
export function dominantScript(text: string): { script: Script | null; share: number; letters: number } {
  const all = lengthOf(text, /\p{L}+/gu);
  if (ONLY_LATIN.test(text)) return { script: all === 0 ? null : 'Latin', share: 1, letters: all };
  const counts = new Map<Script, number>(
    (Object.keys(SCRIPTS) as (keyof typeof SCRIPTS)[]).map((script) => [script, lengthOf(text, SCRIPTS[script])]),
  );
  const of = (script: Script): number => counts.get(script) ?? 0;
  const known = [...counts.values()].reduce((sum, count) => sum + count, 0);
  counts.set('Other', Math.max(0, all - known));
  const [kana, han] = [of('Kana'), of('Han')];
  const japanese = kana > KANA_SHARE * (kana + han);
  counts.set('Kana', (japanese ? kana + han : 0) * LETTERS_A_SYLLABLE);
  counts.set('Han', (japanese ? 0 : han) * LETTERS_A_SYLLABLE);
  counts.set('Hangul', of('Hangul') * LETTERS_A_SYLLABLE);
  const letters = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [script, most] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  const share = letters === 0 ? 0 : most / letters;
  return { script: share >= DOMINANT_SHARE ? script : null, share, letters };
}

function lengthOf(text: string, runs: RegExp): number {
  return (text.match(runs) ?? []).reduce((sum, run) => sum + run.length, 0);
}

/** The way a text in Chinese is written: `zh` where it has nothing that only one of them has. */
export function chineseScript(text: string): 'zh-Hans' | 'zh-Hant' | 'zh' {
  const [simplified, traditional] = [text.match(SIMPLIFIED)?.length ?? 0, text.match(TRADITIONAL)?.length ?? 0];
  if (simplified === traditional) return 'zh';
  return simplified > traditional ? 'zh-Hans' : 'zh-Hant';
}

/** Bytes that are weighed. */
const SAMPLE_BYTES = 65_536;
/** Least share of frequent characters: text has 0.3 and more, the wrong encoding next to none. */
const FREQUENT_SHARE = 0.12;
/** Fewest of them. */
const FEWEST = 6;

const CHINESE = characters(
  '的一是不了在人有我他上大中到地和子你出也时年要就下以生会自之去过家学可她里后小天多能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长' +
  '這個們來為國說時會對過裡後發沒還學樣開見經頭從動兩長與關點們現問間無總給機電話車書門',
);
const KOREAN = characters('이다는의에을가고은를하지한로도기리사서어아자그나시으해인들여니라수만일대있게것과정');

/** By encoding, whether a character is one of those that text in its language has at every turn. */
const FREQUENT: Readonly<Record<string, (character: string) => boolean>> = {
  'shift_jis': isHiragana,
  'euc-jp': isHiragana,
  'euc-kr': (character) => KOREAN.has(character),
  'gb18030': (character) => CHINESE.has(character),
  'big5': (character) => CHINESE.has(character),
};

/** The encoding of two bytes a character in which this is Japanese, Korean or Chinese beyond doubt. */
export function detectEastAsian(bytes: Uint8Array): string | null {
  const shares = Object.entries(FREQUENT)
    .map(([encoding, isFrequent]) => ({ encoding, share: frequentShare(bytes, encoding, isFrequent) }))
    .sort((a, b) => b.share - a.share);
  const [best, second] = shares;
  return best !== undefined && best.share >= FREQUENT_SHARE && best.share >= 2 * (second?.share ?? 0) ? best.encoding : null;
}

function frequentShare(bytes: Uint8Array, encoding: string, isFrequent: (character: string) => boolean): number {
  let text: string;
  try {
    // the sample may end within a character
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, SAMPLE_BYTES), { stream: true });
  } catch {
    return 0;
  }
  const wide = text.match(/[^\u0000-\u007F]/gu) ?? [];
  const frequent = wide.filter(isFrequent).length;
  return frequent < FEWEST ? 0 : frequent / wide.length;
}

function isHiragana(character: string): boolean {
  return character >= '\u3041' && character <= '\u3096';
}

function characters(text: string): ReadonlySet<string> {
  return new Set(text);
}

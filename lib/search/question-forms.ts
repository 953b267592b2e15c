/** `asked` stands in a text; the others are made of a statement that answers them. */
export type QuestionKind = 'asked' | 'why' | 'what-is' | 'what-does' | 'who' | 'where';

export interface FormedQuestion {
  text: string;
  kind: QuestionKind;
}

const LENGTH = { least: 4, most: 16 };
/** Two lines of a page: sixteen words may be of any length. */
const MOST_CHARACTERS = 140;
/** Of scripts without spaces, in characters. */
const UNSPACED_LENGTH = { least: 7, most: 40 };
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Words that refer to what was said before, or that only somebody who is present can mean. */
const REFERS_BACK = /\b(?:he|him|his|she|her|hers|it|its|they|them|their|theirs|this|that|these|those|i|me|my|mine|us|our|ours|here|there|then|else|latter|former|same|such|other|another|so)\b/iu;
const REFERS_BACK_ELSEWHERE = /^(?:それ|これ|あれ|その|この|あの|そんな|では|彼|彼女|他|她|它|这|那|這|هو|هي|هم|هذا|هذه|ذلك|تلك)/u;
/** "it" that stands for nothing. */
const EMPTY_IT = /\b(?:does|did|would|will|is|was) it (?=(?:cost|take|mean|feel|possible|safe|legal|true)\b)/giu;
const GOES_ON = /^(?:and|but|or|so|yet|well|what about|how about|then|also)\b/iu;

export function isEnglish(language: string | null): boolean {
  return language === null || /^en(?:-|$)/i.test(language);
}

/** @returns a sentence or heading that is a question and can be asked by itself, else null */
export function questionIn(sentence: string): FormedQuestion | null {
  const text = sentence.trim();
  if (!/[?？؟]$/u.test(text) || /["“”„«»「」『』:;…›]/u.test(text) || !/^[\p{Lu}\p{Lo}¿]/u.test(text)) return null;
  return standsAlone(text) && hasLength(text) ? { text, kind: 'asked' } : null;
}

/** Whether a line says what it is about. */
export function standsAlone(text: string): boolean {
  return !REFERS_BACK.test(text.replace(EMPTY_IT, '')) && !REFERS_BACK_ELSEWHERE.test(text) && !GOES_ON.test(text);
}

/** Whether a text has no spaces between its words. */
export function isUnspaced(text: string): boolean {
  return UNSPACED.test(text);
}

function hasLength(text: string): boolean {
  if (isUnspaced(text)) return text.length >= UNSPACED_LENGTH.least && text.length <= UNSPACED_LENGTH.most;
  const words = text.split(/\s+/).length;
  return words >= LENGTH.least && isShort(text, words);
}

function isShort(text: string, words: number): boolean {
  return words <= LENGTH.most && text.length <= MOST_CHARACTERS;
}

/** A name or a kind of thing; "the" is left out on purpose: what it names was named before. */
const KIND = String.raw`An? (?!(?:similar|different|common|typical|good|better|new|further|simple|second|third|first|key|major|main|related|variant|number|lot|few|recent|famous|notable|possible|particular|more|less|great|long|small|large|big|little)\b)(?:[\p{Ll}-]+|\p{Lu}\p{Ll}+ese|\p{Lu}\p{Ll}+an)(?: [\p{Ll}-]+){0,2}`;
const NAME = String.raw`\p{Lu}[\p{Ll}'’-]+(?: (?:de|del|di|van|von|la|le|\p{Lu}\.))?(?: \p{Lu}[\p{L}'’-]+){1,2}`;
const PERSON = /^(?:\S+ ){0,4}?(?:[\p{Ll}-]+(?:ist|ician|ian|grapher|wright|monger)|man|woman|monk|nun|king|queen|emperor|bishop|poet|painter|writer|author|engineer|teacher|farmer|lawyer|sailor|soldier|clerk|doctor|merchant|banker|baker|builder|surgeon|inventor|explorer|architect|composer|singer|player|plasterer|philosopher|president|minister|son|daughter|widow|wife)\b/u;

/**
 * Sentences that answer a question, and how it is made of them. What may be repeated is always parted by something
 * that it cannot be itself: a word of sixty letters else takes longer to be refused than anybody waits.
 */
const FORMS: { kind: QuestionKind; of: RegExp; made: (groups: string[]) => string | null }[] = [
  // You cannot tax incomes, because …
  {
    kind: 'why',
    of: new RegExp(String.raw`^(You|We|${KIND}|${NAME}|(?:Most|Many|Some|All|Old|New|Young) [\p{Ll}-]+) (is|are|was|were|can|cannot|can't|could|should|must|has to) ([^\s,;:—.]+(?: [^\s,;:—.]+){0,7}),? because `, 'u'),
    made: ([subject = '', verb = '', rest = '']) => `Why ${verb === 'cannot' ? 'can’t' : verb} ${lowered(subject)} ${rest}?`,
  },
  // A heat pump is a refrigerator seen from behind.
  { kind: 'what-is', of: new RegExp(`^(${KIND}) is (?:an? |the |any |what )`, 'u'), made: ([subject = '']) => `What is ${lowered(subject)}?` },
  // Geology is the study of …
  { kind: 'what-is', of: /^(\p{Lu}\p{Ll}+(?: \p{Ll}+){0,2}) is (?:an? |the )(?:\p{Ll}+ )?(?:study|branch|process|practice|theory|science|field|form|kind|type|measure|method|technique|property|disease|element|religion|language)\b/u, made: ([subject = '']) => `What is ${subject.includes(' ') ? uncapitalised(subject) : subject}?` },
  // What worries engineers is less the trip than …
  {
    kind: 'what-does',
    of: /^What (\p{Ll}+(?:ed|[^s]s)) ((?:[^\s,;:—.]+ ){1,7}?)(?:is|was) (?:not |less |the |an? |[\p{Ll}]+)/u,
    made: ([verb = '', rest = '']) => (/^(?:is|was|has|does|happened|followed|counts|matters)$/.test(verb) || /\bthe\b/.test(rest) ? null : `What ${verb} ${rest.trim()}?`),
  },
  // Moritz Schreber was a Leipzig physician …
  {
    kind: 'who',
    of: new RegExp(`^(${NAME}) (is|was) (?:an? |the )(.{1,60})`, 'u'),
    made: ([name = '', verb = '', what = '']) => (PERSON.test(what) ? `Who ${verb} ${name}?` : null),
  },
  // The great lens was made in Paris in 1887
  {
    kind: 'where',
    of: /^(The (?:[\p{Ll}-]+ ){1,2}?[\p{Ll}-]+) (was|were) (made|built|found|invented|discovered|born|founded|opened|printed|cast|tested|signed) in \p{Lu}/u,
    made: ([subject = '', verb = '', done = '']) => `Where ${verb} ${lowered(subject)} ${done}?`,
  },
];

/** @returns what an English sentence answers, where its form says so, else null */
export function questionMadeOf(sentence: string): FormedQuestion | null {
  for (const { kind, of, made } of FORMS) {
    const groups = of.exec(sentence);
    const text = groups === null ? null : made(groups.slice(1));
    if (text !== null && standsAlone(text) && isShort(text, text.split(' ').length)) return { text, kind };
  }
  return null;
}

/** Only what is certainly no name. */
function lowered(subject: string): string {
  return /^(?:You|We|An?|The|Most|Many|Some|All|Old|New|Young) ?/.test(subject) ? uncapitalised(subject) : subject;
}

function uncapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

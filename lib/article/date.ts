/** January to December, with what English and German, French, Spanish, Italian, Portuguese and Dutch feeds shorten them to. */
const MONTHS = [
  'january jan januar janvier janv enero ene gennaio gen janeiro januari',
  'february feb februar février févr fev fév febrero febbraio fevereiro februari',
  'march mar märz mär mars marzo março maart mrt',
  'april apr avril avr abril abr aprile',
  'may mai mayo maggio mag maio mei',
  'june jun juni juin junio giugno giu junho',
  'july jul juli juillet juil julio luglio lug julho',
  'august aug août agosto ago augustus',
  'september sept sep septembre septiembre settembre sett set setembro',
  'october oct oktober okt octobre octubre ottobre ott outubro out',
  'november nov novembre noviembre novembro',
  'december dec dezember dez décembre déc diciembre dic dicembre dezembro',
].map((names) => names.split(' '));
const MONTH_OF: ReadonlyMap<string, number> = new Map(MONTHS.flatMap((names, i) => names.map((name) => [name, i + 1] as const)));
const MONTH_NAME = '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const ANY_MONTH_NAME = `(${[...MONTH_OF.keys()].join('|')})\\.?`;

/** Zones that are written by name: those of RFC 822, and what feeds of other countries use. */
const NAMED_ZONES: Readonly<Record<string, string>> = {
  z: 'Z', ut: 'Z', utc: 'Z', gmt: 'Z', wet: 'Z',
  est: '-05:00', edt: '-04:00', cst: '-06:00', cdt: '-05:00', mst: '-07:00', mdt: '-06:00', pst: '-08:00', pdt: '-07:00',
  bst: '+01:00', cet: '+01:00', west: '+01:00', cest: '+02:00', eet: '+02:00', eest: '+03:00', msk: '+03:00', jst: '+09:00', kst: '+09:00',
  aest: '+10:00', aedt: '+11:00', nzst: '+12:00', nzdt: '+13:00',
};
const ZONE = `((?:utc|gmt)?[+-]\\d{1,2}(?::?\\d{2})?|${Object.keys(NAMED_ZONES).join('|')})?`;
const TIME = `[t,]?\\s*(?:at\\s+)?(\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?)\\s*${ZONE}`;

/** Longer than any date, and short enough for any pattern. */
const MAX_CHARACTERS = 100;

interface Day {
  year: string | undefined;
  month: string | undefined;
  day: string | undefined;
}

/** Each form with the place of its parts; the last two groups are always time and zone. */
const FORMS: readonly { pattern: RegExp; order: (a?: string, b?: string, c?: string) => Day }[] = [
  { pattern: form('(\\d{4})-(\\d{1,2})-(\\d{1,2})'), order: (year, month, day) => ({ year, month, day }) },
  { pattern: form('(\\d{4})([01]\\d)([0-3]\\d)'), order: (year, month, day) => ({ year, month, day }) },
  { pattern: form('(\\d{4})[/.](\\d{1,2})[/.](\\d{1,2})'), order: (year, month, day) => ({ year, month, day }) },
  { pattern: form('(\\d{1,2})\\.\\s?(\\d{1,2})\\.\\s?(\\d{4})'), order: (day, month, year) => ({ year, month, day }) },
  { pattern: form('(\\d{1,2})[/-](\\d{1,2})[/-](\\d{4})'), order: slashed },
  { pattern: form(`(\\d{1,2})(?:st|nd|rd|th|\\.)?[\\s-]+(?:of\\s+)?${MONTH_NAME},?[\\s-]+(\\d{4})`), order: (day, month, year) => ({ year, month, day }) },
  // dates of mail and feeds always have a time; their years may have two digits, their months another language
  { pattern: form(`(\\d{1,2})\\s+${ANY_MONTH_NAME}\\s+(\\d{4}|\\d{2})`, TIME), order: (day, month, year) => ({ year: century(year), month, day }) },
  { pattern: form(`${MONTH_NAME}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})`), order: (month, day, year) => ({ year, month, day }) },
];

/**
 * A written date as ISO 8601: `2021-03-04`, with a time `2021-03-04T10:00:00+01:00`; a year or a year and
 * month alone stay as they are (`2021`, `2021-03`). Takes ISO, RFC 822 and 2822, `4 March 2021`, `March 4, 2021`,
 * `2021/03/04`, `4.3.2021`, and `25/03/2021` where only one of the numbers can be a month.
 * With a time, the month may be named in a few other languages: feeds do that, against their standard.
 *
 * @returns null for anything else, days that do not exist and ambiguous dates included
 */
export function isoDate(written: string): string | null {
  if (written.length > MAX_CHARACTERS) return null;
  const text = written.trim().toLowerCase().replace(/^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|\p{L}{2,13}\.?(?=,)),?\s+/u, '').replace(/(?<=:\d\d.{0,20}?)\s*\([^()]*\)$/, '');
  if (/^[12]\d{3}(?:-(?:0[1-9]|1[0-2]))?$/.test(text)) return text;
  for (const { pattern, order } of FORMS) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const day = isoDay(order(found[1], found[2], found[3]));
    const time = isoTime(found[4], found[5]);
    return day === null || time === null ? null : day + time;
  }
  return null;
}

function form(day: string, time = `(?:${TIME})?`): RegExp {
  return new RegExp(`^${day}${time}$`);
}

/** As RFC 2822 (4.3) reads years of two digits. */
function century(year = ''): string {
  if (year.length > 2) return year;
  return `${Number(year) < 50 ? 20 : 19}${year}`;
}

/** Day or month first? Only a number above 12 tells. */
function slashed(a = '', b = '', year = ''): Day {
  if (Number(a) > 12) return { year, month: b, day: a };
  if (Number(b) > 12 || a === b) return { year, month: a, day: b };
  return { year: undefined, month: undefined, day: undefined };
}

function isoDay({ year, month, day }: Day): string | null {
  if (year === undefined || month === undefined || day === undefined) return null;
  const iso = [year, String(MONTH_OF.get(month) ?? month), day].map((part) => part.padStart(2, '0')).join('-');
  const time = Date.parse(`${iso}T00:00:00Z`);
  // Date takes 30 February for 2 March
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso) ? iso : null;
}

function isoTime(time: string | undefined, zone: string | undefined): string | null {
  if (time === undefined) return '';
  const [hours = '', minutes = '', seconds = '00'] = time.replace(',', '.').split(':');
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) >= 60) return null;
  return `T${hours.padStart(2, '0')}:${minutes}:${seconds}${isoZone(zone)}`;
}

function isoZone(zone: string | undefined): string {
  if (zone === undefined) return '';
  const named = NAMED_ZONES[zone];
  if (named !== undefined) return named;
  const [, sign = '', hours = '', minutes = '00'] = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? [];
  // RFC 2822 (3.3): a time in UTC of which nobody knows where it was
  if (sign === '-' && Number(hours + minutes) === 0) return 'Z';
  return `${sign}${hours.padStart(2, '0')}:${minutes}`;
}

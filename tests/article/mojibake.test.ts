import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeAs } from '../../lib/article/text/encoding';
import { repairMojibake } from '../../lib/article/text/mojibake';
import { PROSE } from './prose';

const TEXTS = Object.values(PROSE).flatMap(({ short, long }) => [short, long, ...long.split(/(?<=[.!?。]) ?/)]);

const asWindows1252 = (text: string): string => decodeAs(Buffer.from(text), 'windows-1252');
const asLatin1 = (text: string): string => Buffer.from(text).toString('latin1');

describe('repairMojibake', () => {
  test.each([
    ['Le cafÃ© est fermÃ©', 'Le café est fermé'],
    ['I donâ€™t know', 'I don’t know'],
    ['â€œNo,â€\u009d he said â€“ and left for â‚¬5', '“No,” he said – and left for €5'],
    ['FÃ¼r Ã–sterreich', 'Für Österreich'],
    ['ÐŸÑ€Ð¸Ð²ÐµÑ‚', 'Привет'],
    ['Le cafÃƒÂ© est fermÃƒÂ©', 'Le café est fermé'],
  ])('%s', (broken, whole) => expect(repairMojibake(broken)).toBe(whole));

  test.each([
    'SÃO PAULO É A MAIOR CIDADE',
    '“AMANHÔ, DISSE O IRMÃO',
    'AMANHÃ… E DEPOIS',
    '«IRMû',
    'Prices in Â£ and Ã— signs',
    'Ã© is what é becomes, and â€™ was ’',
    'You see â€™ or cafÃ© where the mail was not read as UTF-8',
    'Mojibake: cafÃ©',
    'naïve Ångström, São João, ça',
    'Ð and Þ are letters of Icelandic: Það, Ísland',
    'Â',
    'plain',
  ])('leaves alone: %s', (text) => expect(repairMojibake(text)).toBe(text));

  test('a few marks that a page adds around do not hide what is broken', () => {
    const broken = asWindows1252(PROSE.fr.long.repeat(2));
    expect(repairMojibake(`» ${broken}`)).toBe(`» ${PROSE.fr.long.repeat(2)}`);
  });

  test('changes no genuine text in any language', () => {
    for (const text of TEXTS) expect(repairMojibake(text)).toBe(text);
  });

  test('gives every article back, broken once or twice, whatever it was read as', () => {
    for (const { short, long } of Object.values(PROSE)) {
      for (const text of [short, long]) {
        if (/^[\0-\x7f]*$/.test(text)) continue;
        for (const breakIt of [asWindows1252, asLatin1]) {
          expect(repairMojibake(breakIt(text))).toBe(text);
          expect(repairMojibake(breakIt(breakIt(text)))).toBe(text);
        }
      }
    }
  });

  test('gives any text back or leaves it as it is', () => {
    const some = fc.array(fc.constantFrom(...TEXTS.flatMap((text) => text.split(/(?<=\s)/))), { maxLength: 40 }).map((words) => words.join(''));
    fc.assert(
      fc.property(some, (text) => {
        expect(repairMojibake(text)).toBe(text);
        const broken = asWindows1252(text);
        expect([text, broken]).toContain(repairMojibake(broken));
      }),
      { numRuns: 500 },
    );
  });

  test('a megabyte that is nearly broken takes no minutes', () => {
    expect(repairMojibake('Ã©Ã'.repeat(300_000))).toMatch(/^Ã©Ã/);
    expect(repairMojibake('aÃ© '.repeat(250_000))).toMatch(/^aé aé/);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../lib/package-root';
import { detectLanguage, languageOf } from '../../lib/article/text/language';
import type { Paragraph } from '../../lib/article/types';
import { PROSE, PROSE_LANGUAGES } from './prose';

const CORPORA = join(packageRoot(), '..', 'shared', 'corpora');
const paragraphs = (text: string, kind?: 'code'): Paragraph[] => text.split('\n').map((line) => ({ text: line, section: null, page: null, ...(kind && { kind }) }));

describe('detectLanguage', () => {
  test.each(PROSE_LANGUAGES)('%s', (language) => {
    const { short, long } = PROSE[language];
    expect(detectLanguage(short)?.language).toBe(language);
    expect(detectLanguage(long)?.language).toBe(language);
    expect(detectLanguage(`${long}\n${short}\n`.repeat(200))?.language).toBe(language);
  });

  test('is certain of articles', () => {
    const uncertain = PROSE_LANGUAGES.filter((language) => detectLanguage(`${PROSE[language].short}\n${PROSE[language].long}`)?.certain !== true);
    // Hindi and Marathi share nearly all of their words' pieces, Indonesian and Malay most
    expect(uncertain.filter((language) => !['hi', 'id'].includes(language))).toEqual([]);
  });

  test.each([
    ['nothing', ''],
    ['too little', 'Hello there'],
    ['numbers and addresses', '12.5 1999 https://example.org/die/und/der user@example.org '.repeat(20)],
    ['two scripts', `${PROSE.ru.long}\n${PROSE.de.long}`],
    ['a language that is taken for its neighbour', 'Ќе одиме ѓ заедно до езерото, рекоа тие, и сите беа многу среќни што конечно дојде летото во градот'],
  ])('of %s there is none', (_, text) => expect(detectLanguage(text)).toBeNull());

  test('two languages in one text leave it uncertain', () => {
    for (const other of ['fr', 'pl', 'tr'] as const) expect(detectLanguage(`${PROSE.de.long}\n${PROSE[other].long}`)?.certain).not.toBe(true);
  });

  test('Japanese that is named in Chinese, Chinese in Japanese, English in both', () => {
    expect(detectLanguage(`${PROSE['zh-Hans'].long}他们唱的是「さくら」。`)?.language).toBe('zh-Hans');
    expect(detectLanguage(`${PROSE.ja.long} The New York Times reported on it`)).toEqual({ language: 'ja', certain: true });
  });

  test('a text of many megabytes takes no longer than a short one, whatever it is', () => {
    for (const text of ['a', '漢', 'abc ', '1/', 'ก']) expect(() => detectLanguage(text.repeat(5_000_000))).not.toThrow();
  });

  const languages = [['de', 'de'], ['en', 'en'], ['es', 'es'], ['zh', 'zh-Hans']] as const;
  test.skipIf(!existsSync(join(CORPORA, 'xquad-de')))('paragraphs of an encyclopedia, in four languages', () => {
    for (const [folder, language] of languages) {
      const lines = readFileSync(join(CORPORA, `xquad-${folder}`, 'corpus.jsonl'), 'utf8').trim().split('\n');
      const found = lines.map((line) => detectLanguage((JSON.parse(line) as { text: string }).text));
      expect(found.filter((each) => each?.certain && each.language !== language), folder).toEqual([]);
      expect(found.filter((each) => each?.certain).length, folder).toBeGreaterThan(0.95 * lines.length);
    }
  });
});

describe('languageOf', () => {
  const german = paragraphs(PROSE.de.long);

  test.each([
    ['what is said stays', 'de-AT', german, 'de-AT'],
    ['in any form', 'DE_at', german, 'DE_at'],
    ['unless the text is certainly in another', 'en-US', german, 'de'],
    ['what is not said is found', null, german, 'de'],
    ['nor what is undetermined', 'und', german, 'de'],
    ['a language that cannot be detected is believed', 'gsw', german, 'gsw'],
    ['so are languages that are taken for each other', 'nn', paragraphs(PROSE.no.long), 'nn'],
    ['and other scripts of one', 'sr-Latn', paragraphs(PROSE.hr.long), 'sr-Latn'],
    ['and both ways to write Chinese', 'zh', paragraphs(PROSE['zh-Hant'].long), 'zh'],
    ['too little text contradicts nobody', 'en', paragraphs('Guten Tag, wie geht es?'), 'en'],
    ['and says nothing', null, paragraphs('Guten Tag, wie geht es?'), null],
    ['nor does code', null, paragraphs(PROSE.de.long, 'code'), null],
    ['undetermined is not known', 'und', paragraphs('Guten Tag'), null],
  ])('%s', (_, said, text, language) => expect(languageOf({ language: said, paragraphs: text })).toBe(language));
});

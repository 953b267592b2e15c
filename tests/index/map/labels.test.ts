import { describe, expect, test } from 'vitest';
import { phraseOf } from '../../../lib/index/analyze';
import { tellingWords, type LabelText } from '../../../lib/index/map/labels';

/** An index of texts: frequencies as full-text search would have them. */
function wholeOf(texts: readonly string[]) {
  const terms = texts.map((text) => ` ${(phraseOf(text)?.terms ?? []).join(' ')} `);
  return { passages: texts.length, frequency: (wanted: readonly string[]) => terms.filter((text) => text.includes(` ${wanted.join(' ')}`)).length };
}

const asTexts = (texts: readonly string[], title = ''): LabelText[] => texts.map((text) => ({ title, text }));

function namesOf(region: readonly string[], others: readonly string[]): string[] {
  return tellingWords(asTexts(region), wholeOf([...region, ...others]));
}

describe('the words of a region', () => {
  test('are those that tell it from the rest, as they are written most', () => {
    const eels = ['The eels came up the Severn.', 'Eels and the Severn bore: the eels wait.', 'A boat on the Severn took eels.', 'Every boat was for eels.'];
    const rest = ['The boat was old.', 'A boat sailed by.', 'They sold the boat.', 'The town had a market.'];
    expect(namesOf(eels, rest).slice(0, 2)).toEqual(['eels', 'Severn']);
  });

  test('are no function words and no numbers', () => {
    const region = ['It was in 1987 that they would have been there with him.', 'There were 1987 of them, and nobody knew which.'];
    expect(namesOf(region, [])).toEqual([]);
  });

  test('say three different things', () => {
    const region = ['sail sails sailor sailing harbour mast', 'sail sails sailor sailing harbour mast'];
    expect(namesOf(region, ['bread', 'honey']).sort()).toEqual(['harbour', 'mast', 'sail']);
  });

  test('are not those of titles that no text repeats', () => {
    const texts = asTexts(['The bees keep their queen warm.', 'A hive of bees in the snow.'], 'Gladys and the Effigy');
    const names = tellingWords(texts, wholeOf(['The bees keep their queen warm.', 'A hive of bees in the snow.', 'A bridge of stone']));
    expect(names[0]).toBe('bees');
    expect(names).not.toContain('Gladys');
    expect(names).not.toContain('Effigy');
  });

  test('are found where there is one region only', () => {
    const all = ['The bees are in the hive.', 'A hive and its bees.', 'The queen of the bees.', 'Honey.'];
    expect(tellingWords(asTexts(all), wholeOf(all))).toContain('bees');
  });

  test.each<[string, string[], string[], string[]]>([
    ['German', ['Die Brücke über den Fluss ist alt.', 'Der Fluss hat die Brücke nicht zerstört.', 'Eine Brücke aus Stein.'], ['Das Brot ist im Ofen.', 'Der Bäcker und sein Brot.', 'Das Mehl ist aus Roggen.'], ['Brücke', 'Fluss']],
    ['Chinese', ['银行提高了利率。', '中央银行的利率没有改变。', '他们在银行工作。'], ['河上的桥很古老。', '桥被洪水冲走了。', '面包师用湿手揉面。'], ['银行', '利率']],
    ['Japanese', ['大学の図書館に行きました。', '図書館は大学の中にある。', '新しい図書館です。'], ['川の橋は古い。', '橋が流された。', 'パンを焼く。'], ['図書館', '大学']],
    ['Arabic', ['النحل في الخلية', 'ملكة النحل من الخلية', 'هذا النحل الذي كان هناك'], ['الجسر على النهر', 'سقط الجسر في النهر', 'خبز الخباز'], ['النحل', 'الخلية']],
    ['Russian', ['Мост через реку был старым.', 'Наводнение разрушило мост.', 'Этот мост из камня.'], ['Хлеб в печи.', 'Пекарь и его хлеб.', 'Мука из ржи.'], ['мост']],
    ['Korean', ['도서관에서 책을 읽는다', '도서관에서 공부한다', '도서관에서 만났다'], ['다리가 무너졌다', '빵을 굽는다', '강이 흐른다'], ['도서관에서']],
  ])('are found in %s', (_, region, others, expected) => {
    expect(namesOf(region, others).slice(0, expected.length).map((word) => (word === 'Мост' ? 'мост' : word))).toEqual(expected);
  });
});

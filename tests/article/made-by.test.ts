import { describe, expect, test } from 'vitest';
import type { Article, Paragraph } from '../../lib/article';
import { has, pandoc, soffice } from './made-by';
import { readBytes } from './read-bytes';

/** The same article in scripts of every kind: what is written is what must be read. */
interface Sample {
  language: string;
  title: string;
  author: string;
  first: string;
  plain: string;
  noted: string;
  note: string;
  quote: string;
  second: string;
  items: [string, string];
  head: [string, string];
  row: [string, string];
  last: string;
}

const SAMPLES: readonly Sample[] = [
  { language: 'en', title: 'The eel goes home', author: 'Ada Berg', first: 'The way down', plain: 'In autumn the eels leave the rivers and nobody sees them again.', noted: 'They swim by night.', note: 'A Dane wrote so in 1922.', quote: 'No one has seen them spawn.', second: 'The deep sea', items: ['Fresh water, in which an eel spends most of its life', 'Salt water, which it sees twice and never leaves again'], head: ['Place', 'Depth'], row: ['Bermuda', '300 m'], last: 'In spring the glass eels come.' },
  { language: 'de', title: 'Der Aal kehrt heim', author: 'Jörg Süß', first: 'Der Weg hinab', plain: 'Im Herbst verlassen die Aale die Flüsse, und niemand sieht sie wieder.', noted: 'Sie schwimmen nachts.', note: 'So schrieb es ein Däne.', quote: 'Niemand hat sie laichen sehen.', second: 'Die Tiefsee', items: ['Süßwasser, in dem ein Aal sein halbes Leben verbringt', 'Salzwasser, das er zweimal sieht und nie wieder verlässt'], head: ['Ort', 'Tiefe'], row: ['Bermuda', '300 m'], last: 'Im Frühling kommen die Glasaale.' },
  { language: 'ru', title: 'Угорь возвращается', author: 'Анна Белова', first: 'Путь вниз', plain: 'Осенью угри покидают реки, и никто их больше не видит.', noted: 'Они плывут ночью.', note: 'Так писал один датчанин.', quote: 'Никто не видел их нереста.', second: 'Глубокое море', items: ['Пресная вода, в которой угорь проводит почти всю жизнь', 'Солёная вода, которую он видит дважды за всю свою жизнь'], head: ['Место', 'Глубина'], row: ['Бермуды', '300 м'], last: 'Весной приходят стеклянные угри.' },
  { language: 'el', title: 'Το χέλι επιστρέφει', author: 'Ελένη Ράπτη', first: 'Ο δρόμος προς τα κάτω', plain: 'Το φθινόπωρο τα χέλια αφήνουν τα ποτάμια και κανείς δεν τα ξαναβλέπει.', noted: 'Κολυμπούν τη νύχτα.', note: 'Έτσι έγραψε ένας Δανός.', quote: 'Κανείς δεν τα έχει δει να γεννούν.', second: 'Η βαθιά θάλασσα', items: ['Γλυκό νερό, όπου το χέλι περνά σχεδόν όλη τη ζωή του', 'Αλμυρό νερό, που το βλέπει δύο μόνο φορές στη ζωή του'], head: ['Τόπος', 'Βάθος'], row: ['Βερμούδες', '300 μ'], last: 'Την άνοιξη έρχονται τα γυάλινα χέλια.' },
  { language: 'ja', title: '鰻は帰る', author: '山田花子', first: '川を下る道', plain: '秋になると鰻は川を離れ、その姿を二度と見る者はない。', noted: '鰻は夜に泳ぐ。', note: 'あるデンマーク人がそう書いた。', quote: '産卵を見た者はいない。', second: '深い海', items: ['鰻が一生のほとんどを過ごす淡水の川や湖や沼のこと。', '一生に二度だけ見て、二度と離れることのない海の水のこと。'], head: ['場所', '深さ'], row: ['バミューダ', '三百'], last: '春にはシラスウナギが来る。' },
  { language: 'zh', title: '鳗鱼回家', author: '王小明', first: '下行之路', plain: '秋天，鳗鱼离开河流，再也没有人见到它们。', noted: '它们在夜里游泳。', note: '一位丹麦人这样写道。', quote: '没有人见过它们产卵。', second: '深海', items: ['鳗鱼在淡水里度过一生中的大部分时间，直到秋天。', '它一生只见过两次海水，此后就再也没有离开过。'], head: ['地点', '深度'], row: ['百慕大', '三百米'], last: '春天，玻璃鳗来了。' },
  { language: 'ar', title: 'الأنقليس يعود', author: 'سلمى حداد', first: 'الطريق إلى الأسفل', plain: 'في الخريف تغادر الأنقليس الأنهار ولا يراها أحد بعد ذلك.', noted: 'إنها تسبح ليلا.', note: 'هكذا كتب دنماركي.', quote: 'لم يرها أحد وهي تضع بيضها.', second: 'البحر العميق', items: ['الماء العذب الذي تقضي فيه معظم سنوات حياتها', 'الماء المالح الذي تراه مرتين ولا تغادره أبدا'], head: ['المكان', 'العمق'], row: ['برمودا', 'مئات'], last: 'في الربيع تأتي الصغار الزجاجية.' },
];

const markdown = ({ language, title, author, first, plain, noted, note, quote, second, items, head, row, last }: Sample): string =>
  [`---\ntitle: ${title}\nauthor: ${author}\nlang: ${language}\n---`, `# ${first}`, plain, `${noted}[^1]`, `> ${quote}`, `# ${second}`, `- ${items[0]}\n- ${items[1]}`, `| ${head.join(' | ')} |\n|---|---|\n| ${row.join(' | ')} |`, '```\ndef swim(eel):\n    return eel.depth\n```', last, `[^1]: ${note}`].join('\n\n');

const CODE = 'def swim(eel):\n    return eel.depth';

/** Text, section and kind of what is neither in a table nor repeats title and author. */
function outline({ title, paragraphs }: Pick<Article, 'title' | 'paragraphs'>, sample: Sample): [string, string | null, string | undefined][] {
  const table = [...sample.head, ...sample.row];
  const known = [sample.title, sample.author, title];
  return paragraphs.filter(({ text }) => !known.includes(text) && !table.some((cell) => text.includes(cell))).map(({ text, section, kind }) => [text, section, kind]);
}

const firstPart = (sample: Sample, section: string | null): [string, string | null, string | undefined][] => [[sample.plain, section, undefined], [sample.noted, section, undefined], [sample.quote, section, 'quote']];
const secondPart = (sample: Sample, section: string | null): [string, string | null, string | undefined][] => [[sample.items[0], section, 'item'], [sample.items[1], section, 'item'], [CODE, section, 'code'], [sample.last, section, undefined]];
const cells = (paragraphs: readonly Paragraph[], sample: Sample): string => paragraphs.filter(({ text }) => [...sample.head, ...sample.row].some((cell) => text.includes(cell))).map(({ text }) => text).join(' ');

describe.skipIf(!has('pandoc'))('by pandoc', () => {
  describe.each(SAMPLES.map((sample) => [sample.language, sample] as const))('in %s', (language, sample) => {
    test.each(['epub2', 'epub3'] as const)('%s', async (format) => {
      const { articles, failed, warnings } = await readBytes('made.epub', pandoc(markdown(sample), format));
      expect({ failed, warnings }).toEqual({ failed: [], warnings: [] });
      expect(articles.map(({ title }) => title)).toEqual([`${sample.title}: ${sample.first}`, `${sample.title}: ${sample.second}`]);
      for (const article of articles) expect(article).toMatchObject({ author: sample.author, language, format: 'epub' });
      const [one, two] = articles;
      if (one === undefined || two === undefined) throw new Error('chapters are missing');
      expect(outline(one, sample)).toEqual([...firstPart(sample, null), [sample.note, null, 'item']]);
      expect(outline(two, sample)).toEqual(secondPart(sample, null));
      for (const cell of [...sample.head, ...sample.row]) expect(cells(two.paragraphs, sample)).toContain(cell);
    });

    test('docx', async () => {
      const { articles, failed, warnings } = await readBytes('made.docx', pandoc(markdown(sample), 'docx'));
      expect({ failed, warnings }).toEqual({ failed: [], warnings: [] });
      const [article] = articles;
      if (article === undefined) throw new Error('no article');
      expect(article).toMatchObject({ title: sample.title, author: sample.author, language, format: 'docx' });
      expect(outline(article, sample)).toEqual([...firstPart(sample, sample.first), ...secondPart(sample, sample.second), [sample.note, sample.second, 'item']]);
      for (const cell of [...sample.head, ...sample.row]) expect(cells(article.paragraphs, sample)).toContain(cell);
    });
  });
});

describe.skipIf(!has('pandoc') || !has('soffice'))('by LibreOffice', () => {
  const odt = (sample: Sample): Buffer => pandoc(markdown(sample), 'odt');

  test('docx in every script', async () => {
    for (const [i, bytes] of soffice(SAMPLES.map(odt), 'odt', 'docx').entries()) {
      const { articles, failed, warnings } = await readBytes('made.docx', bytes);
      expect({ failed, warnings }).toEqual({ failed: [], warnings: [] });
      const [article] = articles;
      const sample = SAMPLES[i];
      if (article === undefined || sample === undefined) throw new Error('no article');
      expect(article).toMatchObject({ title: sample.title, author: sample.author });
      expect(outline(article, sample)).toEqual([...firstPart(sample, sample.first), ...secondPart(sample, sample.second), [sample.note, sample.second, 'item']]);
      for (const cell of [...sample.head, ...sample.row]) expect(cells(article.paragraphs, sample)).toContain(cell);
    }
  });

  test('epub: chapters and their text, of which its headings are paragraphs and its lists unmarked', async () => {
    for (const [i, bytes] of soffice(SAMPLES.map(odt), 'odt', 'epub').entries()) {
      const { articles } = await readBytes('made.epub', bytes);
      const sample = SAMPLES[i];
      if (sample === undefined) throw new Error('no sample');
      expect(articles.map(({ title }) => title)).toEqual([`${sample.title}: ${sample.first}`, `${sample.title}: ${sample.second}`]);
      expect(articles[0]?.paragraphs.map(({ text }) => text)).toEqual([sample.plain, sample.noted, sample.quote, sample.note]);
      expect(articles[1]?.paragraphs.map(({ text }) => text)).toEqual(expect.arrayContaining([...sample.items, ...sample.row, sample.last]));
    }
  });

  test('a document of Word 97 that is called DOCX is told from one with a password', async () => {
    const [bytes] = soffice([pandoc('Eels leave.', 'odt')], 'odt', 'doc');
    await expect(readBytes('made.docx', bytes ?? Buffer.alloc(0))).rejects.toMatchObject({ code: 'format-unknown', hint: 'open it in a word processor and save it as DOCX' });
  });
});

import { expect, test } from 'vitest';
import type { StoredPassage } from '../../lib/index';
import { lexicalQuery } from '../../lib/search/lexical-query';
import { MatchedWords } from '../../lib/search/matched-words';
import { madeUpIndex } from './made-up-index';

async function wordsIn(question: string, text: string, title = 'Untitled', most = 8): Promise<string[]> {
  const generation = await madeUpIndex([
    { title, passages: [text] },
    { title: 'Other', passages: ['Nothing of the kind.', 'Cables, cables and more cables.'] },
  ]);
  const passage: StoredPassage = generation.store.passage(0)!;
  return new MatchedWords(lexicalQuery({ text: question, quoted: [] }, generation), most).in(passage);
}

test.each([
  ['another inflection', 'who repairs broken cables?', 'A crew repaired the cable.', ['repaired', 'cable']],
  ['as it stands in the text', 'the CAFÉ on the quay', 'Cafe by the Quay', ['Cafe', 'Quay']],
  ['without its possessive', 'the engineer', 'The engineer’s notebook', ['engineer']],
  ['a word with points, a sign or a hyphen inside', 'us at&t email', 'The U.S. firm AT&T sent an e-mail.', ['U.S.', 'AT&T', 'e-mail']],
  ['a part of a compound', 'covid', 'After COVID-19 came.', ['COVID']],
  ['a word after an elided article', 'eau', 'Sous l’eau, rien.', ['eau']],
  ['a number with separators', '1000 boats', 'Some 1,000 boats', ['1,000', 'boats']],
  ['pairs of Han characters as one stretch', '北京大学在哪里', '他在北京大学读书。', ['北京大学']],
  ['stretches apart', '北京大学在哪里', '他在北京读大学。', ['北京', '大学']],
  ['a single character', '鳗', '河里有鳗鱼。', ['鳗']],
  ['Latin beside Han', 'NASA 火箭', '美国NASA的火箭。', ['火箭', 'NASA']],
  ['Hangul without the particle', '서울', '서울에서 만나요.', ['서울']],
])('names %s', async (_, question, text, expected) => {
  expect((await wordsIn(question, text)).sort()).toEqual([...expected].sort());
});

test('function words are not named, nor words that are not there', async () => {
  expect(await wordsIn('what is the harbour of the moon?', 'What is the tide of it?')).toEqual([]);
});

test('words of the title count too', async () => {
  expect(await wordsIn('lighthouse keepers', 'They stayed for years.', 'The Last Keepers')).toEqual(['Keepers']);
});

test('each is named once, the rarest first, so many at most', async () => {
  const text = 'Cables and cable, an anchor, the anchors.';
  expect(await wordsIn('cables anchors', text)).toEqual(['anchor', 'Cables']);
  expect(await wordsIn('cables anchors', text, 'Untitled', 1)).toEqual(['anchor']);
});

import { articleHref, PAGES, searchHref } from '../links';
import { authorWords, dateWords } from '../words';
import { forgetQuestions, questionsAsked } from './history';
import { matching } from './matching';

/** Where the palette can go: an address, or something to be done there and then. */
export interface Place {
  words: string;
  /** These two tell it from others of that name. */
  author?: string | null;
  date?: string | null;
  /** Of the words, where it is not that of the page. */
  language?: string | null;
  go: string | (() => void);
}

export interface PlaceGroup {
  name: string;
  places: Place[];
}

/** The part of GET /api/articles that is shown. */
interface ArticlesFound {
  articles: { id: string; title: string; author: string | null; published: string | null; language: string | null }[];
}

const MOST_QUESTIONS = 6;
const MOST_ARTICLES = 8;

export function pages(typed: string): PlaceGroup {
  const places = PAGES.map(({ name, href }) => ({ words: name, go: href }));
  return { name: 'Pages', places: thoseNamed(places, typed) };
}

export function questions(typed: string): PlaceGroup {
  const asked = questionsAsked().map((words) => ({ words, go: hrefOf(words) }));
  if (asked.length === 0) return { name: 'Questions asked', places: [] };
  const forget = { words: 'Forget questions asked', go: forgetQuestions };
  return { name: 'Questions asked', places: [...thoseNamed(asked, typed).slice(0, MOST_QUESTIONS), ...thoseNamed([forget], typed)] };
}

/** What is typed, as a question. */
export function ask(typed: string): PlaceGroup {
  return { name: 'Ask', places: typed === '' ? [] : [{ words: `Ask “${typed}”`, go: hrefOf(typed) }] };
}

/** @throws Error when they could not be looked up, or need not any more */
export async function articles(typed: string, signal: AbortSignal): Promise<PlaceGroup> {
  const response = await fetch(`/api/articles?${new URLSearchParams({ q: typed }).toString()}`, { signal });
  // Refused is what is too long for a title.
  if (response.status === 400) return { name: 'Articles', places: [] };
  if (!response.ok) throw new Error(`status ${response.status}`);
  const { articles: found } = await response.json() as ArticlesFound;
  return {
    name: 'Articles',
    places: found.slice(0, MOST_ARTICLES).map(({ id, title, author, published, language }) => (
      { words: title, author: author && authorWords(author), date: published && dateWords(published), language, go: articleHref(id) }
    )),
  };
}

export function thoseNamed(places: readonly Place[], typed: string): Place[] {
  return typed === '' ? [...places] : matching(places, typed, ({ words, author, date }) => `${words} ${author ?? ''} ${date ?? ''}`);
}

function hrefOf(question: string): string {
  return searchHref(new URLSearchParams({ q: question }));
}

import { elementsOf, textOf, type XmlElement } from '../archive/xml';
import { isoDate } from '../date';
import { cleanLine, isBlank } from '../text/clean';
import { canBeTitle, titleFromName } from '../title';
import type { Metadata } from '../types';

/** Programs that know no date write the year 101. */
const FIRST_YEAR = 1000;

/**
 * What a book says about itself, in Dublin Core.
 *
 * @param element the package document's `metadata`
 * @param name of the file, for a title of last resort
 */
export function bookMetadata(element: XmlElement, name: string): Metadata {
  const texts = (of: string): string[] => elementsOf(element, of).map((each) => cleanLine(textOf(each))).filter((text) => !isBlank(text));
  const modified = elementsOf(element, 'meta').find(({ attributes }) => attributes.get('property') === 'dcterms:modified');
  return {
    title: texts('title').find(canBeTitle) ?? titleFromName(name),
    author: texts('creator').join('; ') || null,
    published: publishedOf(element),
    updated: modified === undefined ? null : dateOf(modified),
    language: languageTag(texts('language')[0]),
    url: [...texts('source'), ...texts('identifier')].map(httpUrl).find((url) => url !== null) ?? null,
    tags: [...new Set(texts('subject'))],
  };
}

/** A BCP 47 tag in its usual form, or null. */
export function languageTag(written: string | null | undefined): string | null {
  try {
    const { language, baseName } = new Intl.Locale((written ?? '').trim().replaceAll('_', '-'));
    return language === 'und' || language.length > 3 ? null : baseName;
  } catch {
    return null;
  }
}

function publishedOf(element: XmlElement): string | null {
  const dates = elementsOf(element, 'date');
  const event = ({ attributes }: XmlElement): string => (attributes.get('event') ?? '').toLowerCase();
  const published = dates.find((date) => event(date) === 'publication') ?? dates.find((date) => event(date) === '');
  return published === undefined ? null : dateOf(published);
}

function dateOf(element: XmlElement): string | null {
  const date = isoDate(cleanLine(textOf(element)));
  return date !== null && Number(date.slice(0, 4)) >= FIRST_YEAR ? date : null;
}

function httpUrl(text: string): string | null {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text) ? new URL(text).href : null;
}

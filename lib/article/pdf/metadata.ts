import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { isoDate } from '../date';
import { cleanLine, isBlank } from '../text/clean';
import { canBeTitle } from '../title';
import type { Metadata } from '../types';

/** The first version of the format is of 1993; clocks that were never set say less. */
const FIRST_YEAR = 1990;
/** What programs write where nobody wrote a title. */
const NO_TITLE = /^(?:microsoft (?:word|powerpoint|excel)\b|powerpoint[- ]pr|untitled|unbenannt|sans titre|sin t[ií]tulo|без названия|名称未設定|無題|document ?\d*$|dokument ?\d*$|slide ?\d+$|title$|pdf$|about:|data:|https?:|file:|print$)/i;
const FILE_NAME = /^\S*\.(?:docx?|odt|rtf|tex|dvi|ps|eps|pdf|indd|qxd|pptx?|xlsx?|html?|txt|md|wpd|fm|pmd?)$|[\\/]\S*\.\w{1,5}$/i;
const NO_AUTHOR = /^(?:admin(?:istrator)?|user|owner|root|unknown|anonymous|author|default)$/i;

/**
 * What the document says of itself; everything but the title is as in articles.
 *
 * @returns title: null where it has none that a person gave it
 */
export async function readMetadata(document: PDFDocumentProxy): Promise<Omit<Metadata, 'title'> & { title: string | null }> {
  const { info, metadata } = await document.getMetadata();
  const fields = new Map<string, unknown>(Object.entries(info));
  const field = (name: string): string => [fields.get(name)].filter((value) => typeof value === 'string').map(cleanLine).join('');
  const xmp = (name: string): string[] => [(metadata as { get(name: string): unknown } | null)?.get(name)].flat().filter((value) => typeof value === 'string').map(cleanLine);
  const title = field('Title') || (xmp('dc:title')[0] ?? '');
  const creators = xmp('dc:creator').length > 1 ? xmp('dc:creator') : [field('Author') || (xmp('dc:creator')[0] ?? '')];
  const authors = creators.filter((name) => !isBlank(name) && !NO_AUTHOR.test(name));
  const published = date(field('CreationDate')) ?? date(xmp('xmp:createdate')[0] ?? '');
  const updated = date(field('ModDate')) ?? date(xmp('xmp:modifydate')[0] ?? '');
  return {
    title: isTitle(title) ? title : null,
    author: authors.length === 0 ? null : authors.join('; '),
    published,
    updated: updated !== null && (published === null || Date.parse(updated) > Date.parse(published)) ? updated : null,
    language: languageTag(field('Language')),
    url: null,
    tags: [...new Set(field('Keywords').split(/[,;]/).map(cleanLine).filter((tag) => !isBlank(tag)))],
  };
}

function isTitle(title: string): boolean {
  return canBeTitle(title) && /\p{L}/u.test(title) && !NO_TITLE.test(title) && !FILE_NAME.test(title);
}

/** `D:20210304100000+01'00'` (ISO 32000-1, 7.9.4), or as in XMP; everything after the year may be missing. */
function date(written: string): string | null {
  const parts = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d)?(?:'?(\d\d))?/.exec(written);
  const xmp = isoDate(written);
  if (parts === null || (xmp !== null && written.includes('-'))) return inRange(xmp);
  const [, year = '', month, day, hours, minutes, seconds = '00', zone = '', zoneMinutes = '00'] = parts;
  const days = [year, month, day].filter((part) => part !== undefined).join('-');
  const offset = zone === '' || zone === 'Z' ? zone : `${zone === '-00' ? '+00' : zone}:${zoneMinutes}`;
  const time = hours === undefined || minutes === undefined || day === undefined ? '' : `T${hours}:${minutes}:${seconds}${offset}`;
  return inRange(isoDate(days + time) ?? isoDate(days));
}

function inRange(iso: string | null): string | null {
  return iso !== null && Number(iso.slice(0, 4)) >= FIRST_YEAR ? iso : null;
}

function languageTag(written: string): string | null {
  try {
    const locale = new Intl.Locale(written.replaceAll('_', '-'));
    return locale.language.length <= 3 ? locale.toString() : null;
  } catch {
    return null;
  }
}

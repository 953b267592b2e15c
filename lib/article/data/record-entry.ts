import { languageTag } from '../language-tag';
import type { FieldMap } from '../types';
import { contentLine, visibleLength, type Content } from './content';
import type { Entry } from './entry';
import { dateIn, listIn, textIn } from './field-values';
import type { FieldName } from './field-names';
import { Fields, type Found } from './fields';
import type { JsonRecord } from './json-text';
import { joinNames, webAddress, words } from './values';

/** Reads records of one file by the names of their fields. */
export class RecordReader {
  /** Names that were given and that no record had so far. */
  private readonly unseen: Set<FieldName>;

  /**
   * @param map names that were given; the others are guessed
   * @param guessed the field that is the text where none is called so
   * @param base what relative addresses are relative to
   */
  constructor(private readonly map: FieldMap, private readonly guessed: string | null, private readonly base: string | undefined) {
    this.unseen = new Set(Object.keys(map) as FieldName[]);
  }

  /** What was given as the name of a field and is none. */
  get unknownNames(): string[] {
    return [...this.unseen].map((field) => this.map[field] ?? '');
  }

  /** @param key of a record that has no id and no address */
  entry(record: JsonRecord, key: string | undefined): Entry {
    const fields = new Fields(record);
    const find = (field: FieldName): Found | null => this.find(fields, field);
    const lineIn = (field: FieldName): string | null => {
      const found = find(field);
      const text = found === null ? null : textIn(found);
      return text === null ? null : contentLine(text);
    };
    const dates = { published: find('published'), updated: find('updated') };
    const published = dates.published === null ? null : dateIn(dates.published);
    const updated = dates.updated === null ? null : dateIn(dates.updated);
    const url = webAddress(lineIn('url') ?? '', this.base);
    const odd = [dates.published, dates.updated].find((found, i) => found !== null && (i === 0 ? published : updated) === null);
    const author = find('author');
    const tags = find('tags');
    const language = lineIn('language');
    return {
      title: lineIn('title'),
      author: author === null ? null : joinNames(listIn(author, /(?!)/)),
      published,
      updated,
      language: language === null || language.length > 40 ? null : languageTag(language),
      url,
      tags: tags === null ? [] : words(listIn(tags, /[,;|]/)),
      key: lineIn('id') ?? url ?? key,
      contents: this.contents(fields),
      oddDate: odd == null ? null : (textIn(odd)?.text ?? null),
    };
  }

  private contents(fields: Fields): Content[] {
    const text = this.find(fields, 'text');
    const content = text === null ? null : textIn(text);
    if (this.map.text !== undefined) return content === null ? [] : [content];
    if (content !== null && visibleLength(content) > 0) return [content];
    const guessed = this.guessed === null ? null : textIn({ name: this.guessed, value: fields.at(this.guessed) });
    return guessed === null ? fields.lesserTexts().map((found) => textIn(found)).filter((found) => found !== null) : [guessed];
  }

  private find(fields: Fields, field: FieldName): Found | null {
    const given = this.map[field];
    if (given === undefined) return fields.named(field);
    const value = fields.at(given);
    if (value === undefined) return null;
    this.unseen.delete(field);
    return { name: given.slice(given.lastIndexOf('.') + 1), value };
  }
}

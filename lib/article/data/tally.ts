import { asPilcrowError, PilcrowError } from '../../errors';
import { cleanLine } from '../text/clean';
import type { ArticleDraft, ReadContext } from '../types';
import { entryDraft, type Entry } from './entry';

/** Failures of one file that are told one by one: of a million bad lines the first hundred say what is wrong with all. */
const MAX_TOLD = 100;
/** Characters of a value that are shown. */
const SHOWN = 60;

/** Makes drafts of a file's entries and keeps account of what is none, to be told in one line each at the end. */
export class Tally {
  private total = 0;
  private withoutText = 0;
  private failed = 0;
  private oddDates = 0;
  private oddDate = '';

  /**
   * @param name of the file
   * @param noun what its entries are called
   */
  constructor(private readonly name: string, private readonly noun: readonly [one: string, many: string], private readonly context: Pick<ReadContext, 'warn' | 'fail'>) {}

  /** @returns null for an entry without text, and for one that failed */
  draft(entry: Entry, path = `${this.noun[0]} ${this.total + this.failed + 1}`): ArticleDraft | null {
    try {
      const draft = entryDraft(entry);
      this.total++;
      if (draft === null) this.withoutText++;
      if (entry.oddDate !== null && ++this.oddDates === 1) this.oddDate = cleanLine(entry.oddDate).slice(0, SHOWN);
      return draft;
    } catch (thrown) {
      this.fail(path, asPilcrowError(thrown));
      return null;
    }
  }

  /** Whether no entry failed. */
  get allRead(): boolean {
    return this.failed === 0;
  }

  /** An entry that could not be read. */
  fail(path: string, error: PilcrowError): void {
    if (++this.failed <= MAX_TOLD) this.context.fail(path, error);
  }

  /**
   * Tells of what was counted.
   *
   * @param whereText where else there may be text
   * @throws PilcrowError `article-without-text` where no entry has any
   */
  end(whereText: string | null): void {
    const [one, many] = this.noun;
    const of = (count: number): string => (count === this.total ? `its ${count} ${count === 1 ? one : many}` : `${count} of ${this.total} ${many}`);
    if (this.failed > MAX_TOLD) {
      this.context.fail(`more ${many}`, new PilcrowError('file-damaged', `${this.name} has ${this.failed - MAX_TOLD} more ${many} that cannot be read`));
    }
    if (this.failed > 0 && this.total === 0) return;
    if (this.total === 0) throw new PilcrowError('article-without-text', `${this.name} has no ${many} in it`);
    if (this.withoutText === this.total && this.failed === 0) {
      throw new PilcrowError('article-without-text', `${this.name} has no text in ${of(this.total)}`, whereText);
    }
    if (this.withoutText > 0) {
      const lack = this.withoutText === 1 ? 'has no text of its own' : 'have no text of their own';
      this.context.warn(`${this.name}: ${of(this.withoutText)} ${lack}${whereText === null ? '' : `; ${whereText}`}`);
    }
    if (this.oddDates > 0) this.context.warn(`${this.name}: ${of(this.oddDates)} ${this.oddDates === 1 ? 'has' : 'have'} a date that cannot be read, such as “${this.oddDate}”`);
  }
}

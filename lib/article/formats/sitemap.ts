import { PilcrowError } from '../../errors';
import type { ArticleDraft, Reader, ReadInput } from '../types';

export const sitemapReader = {
  read: (input: ReadInput): ArticleDraft[] => {
    throw new PilcrowError('format-unknown', `${input.name} is in a format that cannot be read yet`);
  },
} satisfies Reader;

import { engine } from '../../../../engine';
import { opening } from '../../../../map/opening';
import { wholeNumber } from '../../../../map/region';
import { respond } from '../../../respond';

/** Characters of a passage that a card shows. */
const SHOWN = 220;

/** What lies at a point of the map: a passage by its row, which means what it means in the generation named only. */
export function GET(_request: Request, { params }: { params: Promise<{ row: string }> }): Promise<Response> {
  return respond(async () => {
    const row = wholeNumber('row', (await params).row);
    const { generation, passage: { id, ordinal, text }, article } = await engine().mapPassage(row);
    return { generation, passage: { id, ordinal, row, opening: opening(text, SHOWN) }, article: { id: article.id, title: article.title, language: article.language } };
  });
}

export const dynamic = 'force-dynamic';

import { engine } from '../../../engine';
import { respond } from '../../respond';

export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    const { id } = await params;
    const { generation, article, passages } = await engine().article(id);
    return { generation, article, passages };
  });
}

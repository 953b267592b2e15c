import { engine } from '../../../../engine';
import { inputFromQuery } from '../../../../query';
import { respond } from '../../../respond';

export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    const { id } = await params;
    return engine().related(id, inputFromQuery(new URL(request.url).searchParams));
  });
}

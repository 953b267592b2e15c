import { engine } from '../../engine';
import { inputFromQuery } from '../../query';
import { respond } from '../respond';

export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const input = inputFromQuery(new URL(request.url).searchParams);
    return engine().articles(input);
  });
}

export const dynamic = 'force-dynamic';

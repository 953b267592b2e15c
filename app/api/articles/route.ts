import type { ArticlesInput } from '../../../lib/search';
import { engine } from '../../engine';
import { inputFromQuery } from '../../query';
import { respond } from '../respond';

export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const input = inputFromQuery(new URL(request.url).searchParams);
    return engine().articles(input as unknown as ArticlesInput);
  });
}

export const dynamic = 'force-dynamic';

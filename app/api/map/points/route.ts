import { engine } from '../../../engine';
import { encodePoints } from '../../../map/points';
import { respondWith } from '../../respond';

/** The map as map/points.ts lays it out. A generation's map never changes: whoever has it is told so. */
export function GET(request: Request): Promise<Response> {
  return respondWith(async () => {
    const { points: { rows, places, regions: pointRegions }, ...map } = await engine().map();
    const headers = { 'ETag': `"${map.generation}"`, 'Cache-Control': 'private, no-cache' };
    if (knows(request, headers.ETag)) return new Response(null, { status: 304, headers });
    return new Response(encodePoints({ ...map, rows, places, pointRegions }), { headers: { ...headers, 'Content-Type': 'application/octet-stream' } });
  });
}

function knows(request: Request, tag: string): boolean {
  const known = request.headers.get('If-None-Match') ?? '';
  return known.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
}

export const dynamic = 'force-dynamic';

import { engine } from '../../engine';
import { respond } from '../respond';

/** The regions of the map; its points are at `/api/map/points`. */
export function GET(): Promise<Response> {
  return respond(async () => {
    const { generation, passages, points, regions } = await engine().map();
    return { generation, passages, points: points.rows.length, regions };
  });
}

export const dynamic = 'force-dynamic';

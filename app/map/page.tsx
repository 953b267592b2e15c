import type { Metadata } from 'next';
import { MapPage as Landscape } from '../components/map/map-page';
import { Masthead } from '../components/shell/masthead';
import { NotHere } from '../components/shell/not-here';
import { Notice } from '../components/shell/notice';
import { Sheet } from '../components/shell/sheet';
import { Unavailable } from '../components/shell/unavailable';
import { engine } from '../engine';
import { attempt, publicLine } from '../errors';
import { mapHref } from '../links';
import { type PageParams, queryFromPage, trailFromPage } from '../query';
import { regionFromPage } from './region';

interface Props {
  searchParams: Promise<PageParams>;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const question = queryFromPage(await searchParams).get('q');
  return { title: question === null ? 'Map' : `${question.slice(0, 120)} ¶ Map` };
}

/** `/map` is the collection as a landscape, `/map?q=…` where its answers lie, `/map?region=3` one region of it. */
export default async function MapPage({ searchParams }: Props) {
  const params = await searchParams;
  const { value, error } = await attempt(async () => {
    const region = regionFromPage(params);
    const [map, chosen] = await Promise.all([engine().map(), region === null ? null : engine().mapRegion(region)]);
    return { map, chosen };
  });
  if (error?.kind === 'missing') return <NotHere />;
  return (
    <>
      <Masthead current={mapHref} query={queryFromPage(params)} purpose={error === null ? 'map' : 'read'} />
      {error === null ? <Landscape {...value} query={queryFromPage(params)} came={trailFromPage(params)} /> : (
        <Sheet>
          {error.kind === 'usage' ? <Notice title="Not on the map"><p>That region cannot be shown: {publicLine(error)}.</p></Notice> : <Unavailable error={error} />}
        </Sheet>
      )}
    </>
  );
}

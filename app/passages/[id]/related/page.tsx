import type { Metadata } from 'next';
import { cache } from 'react';
import type { RelatedResponse } from '../../../../lib/search';
import { Masthead } from '../../../components/shell/masthead';
import { NOT_HERE, NotHere } from '../../../components/shell/not-here';
import { RelatedPassages } from '../../../components/passage/related-passages';
import { Sheet } from '../../../components/shell/sheet';
import { Trail } from '../../../components/read/trail';
import { Unavailable } from '../../../components/shell/unavailable';
import { engine } from '../../../engine';
import { attempt } from '../../../errors';
import { type PageParams, trailFromPage } from '../../../query';
import { before, onward, type Step, type Trail as Way } from '../../../trail';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<PageParams>;
}

/** Asked once for the title and the page. */
const relatedTo = cache((id: string) => attempt(() => engine().related(id)));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { value, error } = await relatedTo((await params).id);
  if (error) return error.kind === 'missing' ? { title: NOT_HERE } : {};
  return { title: `Related to ¶ ${value.passage.ordinal} of ${value.article.title}` };
}

export default async function RelatedPage({ params, searchParams }: Props) {
  const { value, error } = await relatedTo((await params).id);
  if (error?.kind === 'missing') return <NotHere />;
  const came = trailFromPage(await searchParams);
  return (
    <>
      <Masthead />
      <Sheet>
        {error ? <Unavailable error={error} /> : <Related response={value} came={came} />}
      </Sheet>
    </>
  );
}

function Related({ response, came }: { response: RelatedResponse; came: Way }) {
  const here: Step = { kind: 'related', passage: response.passage.id };
  return (
    <>
      <Trail trail={before(came, here)} />
      <RelatedPassages response={response} trail={onward(came, here)} />
    </>
  );
}

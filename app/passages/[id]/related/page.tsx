import type { Metadata } from 'next';
import { cache } from 'react';
import type { PilcrowError } from '../../../../lib/errors';
import type { RelatedResponse } from '../../../../lib/search';
import { relatedRequestSchema } from '../../../../lib/search/request';
import { Masthead } from '../../../components/shell/masthead';
import { Notice } from '../../../components/shell/notice';
import { NOT_HERE, NotHere } from '../../../components/shell/not-here';
import { RelatedPassages } from '../../../components/passage/related-passages';
import { Sheet } from '../../../components/shell/sheet';
import { Trail } from '../../../components/read/trail';
import { Unavailable } from '../../../components/shell/unavailable';
import { engine } from '../../../engine';
import { attempt, publicLine } from '../../../errors';
import { relatedHref } from '../../../links';
import { type PageParams, pageInput, queryFromPage, trailFromPage } from '../../../query';
import { before, onward, type Step, type Trail as Way } from '../../../trail';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<PageParams>;
}

/** Asked once for the title and the page. */
const relatedTo = cache((id: string, query: string) => attempt(() => engine().related(id, pageInput(new URLSearchParams(query)))));

const queryOf = (params: PageParams) => queryFromPage(params, Object.keys(relatedRequestSchema.shape));

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { value, error } = await relatedTo((await params).id, queryOf(await searchParams).toString());
  if (error) return error.kind === 'missing' ? { title: NOT_HERE } : {};
  return { title: `Related to ¶ ${value.passage.ordinal} of ${value.article.title}` };
}

export default async function RelatedPage({ params, searchParams }: Props) {
  const query = queryOf(await searchParams);
  const { value, error } = await relatedTo((await params).id, query.toString());
  if (error?.kind === 'missing') return <NotHere />;
  const came = trailFromPage(await searchParams);
  return (
    <>
      <Masthead />
      <Sheet>
        {error ? <NotRelated error={error} id={(await params).id} /> : <Related response={value} query={query} came={came} />}
      </Sheet>
    </>
  );
}

function NotRelated({ error, id }: { error: PilcrowError; id: string }) {
  if (error.kind !== 'usage') return <Unavailable error={error} />;
  return <Notice title="Related passages"><p role="alert">That cannot be asked: {publicLine(error)}.</p><p><a href={relatedHref(id)}>The passages related to it</a></p></Notice>;
}

function Related({ response, query, came }: { response: RelatedResponse; query: URLSearchParams; came: Way }) {
  const here: Step = { kind: 'related', passage: response.passage.id };
  const way = before(came, here);
  return (
    <>
      <Trail trail={way} />
      <RelatedPassages response={response} query={query} came={way} trail={onward(came, here)} />
    </>
  );
}

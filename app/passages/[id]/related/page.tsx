import type { Metadata } from 'next';
import { cache } from 'react';
import { Masthead } from '../../../components/masthead';
import { NOT_HERE, NotHere } from '../../../components/not-here';
import { RelatedPassages } from '../../../components/related-passages';
import { Sheet } from '../../../components/sheet';
import { Unavailable } from '../../../components/unavailable';
import { engine } from '../../../engine';
import { attempt } from '../../../errors';

interface Props {
  params: Promise<{ id: string }>;
}

/** Asked once for the title and the page. */
const relatedTo = cache((id: string) => attempt(() => engine().related(id)));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { value, error } = await relatedTo((await params).id);
  if (error) return error.kind === 'missing' ? { title: NOT_HERE } : {};
  return { title: `Related to ¶ ${value.passage.ordinal} of ${value.article.title}` };
}

export default async function RelatedPage({ params }: Props) {
  const { value, error } = await relatedTo((await params).id);
  if (error?.kind === 'missing') return <NotHere />;
  return (
    <>
      <Masthead />
      <Sheet>{error ? <Unavailable error={error} /> : <RelatedPassages response={value} />}</Sheet>
    </>
  );
}

import type { Metadata } from 'next';
import { Masthead } from './components/masthead';
import { Notice } from './components/notice';
import { Sheet } from './components/sheet';
import { homeHref } from './links';

export const metadata: Metadata = { title: 'Not here' };

export default function NotFound() {
  return (
    <>
      <Masthead />
      <Sheet>
        <Notice title="Not here">
          <p>The index has nothing at this address. The article may have been moved or taken out since the link was made; ask for what it said, or go to the <a href={homeHref}>front page</a>.</p>
        </Notice>
      </Sheet>
    </>
  );
}

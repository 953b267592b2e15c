import { homeHref, libraryHref } from '../../links';
import { Masthead } from './masthead';
import { Notice } from './notice';
import { Sheet } from './sheet';

export const NOT_HERE = 'Not here';

/** The whole page for an address that has nothing. */
export function NotHere() {
  return (
    <>
      <Masthead />
      <Sheet>
        <Notice title={NOT_HERE}>
          <p>The index has nothing at this address. The article may have been moved or taken out since the link was made; ask for what it said, look through the <a href={libraryHref}>library</a>, or go to the <a href={homeHref}>front page</a>.</p>
        </Notice>
      </Sheet>
    </>
  );
}

import { installBuild } from './build';
import { installCopy } from './copy';
import { installDialogs } from './dialogs';
import { installHistory } from './history';
import { installInPlace } from './in-place';
import { installKeepOpen } from './keep-open';
import { installKeys } from './keys';
import { installMap } from './map/install';
import { installPalette } from './palette';
import { installPanel } from './panel';
import { installProgress } from './progress';
import { installRestore } from './restore';
import { installSelection } from './selection';
import { installSingleKeys } from './single-keys';
import { installSkeleton } from './slow';
import { installThemeChoice } from './theme';

/**
 * All that runs in the browser begins here, in place of Next's own beginning (next.config.js). Each part listens on
 * the document for what its elements do, found by their data attributes, so that what is put into the page
 * later is served as well; without any of them every page can be read and every question asked.
 */
function begin(): void {
  installBuild();
  installCopy();
  installDialogs();
  installHistory();
  installInPlace();
  installKeepOpen();
  installKeys();
  installMap();
  installPalette();
  // Before the panel: of the two Escape lets go of what is selected first.
  installSelection();
  installPanel();
  installProgress();
  installSingleKeys();
  installSkeleton();
  installThemeChoice();
  // Last: it opens again what the others opened, by what they have put in place.
  installRestore();
}

if (document.documentElement.id === '__next_error__') void import('./next-runtime');
else if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin, { once: true });
else begin();

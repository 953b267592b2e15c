import { installDialogs } from './dialogs';
import { installKeys } from './keys';
import { installPanel } from './panel';
import { installSelection } from './selection';
import { installSkeleton } from './slow';
import { installThemeChoice } from './theme';

/**
 * All that runs in the browser begins here, in place of Next's own beginning (next.config.js). Each part listens on
 * the document for what its elements do, found by their data attributes, so that what is put into the page
 * later is served as well; without any of them every page can be read and every question asked.
 */
function begin(): void {
  installDialogs();
  installKeys();
  // Before the skeleton: what opens in the panel leaves no page.
  installPanel();
  installSelection();
  installSkeleton();
  installThemeChoice();
}

if (document.documentElement.id === '__next_error__') void import('./next-runtime');
else if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin, { once: true });
else begin();

import { isPlainClick } from './clicks';
import { isDialogOpen } from './dialogs';
import { within } from './elements';
import { fetchPart } from './fragment';

/** A page of related passages, and what the link to it calls it. */
interface View {
  href: string;
  words: string;
}

const ARTICLE_LINK = '[data-article-text] a[data-related]';

/**
 * Beside an article `a[data-related]` opens what it leads to, from the panel itself too. What is open stands in the
 * state of the history's entry, so that Back, Forward and a reload find it as it was.
 */
export function installPanel(): void {
  const panel = document.querySelector<HTMLElement>('[data-panel]');
  if (panel === null) return;
  const title = within(panel, '[data-panel-title]');
  const content = within(panel, '[data-panel-content]');
  const back = within(panel, '[data-panel-back]');
  /** What is open, and what it was opened from, one from the other. */
  let views = remembered();
  let control = new AbortController();

  const opener = () => articleLinks().find(({ href }) => href === views[0]?.href);

  const show = (next: View[], focus: boolean) => {
    opener()?.setAttribute('aria-expanded', 'false');
    views = next;
    remember(views);
    opener()?.setAttribute('aria-expanded', 'true');
    const last = views.at(-1);
    control.abort();
    panel.hidden = last === undefined;
    if (last === undefined) return;
    title.textContent = last.words;
    back.hidden = views.length < 2;
    panel.scrollTop = 0;
    if (focus) panel.focus({ preventScroll: true });
    control = new AbortController();
    void fill(content, last.href, control.signal);
  };

  const close = () => {
    const link = opener();
    show([], false);
    link?.focus({ preventScroll: true });
  };

  if (views.length > 0) show(views, false);

  // Before anything else that opens such links where they stand.
  document.addEventListener('click', (event) => {
    const { target } = event;
    if (!(target instanceof Element) || !isPlainClick(event)) return;
    const link = target.closest<HTMLAnchorElement>(`${ARTICLE_LINK}, [data-panel] a[data-related]`);
    if (link !== null) {
      event.preventDefault();
      const view = { href: link.href, words: link.textContent };
      if (panel.contains(link)) show([...views, view], true);
      else if (view.href === views.at(-1)?.href) close();
      else show([view], true);
    } else if (target.closest('[data-panel-back]') !== null) show(views.slice(0, -1), true);
    else if (target.closest('[data-panel-close]') !== null) close();
  }, { capture: true });

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || panel.hidden) return;
    if (event.target instanceof HTMLInputElement || isDialogOpen()) return;
    event.preventDefault();
    close();
  });

  // Links say what they do when they are come by: an article may have thousands.
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element) || !target.matches(ARTICLE_LINK) || target.hasAttribute('aria-expanded')) return;
    target.setAttribute('aria-expanded', 'false');
    target.setAttribute('aria-controls', panel.id);
  });

  // Another passage of the same article is another entry; the panel goes along.
  addEventListener('hashchange', () => { remember(views); });
}

function articleLinks(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>(ARTICLE_LINK)];
}

function remembered(): View[] {
  const panel = (history.state as { panel?: unknown } | null)?.panel;
  return Array.isArray(panel) ? panel as View[] : [];
}

function remember(panel: View[]): void {
  history.replaceState({ ...(history.state as object | null), panel }, '');
}

async function fill(content: HTMLElement, href: string, signal: AbortSignal): Promise<void> {
  content.setAttribute('aria-busy', 'true');
  content.replaceChildren(line('status', 'Looking for related passages'));
  try {
    const part = await fetchPart(href, 'related', signal);
    // Something else has been opened since, and is on its way into the same place.
    if (signal.aborted) return;
    content.replaceChildren(part);
  } catch {
    if (signal.aborted) return;
    const said = line('alert', 'The related passages could not be fetched. ');
    said.append(Object.assign(document.createElement('a'), { href, textContent: 'Open them as a page' }));
    content.replaceChildren(said);
  }
  content.removeAttribute('aria-busy');
}

function line(role: string, text: string): HTMLElement {
  const said = document.createElement('p');
  said.setAttribute('role', role);
  said.append(text);
  return said;
}

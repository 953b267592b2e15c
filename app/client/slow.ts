import { isPlainClick } from './clicks';

/** Milliseconds before it is said that a page takes its time: what comes sooner is not worth a flicker. */
const PATIENCE_MS = 150;

/** Shows the skeleton in the page's place when the next page is not there after a moment. */
export function installSkeleton(): void {
  const template = document.getElementById('skeleton');
  const main = document.getElementById('main');
  if (!(template instanceof HTMLTemplateElement) || main === null) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restore = () => {};

  const stay = () => {
    clearTimeout(timer);
    restore();
    restore = () => {};
  };
  const leave = (event: Event) => {
    stay();
    // Whoever takes the event for something else may do so after this listener.
    timer = setTimeout(() => { if (!event.defaultPrevented) restore = replaceContent(main, template); }, PATIENCE_MS);
  };

  document.addEventListener('submit', (event) => {
    if ((event.target as HTMLFormElement).method === 'get') leave(event);
  });
  document.addEventListener('click', (event) => {
    if (isLeaving(event)) leave(event);
  });
  // The reader does not wait any longer; where the browser can tell, also by its own button.
  document.addEventListener('keydown', ({ key }) => { if (key === 'Escape') stay(); });
  (window as { navigation?: EventTarget }).navigation?.addEventListener('navigateerror', stay);
  // Back out of the browser's memory the page stands as it was left.
  addEventListener('pageshow', stay);
  addEventListener('pagehide', stay);
}

/** @returns what puts the page back as it was, with focus and place */
function replaceContent(main: HTMLElement, template: HTMLTemplateElement): () => void {
  const column = main.querySelector('.column') ?? main;
  const content = [...column.children].filter((child) => !child.hasAttribute('hidden'));
  const skeleton = document.importNode(template.content, true).firstElementChild;
  const { activeElement } = document;
  const { scrollX, scrollY } = window;
  for (const child of content) child.setAttribute('hidden', '');
  if (skeleton !== null) column.append(skeleton);
  main.setAttribute('aria-busy', 'true');
  return () => {
    skeleton?.remove();
    for (const child of content) child.removeAttribute('hidden');
    main.removeAttribute('aria-busy');
    if (activeElement instanceof HTMLElement) activeElement.focus({ preventScroll: true });
    scrollTo(scrollX, scrollY);
  };
}

/** Whether a click takes this page away for another one of the app's. */
function isLeaving(event: MouseEvent): boolean {
  if (!isPlainClick(event)) return false;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || link.origin !== location.origin || link.hasAttribute('download') || !['', '_self'].includes(link.target)) return false;
  return link.pathname !== location.pathname || link.search !== location.search;
}

/** Milliseconds before it is said that a page takes its time: what comes sooner is not worth a flicker. */
const PATIENCE_MS = 150;

/** Shows the skeleton in the page's place when the next page is not there after a moment. */
export function installSkeleton(): void {
  const template = document.getElementById('skeleton');
  const main = document.getElementById('main');
  if (!(template instanceof HTMLTemplateElement) || main === null) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hidden: Element[] = [];

  const show = () => {
    const column = main.querySelector('.column') ?? main;
    hidden = [...column.children].filter((child) => !child.hasAttribute('hidden'));
    for (const child of hidden) child.setAttribute('hidden', '');
    column.append(template.content.cloneNode(true));
    main.setAttribute('aria-busy', 'true');
  };
  const restore = () => {
    clearTimeout(timer);
    if (main.getAttribute('aria-busy') !== 'true') return;
    main.querySelector('[role=status]')?.remove();
    for (const child of hidden) child.removeAttribute('hidden');
    main.removeAttribute('aria-busy');
  };
  const expect = () => {
    clearTimeout(timer);
    timer = setTimeout(show, PATIENCE_MS);
  };

  document.addEventListener('submit', (event) => {
    if (!event.defaultPrevented && (event.target as HTMLFormElement).method === 'get') expect();
  });
  document.addEventListener('click', (event) => {
    if (isLeaving(event)) expect();
  });
  // Back out of the browser's memory the page stands as it was left.
  addEventListener('pageshow', restore);
  addEventListener('pagehide', restore);
}

/** Whether a click takes this page away for another one of the app's. */
function isLeaving(event: MouseEvent): boolean {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || link.origin !== location.origin || link.hasAttribute('download') || !['', '_self'].includes(link.target)) return false;
  return link.pathname !== location.pathname || link.search !== location.search;
}

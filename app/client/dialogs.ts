/** Sent by a dialog of this app just before it opens, for whoever fills it. */
export const OPENING = 'pilcrow:opening';

/** `data-opens="ID"` on a button opens the dialog of that id; a click beside a dialog closes it. */
export function installDialogs(): void {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    const opener = event.target.closest('[data-opens]');
    if (opener !== null) openDialog(opener.getAttribute('data-opens') ?? '');
    // The backdrop is the dialog itself; its content is in elements of its own, or within its padding.
    if (event.target instanceof HTMLDialogElement && isOutside(event.target, event)) event.target.close();
  });
}

/** Opens a dialog unless another is open. */
export function openDialog(id: string): HTMLDialogElement | null {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement) || isDialogOpen()) return null;
  dialog.dispatchEvent(new Event(OPENING, { bubbles: true }));
  dialog.showModal();
  return dialog;
}

export function isDialogOpen(): boolean {
  return document.querySelector('dialog:modal') !== null;
}

function isOutside(dialog: HTMLDialogElement, { clientX, clientY }: MouseEvent): boolean {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

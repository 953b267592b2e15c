/** Sent by a dialog of this app just before it opens, for whoever fills it. */
export const OPENING = 'pilcrow:opening';

/** `data-opens="ID"` on a button opens the dialog of that id; a click beside a dialog closes it. */
export function installDialogs(): void {
  /** The dialog beside which the press began: what is selected in one may end beside it. */
  let pressed: HTMLDialogElement | null = null;
  document.addEventListener('pointerdown', (event) => { pressed = besideWhich(event); });
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    const opener = event.target.closest('[data-opens]');
    if (opener !== null) openDialog(opener.getAttribute('data-opens') ?? '');
    const beside = besideWhich(event);
    if (beside !== null && beside === pressed) beside.close();
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

/** The backdrop is the dialog itself; its content is in elements of its own, or within its padding. */
function besideWhich({ target, clientX, clientY }: MouseEvent): HTMLDialogElement | null {
  if (!(target instanceof HTMLDialogElement)) return null;
  const { left, right, top, bottom } = target.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom ? target : null;
}

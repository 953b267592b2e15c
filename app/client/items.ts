/** The item with the focus, on itself or on something in it, or else the first that is in view. */
export function currentItem(): Element | null {
  return focusedItem() ?? visibleItems().find(isInView) ?? null;
}

/** Whether the focus is on an item itself. */
export function isItemFocused(): boolean {
  return document.activeElement?.matches('[data-item]') === true;
}

export function focusNextItem(): boolean {
  return focusItem(1);
}

export function focusPreviousItem(): boolean {
  return focusItem(-1);
}

/** Goes on from the item with the focus; the first and the last are the ends. */
function focusItem(step: 1 | -1): boolean {
  const items = visibleItems();
  const focused = focusedItem();
  const next = focused === null ? items.find(isInView) : items[items.indexOf(focused) + step];
  if (next === undefined) return focused !== null;
  next.focus({ preventScroll: true });
  // With the room that scroll-padding leaves; an item that is in view already stays where it is.
  next.scrollIntoView({ block: 'nearest' });
  return true;
}

function focusedItem(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>('[data-item]') ?? null;
}

function visibleItems(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-item]')].filter((item) => item.checkVisibility());
}

/** Also what is further down: the first item of a page may be below its fold. */
function isInView(item: Element): boolean {
  const { top, bottom } = item.getBoundingClientRect();
  return top >= 0 || bottom > innerHeight / 2;
}

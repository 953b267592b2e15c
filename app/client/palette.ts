import { isComposing } from './composing';
import { OPENING, openDialog } from './dialogs';
import { type PaletteList, paletteList } from './palette-list';
import { articles, ask, pages, type Place, type PlaceGroup, questions, thoseNamed } from './places';

/** Milliseconds without a letter before articles are looked up. */
const PAUSE_MS = 100;
const NO_ARTICLES: PlaceGroup = { name: 'Articles', places: [] };

/** Opens the palette, or closes it; true in either case: its key is no other's. */
export function togglePalette(): true {
  const dialog = document.getElementById('palette');
  if (dialog instanceof HTMLDialogElement && dialog.open) dialog.close();
  else openDialog('palette');
  return true;
}

/** Go to a page, a question asked or an article by some letters of its name: a combobox with a list. */
export function installPalette(): void {
  const dialog = document.getElementById('palette');
  const box = dialog?.querySelector<HTMLInputElement>('[data-palette-box]');
  const note = dialog?.querySelector('[data-palette-note]');
  if (!(dialog instanceof HTMLDialogElement) || box == null || note == null) return;
  const list = paletteList(dialog, box);
  let found = NO_ARTICLES;
  let lookup = new AbortController();

  const show = (typed: string, group: PlaceGroup) => list.show([pages(typed), questions(typed), group, ask(typed)]);
  const lookUp = async (typed: string, { signal }: AbortController) => {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const answer = await articlesSaid(typed, signal);
    // Something else has been typed since.
    if (signal.aborted) return;
    found = answer.group;
    note.textContent = answer.note;
    show(typed, found);
  };
  const change = () => {
    lookup.abort();
    lookup = new AbortController();
    const typed = box.value.trim();
    note.textContent = '';
    list.reset();
    // Until others are found, those that still fit.
    show(typed, { ...NO_ARTICLES, places: typed === '' ? [] : thoseNamed(found.places, typed) });
    if (typed !== '') void lookUp(typed, lookup);
  };
  const choose = ({ go }: Place) => {
    if (typeof go === 'string') {
      dialog.close();
      follow(go);
    } else {
      go();
      change();
    }
  };

  dialog.addEventListener(OPENING, () => {
    box.value = '';
    found = NO_ARTICLES;
    change();
  });
  dialog.addEventListener('close', () => lookup.abort());
  box.addEventListener('input', change);
  box.addEventListener('keydown', (event) => {
    if (!isComposing(event) && press(event, list, choose)) event.preventDefault();
  });
  list.onChosen(choose);
}

/** The articles with a line about them, where there is something to say. */
async function articlesSaid(typed: string, signal: AbortSignal): Promise<{ group: PlaceGroup; note: string }> {
  try {
    const group = await articles(typed, signal);
    return { group, note: group.places.length === 0 ? 'No article has this in its title.' : '' };
  } catch {
    return { group: NO_ARTICLES, note: 'Articles cannot be looked up just now.' };
  }
}

function press({ key, repeat }: KeyboardEvent, list: PaletteList, choose: (place: Place) => void): boolean {
  switch (key) {
    case 'ArrowDown': return list.move(1);
    case 'ArrowUp': return list.move(-1);
    case 'Home': return list.moveTo(0);
    case 'End': return list.moveTo(-1);
    case 'Enter': {
      const place = list.active();
      // Held down since it opened the palette it has not chosen yet.
      if (place !== null && !repeat) choose(place);
      return true;
    }
    default: return false;
  }
}

/** As a click on a link, which whoever listens for those takes notice of. */
function follow(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  document.body.append(link);
  link.click();
  link.remove();
}

import { within } from './elements';
import type { Place, PlaceGroup } from './places';

export interface PaletteList {
  show(groups: readonly PlaceGroup[]): void;
  /** The first place is the active one again. */
  reset(): void;
  /** Makes the next or previous place the active one, around the ends. */
  move(step: 1 | -1): true;
  /** @param index from the end when negative */
  moveTo(index: number): true;
  active(): Place | null;
  onChosen(choose: (place: Place) => void): void;
}

/** The list under a combobox: focus stays in the box, `aria-activedescendant` names the active place. */
export function paletteList(dialog: HTMLElement, box: HTMLInputElement): PaletteList {
  const list = within(dialog, '[data-palette-list]');
  let places: Place[] = [];
  let active = 0;
  /** Whether the reader chose the active place: then it stays so when others come in before it. */
  let isChosen = false;

  const options = () => [...list.querySelectorAll<HTMLElement>('[role=option]')];
  const activate = (index: number) => {
    active = index;
    options().forEach((option, i) => { option.ariaSelected = String(i === active); });
    box.setAttribute('aria-activedescendant', options()[active]?.id ?? '');
  };
  const moveTo = (index: number): true => {
    isChosen = true;
    activate((index + places.length) % places.length);
    options()[active]?.scrollIntoView({ block: 'nearest' });
    return true;
  };
  const optionAt = (target: EventTarget | null) => options().findIndex((option) => target instanceof Node && option.contains(target));

  // A press would take the focus out of the box.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('mousemove', ({ target }) => {
    const index = optionAt(target);
    if (index === -1 || index === active) return;
    isChosen = true;
    activate(index);
  });

  return {
    show(groups) {
      const chosen = isChosen ? places[active] : undefined;
      const shown = groups.filter((group) => group.places.length > 0);
      places = shown.flatMap((group) => group.places);
      list.replaceChildren(...shown.map((group) => groupElement(dialog, group)));
      options().forEach((option, i) => { option.id = `palette-option-${i}`; });
      // Articles may have the same title: they lead to different places.
      activate(Math.max(0, places.findIndex(({ words, go }) => words === chosen?.words && go === chosen.go)));
    },
    reset() {
      isChosen = false;
      list.scrollTop = 0;
    },
    move: (step) => moveTo(active + step),
    moveTo,
    active: () => places[active] ?? null,
    onChosen(choose) {
      list.addEventListener('click', ({ target }) => {
        const place = places[optionAt(target)];
        if (place !== undefined) choose(place);
      });
    },
  };
}

/** Built from the templates beside the list; everything that varies is put in as text. */
function groupElement(dialog: HTMLElement, { name, places }: PlaceGroup): HTMLElement {
  const group = copyOf(dialog, 'template[data-palette-group]');
  group.ariaLabel = name;
  within(group, '[data-name]').textContent = name;
  group.append(...places.map(({ words, author, date, language }) => {
    const option = copyOf(dialog, 'template[data-palette-option]');
    const named = within(option, '[data-words]');
    named.textContent = words;
    if (language) named.lang = language;
    within(option, '[data-author]').textContent = author ?? '';
    within(option, '[data-date]').textContent = author && date ? `, ${date}` : date ?? '';
    return option;
  }));
  return group;
}

function copyOf(dialog: HTMLElement, template: string): HTMLElement {
  const { content } = within(dialog, template) as HTMLTemplateElement;
  return document.importNode(content.firstElementChild as HTMLElement, true);
}

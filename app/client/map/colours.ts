/** What the landscape is drawn with, as the styles have it. */
const NAMES = ['paper', 'dot', 'land', 'height', 'line', 'name', 'behind', 'lit', 'glow'] as const;

/** Red, green and blue, 0 to 255. */
export type Channels = readonly [number, number, number];

/** Each as something a canvas takes for a colour. */
export interface Colours extends Record<(typeof NAMES)[number] | 'glowEnd', string> {
  /** Of the dots, which are written point by point: taking a colour apart is too dear for each picture. */
  dotChannels: Channels;
}

/**
 * The colours that hold now, by `--map-…` of the element. A property's own text may be `light-dark(…)`, which a
 * canvas does not know; what an element has for its colour is resolved.
 */
export function readColours(host: HTMLElement): Colours {
  const probe = document.createElement('span');
  probe.style.setProperty('forced-color-adjust', 'none');
  host.append(probe);
  const style = getComputedStyle(probe);
  const colours = Object.fromEntries(NAMES.map((name) => {
    probe.style.color = `var(--map-${name})`;
    return [name, style.color];
  })) as Record<(typeof NAMES)[number], string>;
  probe.remove();
  // Towards plain `transparent` some browsers pass through grey.
  return { ...colours, glowEnd: `rgb(${channels(colours.glow).join(' ')} / 0)`, dotChannels: channels(colours.dot) };
}

/** Calls when other colours may hold: the system's choice, the reader's, more contrast. */
export function watchColours(changed: () => void): void {
  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)']) {
    matchMedia(query).addEventListener('change', changed);
  }
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ['data-theme', 'class'] });
}

/** Of anything that is a colour. */
function channels(colour: string): Channels {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (context === null) return [0, 0, 0];
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

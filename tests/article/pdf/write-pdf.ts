/** A page of a PDF written by hand: its drawing instructions, and what differs from A4 upright. */
export interface PageSource {
  content: string;
  /** Entries of its dictionary, e.g. `/Rotate 90`. */
  entries?: string;
}

export interface DocumentSource {
  pages: readonly PageSource[];
  /** Entries of the catalog, e.g. `/Lang (de)`. */
  catalog?: string;
  /** Entries of the information dictionary, e.g. `/Title (Rain)`. */
  info?: string;
  /** Fonts beside /F1 (Helvetica) and /F2 (Helvetica-Bold): name and object. */
  fonts?: Readonly<Record<string, string>>;
}

/** PDF as text, nothing compressed; characters are those of Windows-1252. */
export function writePdf({ pages, catalog = '', info = '', fonts = {} }: DocumentSource): Buffer {
  const bodies: string[] = [];
  const add = (body: string): number => bodies.push(body);
  add(`<< /Type /Catalog /Pages 2 0 R ${catalog} >>`);
  const kids = pages.map((_, at) => `${4 + Object.keys(fonts).length + 2 + at * 2} 0 R`);
  add(`<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages.length} >>`);
  add(`<< ${info} >>`);
  const all = {
    F1: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    F2: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    ...fonts,
  };
  const resources = Object.entries(all).map(([name, font]) => `/${name} ${add(font)} 0 R`).join(' ');
  for (const { content, entries = '' } of pages) {
    const page = bodies.length + 1;
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${entries} /Resources << /Font << ${resources} >> >> /Contents ${page + 1} 0 R >>`);
    add(`<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`);
  }
  let file = '%PDF-1.7\n';
  const offsets = bodies.map((body, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  file += `xref\n0 ${bodies.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`;
  file += `trailer\n<< /Size ${bodies.length + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

/** Text at a place, in points from the page's lower left corner. */
export function text(x: number, y: number, written: string, size = 10, font = 'F1'): string {
  return matrix([1, 0, 0, 1, x, y], written, size, font);
}

/** Text in any direction: the six numbers of its matrix. */
export function matrix(numbers: readonly number[], written: string, size = 10, font = 'F1'): string {
  const shown = written.startsWith('<') ? written : `(${written.replace(/[\\()]/g, '\\$&')})`;
  return `BT /${font} ${size} Tf ${numbers.join(' ')} Tm ${shown} Tj ET\n`;
}

/** Lines one below another. */
export function lines(x: number, y: number, written: readonly string[], size = 10, leading = 1.2 * size, font = 'F1'): string {
  return written.map((line, at) => text(x, y - at * leading, line, size, font)).join('');
}

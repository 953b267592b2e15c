/** How text is written in an encoding that has no characters for it: as people did on such machines. */
const PLAIN: Record<string, string> = { '“': '"', '”': '"', '„': '"', '‘': "'", '’': "'", '«': '"', '»': '"', '–': '-', '—': '-', '…': '...', 'œ': 'oe', 'ș': 'ş', 'ț': 'ţ', 'Ș': 'Ş', 'Ț': 'Ţ' };

/** An encoder for a legacy encoding, which Node lacks: its decoder's answers for all sequences of one and two bytes, turned round. */
export class LegacyEncoder {
  readonly #bytes = new Map<string, readonly number[]>();

  constructor(encoding: string) {
    const decode = decoder(encoding);
    for (let first = 0; first < 256; first++) this.#add(decode, [first]);
    for (let first = 0x81; first < 256; first++) {
      if (decode([first]) !== null) continue;
      for (let second = 0x40; second < 256; second++) this.#add(decode, [first, second]);
    }
  }

  #add(decode: (bytes: number[]) => string | null, bytes: number[]): void {
    const text = decode(bytes);
    if (text !== null && [...text].length === 1 && !this.#bytes.has(text)) this.#bytes.set(text, bytes);
  }

  /** The text in this encoding, and as it can be read from it; null where it lacks letters for it. */
  encode(text: string): { bytes: Uint8Array; text: string } | null {
    const bytes: number[] = [];
    let written = '';
    for (const character of text) {
      const plain = this.#bytes.has(character) ? character : (PLAIN[character] ?? character);
      for (const each of plain) {
        const own = this.#bytes.get(each) ?? this.#withMark(each);
        if (own === null) return null;
        bytes.push(...own);
      }
      written += plain;
    }
    return { bytes: Uint8Array.from(bytes), text: written };
  }

  /** Vietnamese in windows-1258: a letter and its tone are two characters. */
  #withMark(character: string): readonly number[] | null {
    for (const mark of '\u0300\u0301\u0303\u0309\u0323') {
      const letter = character.normalize('NFD').replace(mark, '').normalize('NFC');
      const [first, second] = [this.#bytes.get(letter), this.#bytes.get(mark)];
      if (letter !== character && first !== undefined && second !== undefined) return [...first, ...second];
    }
    return null;
  }
}

function decoder(encoding: string): (bytes: number[]) => string | null {
  // Node 20 takes windows-1252 for ISO 8859-1: its table is written out here, of the Unicode Consortium's file
  if (encoding === 'windows-1252') {
    const high = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ';
    return ([first = 0, second]) => {
      if (second !== undefined) return null;
      const character = first >= 0x80 && first < 0xa0 ? high.charAt(first - 0x80) : String.fromCharCode(first);
      return character === '\0' ? null : character;
    };
  }
  const strict = new TextDecoder(encoding, { fatal: true });
  return (bytes) => {
    try {
      return strict.decode(Uint8Array.from(bytes));
    } catch {
      return null;
    }
  };
}

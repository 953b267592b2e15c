/** A set of passage rows below `count`: a byte each, so that asking costs nothing and sets combine quickly. */
export class RowSet {
  private constructor(
    private readonly members: Uint8Array,
    readonly size: number,
  ) {}

  /** Rows from `count` on are left out. */
  static of(rows: Iterable<number>, count: number): RowSet {
    const members = new Uint8Array(count);
    for (const row of rows) members[row] = 1;
    return RowSet.from(members);
  }

  private static from(members: Uint8Array): RowSet {
    return new RowSet(members, members.reduce((sum, member) => sum + member, 0));
  }

  has(row: number): boolean {
    return this.members[row] === 1;
  }

  /** The rows of both sets, which must be of one index. */
  and(other: RowSet): RowSet {
    return RowSet.from(this.members.map((member, row) => member & (other.members[row] ?? 0)));
  }

  /** The rows of this set that `other` has not. */
  without(other: RowSet): RowSet {
    return RowSet.from(this.members.map((member, row) => member & ~(other.members[row] ?? 0)));
  }

  /** Ascending. */
  toRows(): Uint32Array {
    const rows = new Uint32Array(this.size);
    let next = 0;
    for (let row = 0; row < this.members.length; row++) if (this.members[row] === 1) rows[next++] = row;
    return rows;
  }
}

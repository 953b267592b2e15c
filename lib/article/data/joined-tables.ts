import { isRecord, type JsonRecord } from './json-text';

/** Tables that lead from posts to what other tables say of them, as Ghost exports its database. */
const JOINS = [
  { field: 'authors', through: 'posts_authors', by: 'author_id', of: 'users' },
  { field: 'tags', through: 'posts_tags', by: 'tag_id', of: 'tags' },
] as const;
/** What its exports are wrapped in, by version. */
const PLACES: readonly (readonly string[])[] = [['db', '0', 'data'], ['data'], []];

/**
 * Gives the posts of an exported database their authors and tags, which stand in tables of their own there. Any other
 * value stays as it is.
 *
 * @param root is changed
 */
export function joinTables(root: unknown): void {
  for (const place of PLACES) {
    const tables = place.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? (value as JsonRecord)[step] : undefined), root);
    if (isRecord(tables) && Array.isArray(tables.posts)) return joinPosts(tables, tables.posts.filter(isRecord));
  }
}

function joinPosts(tables: JsonRecord, posts: readonly JsonRecord[]): void {
  for (const { field, through, by, of } of JOINS) {
    const names = new Map(rowsOf(tables, of).map((row) => [idOf(row.id), row.name]));
    names.delete(null);
    const named = new Map<string | null, string[]>();
    for (const row of inOrder(rowsOf(tables, through))) {
      const name = names.get(idOf(row[by]));
      const post = idOf(row.post_id);
      if (typeof name !== 'string' || post === null) continue;
      const list = named.get(post);
      if (list === undefined) named.set(post, [name]);
      else list.push(name);
    }
    for (const post of posts) {
      // posts of old exports have one author, and name it themselves
      const single = names.get(idOf(post[by]));
      const found = named.get(idOf(post.id)) ?? (typeof single === 'string' ? [single] : []);
      if (found.length > 0 && !isFilled(post[field])) post[field] = found;
    }
  }
}

function rowsOf(tables: JsonRecord, name: string): JsonRecord[] {
  const rows = tables[name];
  return Array.isArray(rows) ? rows.filter(isRecord) : [];
}

function inOrder(rows: readonly JsonRecord[]): JsonRecord[] {
  const place = ({ sort_order: order }: JsonRecord): number => (typeof order === 'number' ? order : 0);
  return [...rows].sort((a, b) => place(a) - place(b));
}

/** Numbers in old exports. */
function idOf(id: unknown): string | null {
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' ? value.trim() !== '' : Array.isArray(value) && value.length > 0;
}

/** What the map is called for those who don't see it: by the server, and by client/map once the index is another. */
export function mapName(passages: number): string {
  return `Map of ${passages.toLocaleString('en')} ${passages === 1 ? 'passage' : 'passages'}`;
}

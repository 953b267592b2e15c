/** What a form asks for besides what stands in its boxes. */
export function KeptParameters({ query }: { query: URLSearchParams }) {
  return [...query].map(([name, value]) => <input key={name + value} type="hidden" name={name} value={value} />);
}

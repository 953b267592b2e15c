/** Hidden files and folders, packages, and what editors leave while they work. */
export function isIgnoredName(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules' || name.endsWith('~') || /\.sw[a-z]$/.test(name) || /^#.*#$/.test(name);
}

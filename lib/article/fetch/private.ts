import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/** IPv4 that is not reached over the public internet: IANA's special-purpose registry, multicast and class E. */
const PRIVATE_V4: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8], // this host
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // between a provider and its customers
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local; clouds tell machines their secrets there
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16],
  ['198.18.0.0', 15], // benchmarking
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
];

/** Within IPv6's global unicast addresses, those that are special, Teredo (2001::/32) among them. */
const PRIVATE_V6: readonly (readonly [network: string, prefix: number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32], // documentation
  ['3fff::', 20], // documentation
];

/** What carries an IPv4 address in its last 32 bits: IPv4-mapped, and NAT64 (RFC 6052). */
const V4_INSIDE = ['::ffff:', '64:ff9b::'];

/** Names that never leave a machine or its network (RFC 6761, 6762, 8375; ICANN for `internal`). */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|home\.arpa)$/;

const privateList = new BlockList();
const globalV6 = new BlockList();
fillLists();

/**
 * Whether an address can be one of a server on the public internet; false for whatever is not an address.
 *
 * @param ip as `node:net` writes it, without brackets; a zone (`%eth0`) is left out
 */
export function isPublicAddress(ip: string): boolean {
  const address = ip.split('%', 1)[0] ?? '';
  if (isIPv4(address)) return !privateList.check(address, 'ipv4');
  // Everything outside of global unicast is private, reserved or not yet given out.
  return isIPv6(address) && globalV6.check(address, 'ipv6') && !privateList.check(address, 'ipv6');
}

/** Whether a host name is private whatever it resolves to. */
export function isPrivateName(hostname: string): boolean {
  return PRIVATE_NAME.test(hostname.toLowerCase().replace(/\.+$/, ''));
}

/** The address that a URL's host is, or null for a name. WHATWG's parser has made `0x7f.1` and `2130706433` addresses already. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? null : bare;
}

function fillLists(): void {
  for (const [network, prefix] of PRIVATE_V4) {
    privateList.addSubnet(network, prefix, 'ipv4');
    for (const before of V4_INSIDE) privateList.addSubnet(`${before}${network}`, 96 + prefix, 'ipv6');
    privateList.addSubnet(sixToFour(network), 16 + prefix, 'ipv6');
  }
  for (const [network, prefix] of PRIVATE_V6) privateList.addSubnet(network, prefix, 'ipv6');
  for (const before of V4_INSIDE) globalV6.addSubnet(`${before}0.0.0.0`, 96, 'ipv6');
  globalV6.addSubnet('2000::', 3, 'ipv6');
}

/** 6to4 (RFC 3056) carries the IPv4 address behind its first 16 bits. */
function sixToFour(v4: string): string {
  const hex = Buffer.from(v4.split('.').map(Number)).toString('hex');
  return `2002:${hex.slice(0, 4)}:${hex.slice(4)}::`;
}

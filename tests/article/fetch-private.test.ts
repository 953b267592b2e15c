import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPrivateName, isPublicAddress, literalAddress } from '../../lib/article/fetch/private';
import { parseAddress, Targets, type Lookup } from '../../lib/article/fetch/target';

const PUBLIC = ['8.8.8.8', '93.184.216.34', '172.15.255.255', '172.32.0.0', '100.63.255.255', '100.128.0.0', '2606:4700::1111', '2a00:1450:4001::1', '::ffff:8.8.8.8', '64:ff9b::808:808', '2002:808:808::1'];
const PRIVATE = [
  '127.0.0.1', '127.255.255.254', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '100.127.255.255',
  '192.0.0.8', '192.0.2.1', '198.18.0.1', '198.19.255.255', '198.51.100.7', '203.0.113.7', '224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255',
  '::1', '::', 'fc00::1', 'fd12:3456::1', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '2001:db8::1', '3fff::1', '2001::1', '100::1', '5f00::1', '64:ff9b:1::1',
  '::127.0.0.1', '::8.8.8.8', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:192.168.0.1', '64:ff9b::127.0.0.1', '64:ff9b::a00:1', '2002:7f00:1::', '2002:c0a8:101::1',
];

describe('addresses', () => {
  test.each(PUBLIC)('%s may be a server on the internet', (address) => expect(isPublicAddress(address)).toBe(true));
  test.each(PRIVATE)('%s is none', (address) => expect(isPublicAddress(address)).toBe(false));
  test.each(['', 'localhost', '1.2.3', '8.8.8.8.8', '[2606:4700::1]', 'gggg::1'])('%j is no address', (text) => expect(isPublicAddress(text)).toBe(false));

  test('an IPv6 address that carries one of IPv4 is what that is', () => {
    fc.assert(fc.property(fc.ipV4(), (v4) => {
      const isPublic = isPublicAddress(v4);
      const hex = Buffer.from(v4.split('.').map(Number)).toString('hex');
      for (const v6 of [`::ffff:${v4}`, `64:ff9b::${v4}`, `2002:${hex.slice(0, 4)}:${hex.slice(4)}::1`]) expect([v6, isPublicAddress(v6)]).toEqual([v6, isPublic]);
    }));
  });

  test.each([
    ['http://0x7f.1/', '127.0.0.1'], ['http://2130706433/', '127.0.0.1'], ['http://127.1/', '127.0.0.1'], ['http://0177.0.0.1/', '127.0.0.1'],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'], ['http://[::1]/', '::1'], ['http://127.0.0.1./', '127.0.0.1'], ['http://①②⑦.0.0.1/', '127.0.0.1'],
  ])('%s is seen as %s', (url, address) => expect(literalAddress(new URL(url).hostname)).toBe(address));

  test('names that never leave a network are known by their ending', () => {
    expect(['localhost', 'LOCALHOST.', 'a.localhost', 'printer.local', 'x.internal', 'nas.home.arpa'].filter((name) => !isPrivateName(name))).toEqual([]);
    expect(['example.org', 'local.example', 'notlocal', 'mylocalhost', 'home.arpa.example'].filter(isPrivateName)).toEqual([]);
  });
});

describe('where requests may go', () => {
  const names: Record<string, string[]> = { 'public.example': ['93.184.216.34'], 'inside.example': ['10.1.2.3'], 'both.example': ['10.1.2.3', '93.184.216.34'] };
  const lookup: Lookup = async (hostname) => (names[hostname] ?? []).map((address) => ({ address, family: 4 }));
  const resolve = async (targets: Targets, url: string): Promise<string[]> => (await targets.resolve(new URL(url))).map(({ address }) => address);

  test('what was typed may be anywhere, and lead to the same host or the internet', async () => {
    const targets = new Targets(lookup, 'typed', false);
    expect(await resolve(targets, 'http://inside.example/')).toEqual(['10.1.2.3']);
    expect(await resolve(targets, 'http://inside.example:8080/other')).toEqual(['10.1.2.3']);
    expect(await resolve(targets, 'http://public.example/')).toEqual(['93.184.216.34']);
    await expect(resolve(targets, 'http://10.9.9.9/')).rejects.toMatchObject({ code: 'fetch-forbidden', message: 'http://10.9.9.9/ leads into a private network (10.9.9.9)' });
  });

  test('a public host that was typed cannot turn out to be private afterwards', async () => {
    let address = '93.184.216.34';
    const targets = new Targets(async () => [{ address, family: 4 }], 'typed', false);
    await resolve(targets, 'http://turning.example/');
    address = '127.0.0.1';
    await expect(resolve(targets, 'http://turning.example/again')).rejects.toMatchObject({ code: 'fetch-forbidden' });
  });

  test('what was found is public or forbidden, whatever came before', async () => {
    const targets = new Targets(lookup, 'found', false);
    expect(await resolve(targets, 'http://public.example/')).toEqual(['93.184.216.34']);
    for (const url of ['http://inside.example/', 'http://[::1]/', 'http://0x7f.1/', 'http://169.254.169.254/latest']) {
      await expect(resolve(targets, url)).rejects.toMatchObject({ code: 'fetch-forbidden' });
    }
  });

  test('of a name with public and private addresses only the public ones are used', async () => {
    expect(await resolve(new Targets(lookup, 'found', false), 'http://both.example/')).toEqual(['93.184.216.34']);
  });

  test('private names are not looked up', async () => {
    const targets = new Targets(() => { throw new Error('looked up'); }, 'found', false);
    await expect(resolve(targets, 'http://router.local/')).rejects.toMatchObject({ code: 'fetch-forbidden' });
  });

  test('one may allow it all', async () => {
    expect(await resolve(new Targets(lookup, 'found', true), 'http://inside.example/')).toEqual(['10.1.2.3']);
  });
});

describe('addresses that are typed', () => {
  test('lose their fragment', () => expect(parseAddress('HTTPS://Example.org/a#b').href).toBe('https://example.org/a'));

  test.each(['example.org', 'ftp://example.org/', 'file:///etc/passwd', 'javascript:alert(1)', 'http://', ''])('%j cannot be fetched', (text) => {
    expect(() => parseAddress(text)).toThrow('is not an address that can be fetched');
  });

  test('with a password are refused without repeating it', () => {
    expect(() => parseAddress('https://me:secret@example.org/')).toThrow('the address at example.org has a user name in it');
  });

  test('have a limit', () => expect(() => parseAddress(`https://example.org/${'a'.repeat(2_048)}`)).toThrow('more than 2048'));
});

import { describe, expect, test } from 'vitest';
import { hostAllowed } from '../../app/host';

describe('on loopback', () => {
  test.each([
    ['localhost', true],
    ['localhost:3000', true],
    ['LOCALHOST:3000', true],
    ['localhost.:3000', true],
    ['127.0.0.1', true],
    ['127.0.0.1:65535', true],
    ['127.0.0.2:3000', true],
    ['[::1]', true],
    ['[::1]:3000', true],
    ['evil.example', false],
    ['evil.example:3000', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.evil.example', false],
    ['evil.example#localhost', false],
    ['evil.example@localhost', false],
    ['localhost, evil.example', false],
    ['localhost:3000:3000', false],
    ['0.0.0.0:3000', false],
    ['[::]:3000', false],
    ['::1', false],
    ['', false],
    [null, false],
  ])('%s: %s', (header, allowed) => {
    expect(hostAllowed(header, {})).toBe(allowed);
    expect(hostAllowed(header, { HOST: '127.0.0.1' })).toBe(allowed);
    expect(hostAllowed(header, { HOST: 'localhost' })).toBe(allowed);
    expect(hostAllowed(header, { HOST: '127.0.0.2' })).toBe(allowed);
  });
});

describe('served to a network', () => {
  test.each([
    ['any name when none is named', 'library.lan:3000', { HOST: '0.0.0.0' }, true],
    ['any name on all IPv6 addresses', 'library.lan', { HOST: '::' }, true],
    ['its own address', '192.168.1.5:3000', { HOST: '192.168.1.5' }, true],
    ['a name that is named', 'library.lan:3000', { HOST: '0.0.0.0', PILCROW_ALLOWED_HOSTS: 'other.lan, LIBRARY.lan' }, true],
    ['no other once some are named', 'evil.example', { HOST: '0.0.0.0', PILCROW_ALLOWED_HOSTS: 'library.lan' }, false],
    ['still loopback', 'localhost:3000', { HOST: '0.0.0.0', PILCROW_ALLOWED_HOSTS: 'library.lan' }, true],
    ['a proxy before loopback, named', 'library.example', { PILCROW_ALLOWED_HOSTS: 'library.example' }, true],
    ['any by a star', 'whatever.example', { PILCROW_ALLOWED_HOSTS: '*' }, true],
    ['no nonsense even then', 'a b', { HOST: '0.0.0.0' }, false],
  ])('%s', (_name, header, settings, allowed) => {
    expect(hostAllowed(header, settings)).toBe(allowed);
  });
});

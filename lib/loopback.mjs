// Plain JavaScript: `npm start` asks before anything is compiled, the app for every request.

/**
 * Whether only this machine can reach a host: one rule for who may connect and for what is believed
 * of a Host header.
 * @param {string} host a name or an address, without brackets or port
 * @returns {boolean}
 */
export function isLoopback(host) {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

import { fileURLToPath } from 'node:url';

// Nothing here ever calls home; set before Next makes its telemetry object.
process.env.NEXT_TELEMETRY_DISABLED = '1';

/** For every answer, static files included. What pages may load is decided per request in proxy.ts. */
const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), browsing-topics=()',
};

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native addons, and packages that look for files beside themselves.
  serverExternalPackages: ['@xenova/transformers', 'better-sqlite3', 'hnswlib-node', 'onnx-proto', 'onnxruntime-node', 'sharp'],
  turbopack: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    // Pages are documents: the server renders them whole, and nothing on them is a component in the browser.
    // So what runs there begins with our own few scripts in place of Next's router and React (136 kB of them);
    // main.ts fetches those only where a page could not be rendered.
    resolveAlias: Object.fromEntries(
      ['app-next-turbopack', 'app-next-dev'].map((entry) => [`next/dist/client/${entry}.js`, { browser: './app/client/main.ts' }]),
    ),
    // The engine opens paths it learns at run time. The warning is about deployments that copy what
    // was traced; this app is served from the folder it was built in.
    ignoreIssue: [{ path: /(^|\/)lib\//, title: /filesystem access/ }],
  },
  // `npm run types` checks the whole project; a reader's first start need not pay for it.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: '/:path*', headers: Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value })) },
  ],
};

export default config;

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'

// The files of the guide's shell: its entry, its pages and what they import at once, and what finds names without a
// network. The map, the zoom and the console are fetched when they are used.
function shellFiles(): Set<string> {
  type Chunk = { file: string; css?: string[]; imports?: string[] }
  const manifest = JSON.parse(readFileSync(here('./dist/manifest.json'), 'utf8')) as Record<string, Chunk>
  const files = new Set(['index.html', 'theme.js', 'icon.svg'])
  const seen = new Set<string>()
  const follow = (key: string): void => {
    if (seen.has(key)) return
    seen.add(key)
    const chunk = manifest[key]!
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    chunk.imports?.forEach(follow)
  }
  Object.keys(manifest)
    .filter((key) => key === 'index.html' || key === 'guide/search/nameBook.ts' || key.startsWith('guide/pages/'))
    .forEach(follow)
  return files
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// The paths that belong to the server. The service worker never answers for them.
const serverPaths = [/^\/api\//, /^\/console/, /^\/iiif\//, /^\/oai/, /^\/sta\//, /^\/epcis\//, /^\/(healthz|readyz|metrics)/]

export default defineConfig({
  plugins: [
    vue(),
    VitePWA({
      strategies: 'generateSW',
      registerType: 'prompt',
      injectRegister: null,
      filename: 'sw.js',
      manifest: {
        name: '一键游',
        short_name: '一键游',
        description: '一座城的文物、遗址、博物馆与景区 · Relics, sites, museums and scenic areas of a city',
        lang: 'zh-CN',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#f7f4ed',
        theme_color: '#f7f4ed',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          { src: '/icon-maskable.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['index.html', 'theme.js', 'icon.svg', 'assets/*.{js,css}'],
        manifestTransforms: [
          (entries) => {
            const shell = shellFiles()
            return { manifest: entries.filter((entry) => shell.has(entry.url)), warnings: [] }
          },
        ],
        maximumFileSizeToCacheInBytes: 4_000_000,
        navigateFallback: '/index.html',
        navigateFallbackDenylist: serverPaths,
        cleanupOutdatedCaches: true,
        inlineWorkboxRuntime: true,
        sourcemap: false,
        runtimeCaching: [
          {
            urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
            handler: 'CacheFirst',
            options: { cacheName: 'assets', expiration: { maxEntries: 80 } },
          },
        ],
      },
    }),
  ],
  resolve: {
    alias: { '@shared': here('./shared'), '@guide': here('./guide'), '@console': here('./console') },
  },
  define: {
    __VUE_I18N_FULL_INSTALL__: 'true',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '/api': 'http://127.0.0.1:8080', '/iiif': 'http://127.0.0.1:8080' },
  },
  build: {
    // In-app browsers lag behind: what they know of since about 2021.
    target: ['es2020', 'chrome90', 'safari15'],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    manifest: 'manifest.json',
    rollupOptions: {
      input: { guide: here('./index.html'), console: here('./console/index.html') },
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        // A worker of type .mjs keeps the ending that every server knows.
        assetFileNames: (asset) => (asset.names[0]?.endsWith('.mjs') ? 'assets/[name]-[hash].js' : 'assets/[name]-[hash][extname]'),
        codeSplitting: { groups: [{ name: 'shell', test: /node_modules[\\/](@vue|vue|vue-router|vue-i18n|@intlify)[\\/]/ }] },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['shared/**/*.test.ts', 'guide/**/*.test.ts', 'console/**/*.test.ts'],
    css: true,
    restoreMocks: true,
    unstubGlobals: true,
  },
})

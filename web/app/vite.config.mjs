import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { texts } from './build/texts.mjs'
import { worker } from './build/worker.mjs'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))

// Few files, named by their content: what every screen needs, the desk kit, and one file a screen.
function chunk(id) {
  const words = /virtual:texts\/(zh|en)(?:-CN)?(\/more)?/.exec(id)
  if (words) return `texts-${words[1]}${words[2] ? '-more' : ''}`
  if (/preload-helper|plugin-vue|node_modules\/(@vue|vue)\//.test(id)) return 'vue'
  if (/node_modules\/leaflet\/|src\/city\/leaflet/.test(id)) return 'leaflet'
  if (/node_modules\/(read-excel-file|fflate|saxen|unzipper-esm|worker-f)\//.test(id)) return 'excel'
  if (/node_modules/.test(id)) return 'element'
  if (/src\/kit\/(worked|WorkedBox|DecideBox)/.test(id)) return 'worked' // for who agrees on hours
  const screen = /\/src\/(desk|employer|field|city|check|admin)\//.exec(id)
  if (screen) return screen[1]
  return !/\/src\//.test(id) || /\/src\/(main\.ts|router\.ts|App\.vue|app\.css|sign-in)/.test(id) ? undefined : 'kit'
}

export default defineConfig({
  root: at('.'),
  base: '/app/',
  plugins: [vue(), texts(at('../texts'), at('src')), worker(at('sw.js'))],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    outDir: process.env.OUT_DIR || at('../dist'),
    emptyOutDir: true,
    target: ['chrome87', 'safari14'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    rollupOptions: {
      output: {
        hashCharacters: 'hex',
        entryFileNames: 'app.[hash:8].js',
        chunkFileNames: '[name].[hash:8].js',
        assetFileNames: '[name].[hash:8][extname]',
        manualChunks: chunk
      }
    }
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } }
})

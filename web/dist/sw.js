const BUILD = 'ad5b47b4', FILES = ["/app","/app/app.c2e91b8f.js","/app/field.01c3ac1a.css","/app/field.26ef7547.js","/app/index.85a8db39.css","/app/kit.38ebc058.css","/app/kit.597463d3.js","/app/texts-en.a424c471.js","/app/texts-zh.46d6b4cd.js","/app/vue.10651a64.js"]
// sw.js - lets the app open without a network. It keeps files of this build and nothing else: no answer
// of the server, so no personal data, which only field/store.ts keeps. BUILD and FILES come from build/worker.mjs.
const KEPT = `app ${BUILD}`
const PATIENCE_MS = 3000

// The page comes from the server, so that a new build shows at once, unless it is gone or too slow.
async function page(request) {
  const asked = fetch(request).catch(() => Response.error())
  const slow = new Promise((done) => setTimeout(done, PATIENCE_MS))
  const fresh = await Promise.race([asked, slow])
  return fresh && fresh.ok ? fresh : (await caches.match('/app')) || asked
}

// Other files are named by their content: what is kept is never old.
async function file(request) {
  const kept = await caches.match(request.url)
  if (kept) return kept
  const fresh = await fetch(request)
  if (fresh.ok) await (await caches.open(KEPT)).put(request.url, fresh.clone())
  return fresh
}

addEventListener('install', (e) => e.waitUntil(caches.open(KEPT).then((c) => c.addAll(FILES)).then(() => self.skipWaiting())))
addEventListener('activate', (e) =>
  e.waitUntil(caches.keys().then((all) => Promise.all(all.filter((k) => k !== KEPT).map((k) => caches.delete(k)))).then(() => self.clients.claim())))
addEventListener('fetch', (e) => {
  const { origin, pathname } = new URL(e.request.url)
  if (e.request.method !== 'GET' || origin !== location.origin) return
  if (e.request.mode === 'navigate' && pathname === '/app') e.respondWith(page(e.request))
  else if (/^\/app\/[^/]+\.[0-9a-f]{8}\.\w+$/.test(pathname)) e.respondWith(file(e.request))
})

// main.ts - the staff app: texts, who is signed in, then the screen that the address names.
import { createApp } from 'vue'
import App from './App.vue'
import './app.css'
import { startRouter } from './router'
import { loadSession } from './session'
import { startLang } from './texts'

// Without it (no https, an old phone) the app works as well, but wants the network to open. Asked for a new
// build at once: left alone, browsers take their time.
async function keepInPhone(): Promise<void> {
  try {
    await (await navigator.serviceWorker?.register('/sw.js', { scope: '/app' }))?.update()
  } catch (e) {
    console.info(e)
  }
}

Promise.all([startLang(), loadSession()])
  .then(startRouter)
  .then(() => createApp(App).mount('#app'))
  .then(keepInPhone)

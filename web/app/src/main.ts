// main.ts - the staff app: texts, who is signed in, then the screen that the address names.
import { createApp } from 'vue'
import App from './App.vue'
import './app.css'
import { startRouter } from './router'
import { loadSession } from './session'
import { startLang } from './texts'

Promise.all([startLang(), loadSession()])
  .then(startRouter)
  .then(() => createApp(App).mount('#app'))

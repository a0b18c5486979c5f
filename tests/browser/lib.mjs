// lib.mjs - what gates, flows and pictures share: the browser, people signed in, TAP.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

export const base = process.env.BASE;
const need = createRequire(process.env.NODE_HOME + '/');
const { chromium } = need('playwright-core');
export const jsqr = need('jsqr');
const axe = readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8');

export const phones = {
  desk: '13800000001', inspector: '13800000002', admin: '13800000003',
  employer: '13800000100', seeker: '13800001000',
  unborn: '13911114444' // whose day of birth nobody knows
};

// How people look at a page. The choice is a cookie, which the server renders as attributes of <html>.
export const modes = {
  normal: { width: 390, cookies: {}, attrs: {}, tap: 44 },
  elder: { width: 390, cookies: { size: 'elder' }, attrs: { 'data-elder': '' }, tap: 60 },
  contrast: { width: 390, cookies: { contrast: 'high' }, attrs: { 'data-contrast': 'high' }, tap: 44 },
  max: { width: 320, cookies: { size: 'max' }, attrs: { 'data-size': 'max' }, tap: 44 },
  desk: { width: 1366, cookies: {}, attrs: {}, tap: 44 }
};

export async function launch(more = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--force-color-profile=srgb', ...more]
  });
}

let n = 0, bad = 0;
export function check(good, name, why = '') {
  n++;
  if (!good) {
    bad++;
    for (const line of String(why).split('\n').filter(Boolean)) console.log('# ' + line);
  }
  console.log(`${good ? 'ok' : 'not ok'} ${n} - ${name}`);
  return good;
}

// Runs steps one after the other; a step that throws is one failed line and ends its test.
export async function test(name, fn) {
  try {
    await fn();
    return check(true, name);
  } catch (e) {
    return check(false, name, e.stack || e);
  }
}

export function end() {
  console.log(`1..${n}`);
  process.exitCode = bad ? 1 : 0;
}

export async function api(path, body, token) {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  if (token) headers.Authorization = 'Bearer ' + token;
  const r = await fetch(base + path, { method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body) });
  const text = await r.text();
  if (!r.ok) throw new Error(`${path}: ${r.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

const tokens = {};
export async function token(phone) {
  if (!tokens[phone]) {
    await api('/api/v1/sign-in', { phone });
    tokens[phone] = (await api('/api/v1/sign-in/code', { phone, code: '123456' })).token;
  }
  return tokens[phone];
}

// A post of the employer of the demonstration that a desk has phoned about; gives its shift.
export async function openShift(post) {
  const job = await api('/api/v1/jobs', { rhythm: 'day', valid_to: '2026-11-30', ...post }, await token(phones.employer));
  await api(`/api/v1/jobs/${job.id}/verify`, { level: 'phoned' }, await token(phones.desk));
  return job.shift_id;
}

// A verified shift of the next day that touches the night.
export const nightShift = () => openShift({ title: '早餐帮厨', trade: 'kitchen', text: '蒸包子、煮粥、收碗', address: '天河区棠下街', pay_unit: 'hour', pay_fen: 2600,
  cap: 3, start_ms: '2026-11-26T05:00:00+08:00', end_ms: '2026-11-26T09:00:00+08:00' });

export async function context(browser, { phone, mode = modes.normal, height = 844, js = true, scale = 1 } = {}) {
  const c = await browser.newContext({
    viewport: { width: mode.width, height }, deviceScaleFactor: scale, locale: 'zh-CN', javaScriptEnabled: js, bypassCSP: false
  });
  const cookies = { ...mode.cookies };
  if (phone) cookies.lingji = await token(phone);
  await c.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: base })));
  return c;
}

// Shows an open page in another mode, exactly as the server would have rendered it.
export async function look(page, mode, height = 844) {
  await page.setViewportSize({ width: mode.width, height });
  await page.evaluate((attrs) => {
    for (const name of ['data-size', 'data-elder', 'data-contrast']) document.documentElement.removeAttribute(name);
    for (const [name, value] of Object.entries(attrs)) document.documentElement.setAttribute(name, value);
  }, mode.attrs);
}

// A screen of the staff app before somebody who is signed in, on a network as people have it: what a screen
// asks for comes later than the screen, so that a form that is not ready yet shows itself.
export async function openApp(browser, phone, path, { mode = modes.desk, height = 768 } = {}) {
  const c = await context(browser, { phone, mode, height });
  const page = await c.newPage();
  page.setDefaultTimeout(15000);
  await page.route('**/api/v1/**', async (r) => {
    await new Promise((go) => setTimeout(go, 60));
    await r.continue().catch(() => {});
  });
  await page.goto(`${base}/app#${path}`);
  await page.locator('h1').first().waitFor();
  return page;
}

// The text of a QR code that stands on a page as the d of a path.
export async function readQr(locator) {
  const dark = [...(await locator.getAttribute('d')).matchAll(/M(\d+) (\d+)h(\d+)/g)].map((m) => m.slice(1).map(Number));
  const size = Math.max(...dark.map(([x, , n]) => x + n));
  const w = size * 4 + 32, grey = new Uint8ClampedArray(w * w * 4).fill(255);
  for (const [x, y, n] of dark)
    for (let i = 0; i < n * 4; i++)
      for (let k = 0; k < 4; k++) {
        const at = ((y * 4 + k + 16) * w + x * 4 + i + 16) * 4;
        grey[at] = grey[at + 1] = grey[at + 2] = 0;
      }
  const found = jsqr(grey, w, w);
  if (!found) throw new Error('the code cannot be read');
  return found.data;
}

// What a person would stumble over on this page, as lines of text; empty when there is nothing.
export async function faults(page, tap) {
  if (!await page.evaluate('!!window.axe')) await page.evaluate(axe);
  return page.evaluate(async (tap) => {
    const out = [], where = (e) => e.outerHTML.replace(/\s+/g, ' ').slice(0, 140);
    const seen = (r) => r.width > 0 && r.height > 0 && r.right > 0 && r.bottom > 0;
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
      out.push(`scrolls sideways, ${root.scrollWidth} in ${root.clientWidth}: ${wide.slice(-1).map(where)}`);
    }
    for (const e of document.querySelectorAll('.el-dialog')) // its overlay scrolls, the page behind does not
      if (seen(e.getBoundingClientRect()) && e.getBoundingClientRect().right > root.clientWidth + 1) out.push(`wider than the screen: ${where(e)}`);
    for (const e of document.querySelectorAll('b,dd,td')) { // a number that runs over two lines is two numbers
      const lines = document.createRange();
      lines.selectNodeContents(e);
      if (/^[\d.]+$/.test(e.textContent.trim()) && new Set([...lines.getClientRects()].map((r) => Math.round(r.bottom))).size > 1)
        out.push(`a number in pieces: ${where(e)}`);
    }
    // A link inside a sentence is read, not aimed at; everything else has a target of its own.
    const inSentence = (e) => e.tagName === 'A' && getComputedStyle(e).display === 'inline' &&
      [...e.parentNode.childNodes].some((t) => t.nodeType === 3 && t.data.trim());
    for (const e of document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary')) {
      const box = ['checkbox', 'radio', 'file'].includes(e.type) && e.closest('label') || e;
      const r = box.getBoundingClientRect();
      if (e.closest('.skip') || !seen(r) || getComputedStyle(e).visibility === 'hidden' || inSentence(e)) continue;
      if (r.height < tap - 0.5 || r.width < tap - 0.5)
        out.push(`target ${Math.round(r.width)}x${Math.round(r.height)}, want ${tap}: ${where(e)}`);
    }
    scrollTo(0, root.scrollHeight); // where the bottom bar covers nothing: on the way there, people scroll
    const run = await window.axe.run(document, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
      resultTypes: ['violations'], preload: false
    });
    for (const v of run.violations)
      for (const x of v.nodes) out.push(`${v.id}: ${x.html.replace(/\s+/g, ' ').slice(0, 140)} ${(x.any[0] || x.all[0] || x.none[0] || {}).message || ''}`);
    return out;
  }, tap);
}

// Content security policy and origin are watched on every page of a context.
export function watch(page, found) {
  page.on('request', (r) => {
    if (!r.url().startsWith(base + '/') && !/^(data:|blob:http:\/\/127\.0\.0\.1)/.test(r.url())) found.push('leaves the origin: ' + r.url());
  });
  page.on('console', (m) => {
    if (/Content Security Policy/.test(m.text())) found.push('policy: ' + m.text());
  });
  page.on('pageerror', (e) => found.push('script: ' + e.message));
}

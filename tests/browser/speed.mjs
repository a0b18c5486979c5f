// speed.mjs - the list on slow 4G and a slow phone, beside a bare page of as many bytes in the same run.
import { createServer } from 'node:http';
import { brotliCompressSync } from 'node:zlib';
import { base, launch, modes, test, end } from './lib.mjs';

const RUNS = 5, MOST = 1.3;
const slow4G = { offline: false, latency: 562, downloadThroughput: 1.44e6 / 8, uploadThroughput: 675e3 / 8 };
const html = await (await fetch(base + '/', { headers: { Accept: 'text/html' } })).text();
const words = html.replace(/<head>.*<\/head>/s, '').replace(/<script.*?<\/script>/gs, '').replace(/<[^>]*>/g, ' ');
const bare = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>bare</title><main><p>${words}</p></main></html>`;
const page = bare + `<!--${html.slice(0, Math.max(0, html.length - bare.length))}-->`;
const bytes = brotliCompressSync(page);
const server = createServer((q, r) => r.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Encoding': 'br' }).end(bytes));
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const control = `http://127.0.0.1:${server.address().port}/`;
const browser = await launch();

async function lcp(url) {
  const c = await browser.newContext({ viewport: { width: modes.normal.width, height: 844 } });
  const p = await c.newPage(), cdp = await c.newCDPSession(p);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', slow4G);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await p.goto(url, { waitUntil: 'load' });
  const ms = await p.evaluate(() => new Promise((done) => {
    new PerformanceObserver((l) => done(l.getEntries().pop().startTime)).observe({ type: 'largest-contentful-paint', buffered: true });
  }));
  await c.close();
  return ms;
}
const median = (v) => [...v].sort((a, b) => a - b)[v.length >> 1];

async function ratio() {
  const list = [], plain = [];
  for (let i = 0; i < RUNS; i++) {
    plain.push(await lcp(control));
    list.push(await lcp(base + '/'));
  }
  const [a, b] = [median(list), median(plain)];
  console.log(`# list ${Math.round(a)} ms, bare ${Math.round(b)} ms, ratio ${(a / b).toFixed(2)}`);
  return a / b;
}

// What else the machine does takes longer from the larger of the two pages; it never makes it sooner.
await test(`the list is painted within ${MOST} of a bare page of as many bytes, slow 4G`, async () => {
  let best = Infinity;
  for (let round = 0; round < 3 && best > MOST; round++) best = Math.min(best, await ratio());
  if (best > MOST) throw new Error(`${best.toFixed(2)} at best`);
});
await browser.close();
server.close();
end();

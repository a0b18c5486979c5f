// gates.mjs - every server-rendered page as people see it: five modes, accessibility, targets,
// width, policy, origin, weight.
import { base, phones, modes, launch, check, test, end, context, faults, look, watch } from './lib.mjs';
import { pages } from './pages.mjs';

const browser = await launch();
const todo = await pages();
const contexts = new Map();

// Every page of the route table stands in the list, so that a new page cannot stay unseen.
const noPage = /^\/(api|static|size|contrast|lang|check-in|metrics|healthz|readyz|openapi.json|sitemap.xml|jobs.atom|sw.js|favicon.ico|hall\/events|app|kiosk\/:token\/reset)(\/|$)/;
const routes = process.env.ROUTES.split('\n').filter((l) => l.startsWith('GET ') && !/ \/app#/.test(l)).map((l) => l.split(/\s+/)[1]).filter((r) => !noPage.test(r));
const unseen = routes.filter((r) => !todo.some((p) => new RegExp('^' + r.replace(/:\w+/g, '[^/?]+') + '(\\?|$)').test(p.path)));
check(unseen.length === 0, `all ${routes.length} pages of the route table are looked at`, unseen.join('\n'));

async function one(job) {
  if (!contexts.has(job.who)) contexts.set(job.who, context(browser, { phone: phones[job.who] }));
  const page = await (await contexts.get(job.who)).newPage(), found = [];
  watch(page, found);
  const status = (await page.goto(base + job.path)).status();
  if (status !== (job.status || 200)) found.push(`status ${status}`);
  for (const [name, mode] of Object.entries(modes)) {
    await look(page, mode);
    const lines = await faults(page, mode.tap);
    check(lines.length === 0, `${name}: ${job.name} ${job.path} for ${job.who || 'a stranger'}`, lines.slice(0, 12).join('\n'));
  }
  await page.close();
  check(found.length === 0, `${job.name} keeps to its origin and policy`, found.join('\n'));
}

async function worker() {
  for (let job; (job = todo.shift());) await one(job).catch((e) => check(false, `${job.name} ${job.path}`, e.stack));
}
await Promise.all([worker(), worker()]);

await test('the server renders the look that the cookies name', async () => {
  for (const [name, mode] of Object.entries(modes)) {
    const c = await context(browser, { mode, js: false });
    const page = await c.newPage();
    await page.goto(base + '/');
    const got = await page.locator('html').evaluate((e) => Object.fromEntries([...e.attributes].map((a) => [a.name, a.value])));
    delete got.lang;
    if (JSON.stringify(got) !== JSON.stringify(mode.attrs)) throw new Error(`${name}: ${JSON.stringify(got)}`);
    await c.close();
  }
});

async function weight(path) {
  const r = await fetch(base + path, { headers: { 'Accept-Encoding': 'br', Accept: 'text/html,*/*' } });
  return { got: Number(r.headers.get('content-length')), br: r.headers.get('content-encoding') === 'br', text: await r.text() };
}
const list = await weight('/');
check(list.br && list.got <= 14 << 10, `the list weighs ${list.got} bytes, at most 14 KB`, `brotli ${list.br}`);
const script = await weight(list.text.match(/src="(\/static\/lingji[^"]*)"/)[1]);
check(script.br && script.got <= 6 << 10, `the script weighs ${script.got} bytes, at most 6 KB`, `brotli ${script.br}`);
await browser.close();
end();

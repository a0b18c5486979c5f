// shots.mjs - pictures of every screen into $SHOTS (docs/screens), small: they are looked at by eye. Run by
// tests/browser/run.sh BINARY WORK shots; $ONLY names a part. What is no longer a screen is deleted.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { base, phones, modes, launch, context, look } from './lib.mjs';
import { pages } from './pages.mjs';

const out = process.env.SHOTS || 'docs/screens', only = process.env.ONLY || '';
mkdirSync(out, { recursive: true });
const browser = await launch();
const made = new Set();
let unsqueezed = false; // without ImageMagick the pictures are three times as large
const press = (name) => (p) => p.getByRole('button', { name }).first().click();

async function shoot(page, name, full = false) {
  await page.waitForTimeout(250); // what fades in
  await page.evaluate(() => document.activeElement?.blur());
  const { width, height } = page.viewportSize();
  const tall = full ? await page.evaluate(() => Math.min(1500, document.documentElement.scrollHeight)) : height;
  await page.screenshot({ path: `${out}/${name}.png`, fullPage: full, clip: { x: 0, y: 0, width, height: tall } });
  try {
    execFileSync('convert', [`${out}/${name}.png`, '-strip', '+dither', '-colors', '128', `PNG8:${out}/${name}.png`]);
  } catch {
    unsqueezed = true;
  }
  made.add(`${name}.png`);
}

// ---- people's pages ----
const looks = { list: ['normal', 'elder', 'contrast', 'max'], job: ['normal', 'elder', 'max'], pair: ['normal', 'elder', 'max'], day: ['normal', 'elder', 'max'] };
for (const p of await pages()) {
  if (!p.name.includes(only)) continue;
  const wide = p.screen && { ...modes.normal, width: p.screen[0] };
  const c = await context(browser, { phone: phones[p.who], mode: wide || modes.normal, height: p.screen ? p.screen[1] : 844, scale: p.screen ? 0.45 : 1 });
  const page = await c.newPage();
  await page.goto(base + p.path);
  for (const mode of p.screen ? ['normal'] : looks[p.name] || ['normal']) {
    if (!p.screen) await look(page, modes[mode]);
    await shoot(page, `${p.name}${p.who ? '-' + p.who : ''}${mode === 'normal' ? '' : '-' + mode}`);
  }
  await c.close();
}

// ---- the staff app: whose, address, widths, what is done first ----
const staff = { ...phones, manager: '13800000004', grid: '13800000005', district: '13800000008', auditor: '13800000009' };
const find = async (p) => {
  await p.keyboard.press('F2');
  await p.keyboard.type('1004');
  await p.keyboard.press('Enter');
  await p.locator('td .pay').first().waitFor();
};
const post = async (p) => {
  await press('车位')(p);
  await p.getByLabel('写在最上面的一句').fill('锁边工');
  await p.getByLabel('具体做什么').fill('女装锁边,会的来');
  for (let i = 0; i < 2; i++) await press('下一步')(p);
  await p.getByLabel('元/天').fill('180');
};
const visit = async (p) => {
  await press('去看这家')(p);
  for (const yes of await p.getByRole('button', { name: '是', exact: true }).all()) await yes.click();
  await p.getByRole('button', { name: '不是' }).nth(2).click();
  await p.locator('#note').fill('门口说做一天 240,贴的是 260');
};
const offline = async (p) => {
  await p.evaluate(() => navigator.serviceWorker.ready);
  await p.context().setOffline(true);
  await p.reload();
  await p.getByText('没有网。').waitFor();
};
const batch = async (p) => {
  await p.keyboard.press('F8');
  await p.locator('#batch-text').fill('姓名,手机,工种,住处\n张三,13933330001,车位,凤阳街\n李四,1393333\n赵六,13933330001');
  await press('看一遍')(p);
};
const app = [
  ['sign-in', '', '/sign-in', 'normal desk'],
  ['sign-in-staff', '', '/sign-in?way=staff', 'desk'],
  ['desk-empty', 'desk', '/desk', 'desk'],
  ['desk', 'desk', '/desk', 'desk', find],
  ['desk-assigned', 'desk', '/desk', 'desk', async (p) => { await find(p); await p.keyboard.press('1'); await p.locator('.paper').waitFor(); }],
  ['desk-register', 'desk', '/desk', 'desk', (p) => p.keyboard.press('F4')],
  ['desk-batch', 'desk', '/desk', 'desk', batch],
  ['employer', 'employer', '/employer', 'normal desk'],
  ['employer-post', 'employer', '/employer?tab=new', 'normal'],
  ['employer-pay-question', 'employer', '/employer?tab=new', 'normal', post],
  ['employer-code', 'employer', '/employer?tab=code', 'normal'],
  ['employer-pay', 'employer', '/employer?tab=pay', 'normal desk'],
  ['employer-papers', 'employer', '/employer?tab=papers', 'normal'],
  ['register-firm', 'employer', '/register', 'normal'],
  ['visits', 'inspector', '/visits', 'normal elder max'],
  ['visits-offline', 'inspector', '/visits', 'normal', offline],
  ['visit', 'inspector', '/visits', 'normal max', visit],
  ['seen', 'inspector', '/seen', 'normal'],
  ['wish', 'grid', '/grid', 'normal max'],
  ['manager', 'manager', '/today', 'desk'],
  ['district', 'district', '/today', 'desk'],
  ['city', 'admin', '/today', 'normal desk'],
  ['city-number', 'admin', '/today', 'desk', async (p) => { await press(/^要人/)(p); await p.locator('section[aria-label="要人"] tbody tr').first().waitFor(); }],
  ['report', 'admin', '/report', 'desk'],
  ['check-posts', 'desk', '/check', 'desk'],
  ['check-firms', 'desk', '/check?tab=firms', 'desk'],
  ['rights', 'desk', '/rights', 'desk'],
  ['boards', 'admin', '/boards', 'desk'],
  ['staff', 'admin', '/staff', 'desk'],
  ['staff-one', 'admin', '/staff', 'desk', (p) => p.getByRole('link', { name: '林小玲' }).click()],
  ['audit', 'auditor', '/audit', 'desk'],
  ['none', 'seeker', '/', 'normal']
];
for (const [name, who, path, widths, first] of app) {
  if (!`app-${name}`.includes(only)) continue;
  for (const key of widths.split(' ')) {
    const desk = key === 'desk', height = desk ? 768 : 844;
    const c = await context(browser, { phone: staff[who], mode: modes[key], height, scale: desk ? 0.75 : 1 });
    await c.grantPermissions(['geolocation'], { origin: base });
    await c.setGeolocation({ longitude: 113.33, latitude: 23.12, accuracy: 8 });
    const page = await c.newPage();
    try {
      await page.goto(`${base}/app#${path}`);
      await page.locator('h1').first().waitFor();
      await page.waitForTimeout(700); // lists that come
      if (first) await first(page);
      await page.waitForTimeout(300);
      await shoot(page, `app-${name}${widths.startsWith(key) ? '' : '-' + key}`, !await page.getByRole('dialog').count());
    } catch (e) {
      console.log(`not ok - app-${name}: ${e.message}`);
      process.exitCode = 1;
    }
    await c.close();
  }
}

if (!only) for (const file of readdirSync(out)) if (!made.has(file)) rmSync(`${out}/${file}`);
console.log(`# ${made.size} pictures, ${Math.round([...made].reduce((n, f) => n + statSync(`${out}/${f}`).size, 0) / 1024)} KB${unsqueezed ? ', not squeezed' : ''}`);
await browser.close();

// shots.mjs - pictures of every screen into $SHOTS (docs/screens), small: they are looked at by eye.
import { mkdirSync, statSync } from 'node:fs';
import { base, phones, modes, launch, context, look } from './lib.mjs';
import { pages } from './pages.mjs';

const out = process.env.SHOTS || 'docs/screens';
const only = process.env.ONLY;
mkdirSync(out, { recursive: true });
const browser = await launch();
let total = 0;
for (const p of await pages()) {
  if (only && !p.name.includes(only)) continue;
  const wide = p.screen && { ...modes.normal, width: p.screen[0] };
  const c = await context(browser, { phone: phones[p.who], mode: wide || modes.normal, height: p.screen ? p.screen[1] : 844, scale: p.screen ? 0.45 : 1 });
  const page = await c.newPage();
  await page.goto(base + p.path);
  await page.waitForTimeout(100);
  for (const mode of p.screen ? ['screen'] : ((process.env.MODES || p.shots || 'normal').split(','))) {
    if (modes[mode]) await look(page, modes[mode]);
    const file = `${out}/${p.name}${p.who ? '-' + p.who : ''}${mode === 'normal' || mode === 'screen' ? '' : '-' + mode}.png`;
    await page.screenshot({ path: file, fullPage: Boolean(p.full || process.env.FULL) });
    total += statSync(file).size;
  }
  await c.close();
}
console.log(`# ${Math.round(total / 1024)} KB of pictures`);
await browser.close();

// pairs.mjs - two shifts that belong together, as people take them on the phone, with JavaScript off, and as a desk assigns them.
import { mkdirSync } from 'node:fs';
import { base, phones, modes, launch, test, end, api, token, openShift, context, faults, look, openApp } from './lib.mjs';

const browser = await launch();
const say = (what) => { throw new Error(what); };
const pictures = process.env.PICTURES; // a folder: the pages as they look, to be looked at
if (pictures) mkdirSync(pictures, { recursive: true });

const desk = await token(phones.desk);
const home = { lon: 113.32, lat: 23.085 };
const shift = (title, from, to, cap, more = {}) => openShift({ title, trade: 'warehouse', text: '扫码装袋,有人教', address: '海珠区凤阳街 23 号', pay_unit: 'hour', pay_fen: 4500,
  place: home, cap, start_ms: `2026-11-26T${from}:00+08:00`, end_ms: `2026-11-26T${to}:00+08:00`, ...more });
const seeker = (name, phone) => api('/api/v1/people', { name, phone, trade: 'warehouse', home, age_said: 'adult' }, desk);

async function person(phone) {
  const c = await context(browser, { js: false, phone });
  const page = await c.newPage();
  page.setDefaultTimeout(15000);
  return {
    page,
    open: (path) => page.goto(base + path),
    press: (name) => page.getByRole('button', { name }).first().click(),
    async sees(...words) {
      const t = await page.locator('body').innerText();
      for (const w of words) if (!t.includes(w)) say(`no "${w}" on ${page.url()}:\n${t.slice(0, 1500)}`);
    },
    async lacks(words) {
      if ((await page.locator('body').innerText()).includes(words)) say(`"${words}" on ${page.url()}`);
    },
    close: () => c.close()
  };
}

// In every look: nothing sticks out, targets are large enough, every word can be read.
async function looks(phone, path, name, at = 'main') {
  const c = await context(browser, { phone });
  const page = await c.newPage();
  await page.goto(base + path);
  for (const [mode, how] of Object.entries(modes)) {
    await look(page, how);
    const lines = await faults(page, how.tap);
    if (pictures) await page.locator(at).screenshot({ path: `${pictures}/${name}-${mode}.png` });
    if (lines.length) say(`${name} ${mode}: ${lines.join('\n')}`);
  }
  await c.close();
}

const one = '13900005001', wife = '13900005002', husband = '13900005003', quick = '13900005004';
await seeker('陈一日', one);
await seeker('赵快手', quick);
const he = await seeker('周同行', husband), she = await seeker('吴同行', wife);
await api(`/api/v1/people/${she.id}`, { partner_id: he.id, together: 'must' }, desk);
const early = await shift('早市分拣', '07:00', '11:00', 1), late = await shift('午后装袋', '14:00', '18:00', 1);

await test('a morning here and an afternoon there are one card under the list, and settled in one tap', async () => {
  const p = await person(one);
  await p.open('/');
  await p.sees('可以一起定的', '一天两份活', '先去这里', '再去那里', '早市分拣', '午后装袋', '360');
  await looks(one, '/', 'list-day', 'section[aria-labelledby=pairs]');
  await p.page.locator('section[aria-labelledby=pairs] a').first().click();
  await p.sees('早市分拣', '午后装袋', '退掉一份,另一份还在');
  await looks(one, new URL(p.page.url()).pathname, 'pair-day', 'body');
  await p.press('两份都去');
  await p.sees('早市分拣', '午后装袋');
  if (!p.page.url().endsWith('/my')) say(p.page.url());
  await p.page.locator('a', { hasText: '午后装袋' }).first().click();
  await p.press('来不了,把位置让出来');
  const left = (await api('/api/v1/my/hires', null, await token(one))).items.filter((h) => h.state === 'taken');
  if (left.length !== 1 || left[0].title !== '早市分拣') say(JSON.stringify(left));
  await p.close();
});

await test('when the other one is gone nothing is settled, and the page says which and shows what is left', async () => {
  const a = await shift('晨间理货', '07:00', '11:00', 1), b = await shift('傍晚理货', '13:00', '17:00', 1);
  const p = await person(phones.seeker);
  await p.open(`/jobs/${a}/with/${b}`);
  await p.sees('晨间理货', '傍晚理货');
  await api(`/api/v1/shifts/${b}/take`, {}, await token(quick));
  await p.press('两份都去');
  await p.sees('刚刚没有了:傍晚理货', '两份都没有定', '还在的这一份', '晨间理货');
  if (pictures) await p.page.screenshot({ path: `${pictures}/pair-gone.png`, fullPage: true });
  await looks(phones.seeker, `/jobs/${a}/with/${b}`, 'pair-gone', 'body');
  const own = (await api('/api/v1/my/hires', null, await token(phones.seeker))).items;
  if (own.some((h) => h.title === '晨间理货')) say('half of it was taken');
  await p.page.getByRole('link', { name: /晨间理货/ }).first().click();
  await p.sees('晨间理货');
  await p.close();
});

await test('two who go only together settle one shift each at one place', async () => {
  const a = await shift('车间甲班', '08:00', '17:00', 1, { break_min: 60 });
  await shift('车间乙班', '08:30', '17:00', 1, { break_min: 60 });
  const p = await person(wife);
  await p.open('/');
  await p.sees('同一个地方,两份活', '你去这份', '和你一起的那位去这份');
  await looks(wife, '/', 'list-place', 'section[aria-labelledby=pairs]');
  await p.page.locator('section[aria-labelledby=pairs] a').first().click();
  await p.sees('一个人退,两份一起退');
  await looks(wife, new URL(p.page.url()).pathname, 'pair-place', 'body');
  await p.press('两个人都去');
  for (const phone of [wife, husband]) {
    const own = (await api('/api/v1/my/hires', null, await token(phone))).items.filter((h) => h.state === 'taken');
    if (own.length !== 1) say(`${phone}: ${JSON.stringify(own)}`);
  }
  await p.page.locator('a', { hasText: '车间' }).first().click();
  await p.sees('两个人的位置一起让出来');
  await p.press('来不了,把位置让出来');
  const his = (await api('/api/v1/my/hires', null, await token(husband))).items;
  if (his[0].state !== 'cancelled_worker') say(JSON.stringify(his));
  if ((await api('/api/v1/jobs-open?limit=100')).items.find((j) => j.shift_id === a).left !== 1) say('the place is not free again');
  await p.close();
});

await test('a desk assigns both in one act, and gives both back', async () => {
  const early = await shift('清早分拣', '06:30', '10:30', 1), late = await shift('下晚装袋', '13:30', '17:30', 1);
  await seeker('郑两班', '13900005005');
  const page = await openApp(browser, phones.desk, '/desk');
  await page.keyboard.press('F2');
  await page.keyboard.type('13900005005');
  await page.keyboard.press('Enter');
  const card = page.locator('section', { hasText: '可以一起派的' }).last();
  await card.getByText('清早分拣').first().waitFor();
  if (pictures) await page.screenshot({ path: `${pictures}/desk.png`, fullPage: true });
  for (const mode of [modes.desk, { ...modes.normal, width: 390 }]) {
    await page.setViewportSize({ width: mode.width, height: 768 });
    const lines = await faults(page, 44);
    if (lines.length) say(lines.join('\n'));
  }
  if (pictures) await page.screenshot({ path: `${pictures}/desk-narrow.png`, fullPage: true });
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.getByRole('button', { name: '两份都派:清早分拣、下晚装袋' }).click();
  await page.getByText('两份都派好了').waitFor();
  if (pictures) await page.screenshot({ path: `${pictures}/desk-done.png`, fullPage: true });
  const of = async (id) => (await api('/api/v1/jobs-open?limit=100')).items.find((j) => j.shift_id === id);
  if (await of(early) || await of(late)) say('a place is still free');
  await page.getByRole('button', { name: '派错了,退回来' }).click();
  await card.getByText('清早分拣').first().waitFor();
  await page.getByText('派了工,小票就在这里').waitFor();
  if ((await of(early)).left !== 1 || (await of(late)).left !== 1) say('a place was kept');
  await page.context().close();
});

await test('when one of two is gone the desk is told which, and sees what is left', async () => {
  const early = await shift('头班分拣', '06:00', '10:00', 1), late = await shift('二班装袋', '13:00', '17:00', 1);
  await seeker('冯两班', '13900005006');
  await seeker('陶抢先', '13900005007');
  const page = await openApp(browser, phones.desk, '/desk');
  await page.keyboard.press('F2');
  await page.keyboard.type('13900005006');
  await page.keyboard.press('Enter');
  const go = page.locator('section', { hasText: '可以一起派的' }).last().locator('.pair', { hasText: '头班分拣' }).getByRole('button');
  await go.waitFor();
  const other = await go.getAttribute('aria-label');
  const gone = other.includes('二班装袋') ? late : early;
  await api(`/api/v1/shifts/${gone}/take`, {}, await token('13900005007'));
  await go.click();
  await page.getByText('所以两份都没有定').waitFor();
  if (await page.getByText('两份都派好了').count()) say('assigned');
  await page.context().close();
});

await test('a pair has its key, and a reason is asked where something was said against it meanwhile', async () => {
  await shift('开门分拣', '06:00', '10:00', 1);
  await shift('收市装袋', '13:00', '17:00', 1);
  const person = await seeker('孔两班', '13900005008');
  const page = await openApp(browser, phones.desk, '/desk');
  await page.keyboard.press('F2');
  await page.keyboard.type('13900005008');
  await page.keyboard.press('Enter');
  const pair = page.locator('section', { hasText: '可以一起派的' }).last().locator('.pair').first();
  const titles = (await pair.getByRole('button').getAttribute('aria-label')).replace('两份都派:', '');
  await api(`/api/v1/people/${person.id}`, { floor_fen: 9900 }, desk);
  await page.keyboard.press('6');
  const why = page.getByRole('dialog', { name: titles });
  await why.waitFor();
  if (await page.getByText('两份都派好了').count()) say('assigned without a reason');
  await why.locator('textarea').fill('本人在场同意');
  await why.getByRole('button', { name: titles }).click();
  await page.getByText('两份都派好了').waitFor();
  const taken = (await api(`/api/v1/people/${person.id}/hires`, null, desk)).items.map((h) => h.title);
  if (taken.length !== 2 || !taken.every((title) => titles.includes(title))) say(`${titles}: ${taken}`);
  await page.context().close();
});

await browser.close();
end();

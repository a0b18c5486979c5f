// flows.mjs - the duties of people on the real server, as a person does them: most with JavaScript off.
import { base, phones, modes, launch, check, test, end, api, token, context } from './lib.mjs';

const browser = await launch();
const say = (what) => { throw new Error(what); };

async function person(options = {}) {
  const c = await context(browser, { js: false, ...options });
  const page = await c.newPage();
  page.setDefaultTimeout(15000);
  return {
    page,
    open: (path) => page.goto(base + path),
    press: (name) => page.getByRole('button', { name }).first().click(),
    follow: (name) => page.getByRole('link', { name }).first().click(),
    fill: (id, value) => page.locator('#f-' + id).fill(value),
    text: () => page.locator('main').innerText(),
    async sees(words) {
      const t = await page.locator('body').innerText();
      if (!t.includes(words)) say(`no "${words}" on ${page.url()}:\n${t.slice(0, 700)}`);
    },
    async signIn(phone, next) {
      await page.goto(base + '/sign-in?next=' + next);
      await page.locator('#f-phone').fill(phone);
      await page.locator('main button').click();
      await page.locator('#f-code').fill('123456');
      await page.locator('main button').click();
    },
    close: () => c.close()
  };
}

const title = '样衣车位工';
const clock = await api('/api/v1/jobs-open?limit=1');
const day = clock.items[0].start_ms.slice(0, 10) < '2026-11-25' ? clock.items[0].start_ms.slice(0, 10) : '2026-11-25';
const boss = await person(), inspector = await person(), worker = await person();
let shift, hire;

await test('an employer posts a day of work', async () => {
  await boss.signIn(phones.employer, '/employer/jobs/new');
  await boss.fill('title', title);
  await boss.page.locator('#f-trade').selectOption('sewing');
  await boss.fill('text', '连衣裙打样,会平车和锁边,样衣在车间可以看');
  await boss.fill('address', '海珠区凤阳街 23 号 3 楼');
  await boss.page.locator('#f-pay_unit').selectOption('day');
  await boss.fill('pay_fen', '260');
  await boss.page.locator('#f-rhythm').selectOption('day');
  await boss.fill('valid_to', day);
  await boss.fill('start_ms', day + 'T08:20');
  await boss.fill('end_ms', day + 'T18:00');
  await boss.fill('break_min', '60');
  await boss.fill('cap', '3');
  await boss.page.locator('main form button[class*=primary]').click();
  await boss.open('/employer');
  await boss.sees(title);
  if ((await (await fetch(base + '/')).text()).includes(title)) say('shown before anybody looked at it');
});

await test('an inspector goes there and it opens', async () => {
  await inspector.signIn(phones.inspector, '/inspect');
  await inspector.page.locator('article', { hasText: title }).getByRole('link').first().click();
  for (const box of await inspector.page.locator('input[name=answers]').all()) await box.check();
  await inspector.fill('note', '工价、工时属实');
  await inspector.page.locator('#f-outcome').selectOption('pass');
  await inspector.page.locator('main form button[class*=primary]').click();
  const job = (await api('/api/v1/jobs-open?limit=100')).items.find((j) => j.title === title) || say('not open');
  shift = job.shift_id;
});

await test('a new seeker goes from the list to a place with a name, a phone and six digits', async () => {
  let taps = 0;
  await worker.open('/');
  await worker.page.locator(`a[href="/jobs/${shift}"]`).click(); taps++;
  await worker.sees('今天探岗');
  await worker.follow('我去'); taps++;
  await worker.fill('name', '周师傅');
  await worker.fill('phone', '13911112222');
  await worker.page.locator('main form button').click(); taps++;
  await worker.fill('code', '000000');
  await worker.page.locator('main form button').click();
  await worker.sees('验证码不对');
  await worker.fill('code', '123456');
  await worker.page.locator('main form button').click(); taps++;
  await worker.sees('已接下');
  await worker.sees(title);
  hire = worker.page.url().split('/').pop();
  if (taps > 4) say(`${taps} taps`);
});

await test('one who is known takes a job with two taps', async () => {
  const known = await person({ phone: '13800001007' });
  await known.open('/');
  await known.page.locator('main a.card').first().click();
  await known.press('我去');
  await known.sees('已接下');
  await known.close();
});

await test('the employer reads the code out, the worker checks in with it', async () => {
  await boss.open('/employer');
  await boss.page.locator('article', { hasText: title }).getByRole('link', { name: '签到码' }).first().click();
  const code = (await boss.page.locator('.big-code').innerText()).trim();
  await worker.open('/my');
  await worker.page.locator(`a[href="/my/${hire}"]`).first().click();
  await worker.fill('code', 'ABCDEF');
  await worker.press('签到');
  await worker.sees('签到码不对');
  await worker.fill('code', code);
  await worker.press('签到');
  await worker.sees('正在干');
});

await test('work ends, both say the same hours, the wage is paid and received', async () => {
  await worker.press('收工');
  await worker.page.locator('[name=minutes]').fill('520');
  await worker.press('就是这么多');
  await boss.open('/employer');
  const line = boss.page.locator('article', { hasText: '周' });
  await line.locator('[name=minutes]').fill('520');
  await line.getByRole('button', { name: '就是这么多' }).click();
  const due = boss.page.locator('article', { hasText: '周' });
  await due.locator('select').selectOption('wechat');
  await due.getByRole('button', { name: '已付' }).click();
  await worker.open('/my');
  await worker.page.locator(`a[href="/my/${hire}"]`).first().click();
  await worker.sees('260');
  await worker.press('到手了');
  await worker.sees('工钱到手');
});

await test('a couple comes to the desk and gets one place for two', async () => {
  const desk = await person({ phone: phones.desk });
  await desk.open('/join');
  await desk.fill('name', '梁师傅');
  await desk.fill('phone', '13922220001');
  await desk.page.locator('main form button[class*=primary]').click();
  await desk.follow('登记一起来的人');
  await desk.fill('name', '何阿姨');
  await desk.fill('phone', '13922220002');
  await desk.page.locator('summary').last().click();
  await desk.page.locator('#f-together').selectOption('must');
  await desk.page.locator('main form button[class*=primary]').click();
  await desk.sees('只能一起去');
  await desk.press('两个人一起定下');
  await desk.sees('已接下');
  const partner = await desk.page.locator('a', { hasText: '梁' }).first();
  await partner.click();
  await desk.sees('已接下');
  await desk.close();
});

await test('a post is on the hall screen within five seconds of being opened', async () => {
  const hall = await context(browser, { mode: { ...modes.normal, width: 1920 }, height: 1080 });
  const page = await hall.newPage();
  await page.goto(base + '/hall');
  const desk = await token(phones.desk), employer = await token(phones.employer);
  const job = await api('/api/v1/jobs', {
    title: '大厅屏试试', trade: 'packing', text: '打包贴单,坐着做', address: '海珠区凤阳街', pay_unit: 'day', pay_fen: 24000,
    rhythm: 'day', valid_to: day, start_ms: day + 'T08:00:00+08:00', end_ms: day + 'T17:00:00+08:00', break_min: 60, cap: 2
  }, employer);
  await page.waitForTimeout(600); // the stream is open
  const from = Date.now();
  await api(`/api/v1/jobs/${job.id}/verify`, { level: 'phoned' }, desk);
  await page.getByText('大厅屏试试').first().waitFor({ timeout: 5000 });
  console.log(`# on the screen after ${Date.now() - from} ms`);
  await hall.close();
});

await test('reading aloud is offered only where there is a voice', async () => {
  const c = await context(browser);
  const page = await c.newPage();
  await page.goto(base + `/jobs/${shift}`);
  if (await page.locator('[data-read]').isVisible()) say('offered without a voice');
  await page.addInitScript(() => {
    Object.defineProperty(window, 'speechSynthesis', { value: { getVoices: () => [{ lang: 'zh-CN' }], speaking: false } });
  });
  await page.reload();
  await page.locator('[data-read]').waitFor({ state: 'visible' });
  await c.close();
});

await test('a size once chosen stays, without JavaScript', async () => {
  const p = await person();
  await p.open('/sites');
  await p.page.locator('.look summary').click();
  await p.follow('长辈版');
  if (!p.page.url().endsWith('/sites')) say('led away to ' + p.page.url());
  if (await p.page.locator('html[data-elder]').count() !== 1) say('not larger');
  await p.open('/');
  if (await p.page.locator('html[data-elder]').count() !== 1) say('forgotten');
  await p.close();
});

await browser.close();
end();

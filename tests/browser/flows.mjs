// flows.mjs - the duties of people on the real server, as a person does them: most with JavaScript off.
import { base, phones, modes, launch, test, end, api, token, context, jsqr } from './lib.mjs';

const browser = await launch();
const say = (what) => { throw new Error(what); };

// The text of a QR code drawn by the server, from the runs of its path.
function readQr(d) {
  const dark = [...d.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((m) => m.slice(1).map(Number));
  const size = Math.max(...dark.map(([x, , n]) => x + n));
  const w = size * 4 + 32, grey = new Uint8ClampedArray(w * w * 4).fill(255);
  for (const [x, y, n] of dark)
    for (let i = 0; i < n * 4; i++)
      for (let k = 0; k < 4; k++) {
        const at = ((y * 4 + k + 16) * w + x * 4 + i + 16) * 4;
        grey[at] = grey[at + 1] = grey[at + 2] = 0;
      }
  const found = jsqr(grey, w, w) || say('the code cannot be read');
  return found.data;
}

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
const day = '2026-11-25'; // run.sh starts the demonstration on this morning
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
  await worker.sees('李工');
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

await test('three questions make a complaint, the desk closes it, everybody sees how it ended', async () => {
  const desk = await person({ phone: phones.desk });
  await worker.open('/my/' + hire);
  await worker.follow('我要投诉');
  await worker.sees('锦裳制衣厂');
  await worker.page.getByLabel('活和说的不一样').check();
  await worker.fill('about', '说是连衣裙,到了是牛仔裤');
  await worker.press('交上去');
  await worker.sees('小时内有人给您打电话');
  if ((await api('/api/v1/jobs-open?limit=100')).items.some((j) => j.title === title)) say('still on the list');
  await desk.open('/rights');
  await desk.page.locator('article', { hasText: '牛仔裤' }).getByRole('button', { name: '回电话' }).click();
  await desk.sees('13911112222');
  await desk.open('/rights');
  const line = desk.page.locator('article', { hasText: '牛仔裤' });
  await line.locator('input[name=reason][required]').fill('到现场看过,样衣不符,已改');
  await line.getByRole('button', { name: '办结' }).click();
  await desk.open('/rights');
  await desk.sees('已改');
  const stranger = await person();
  const employer = (await api('/api/v1/hires/' + hire, null, await token('13911112222'))).employer_id;
  await stranger.open('/employers/' + employer);
  await stranger.sees('1 · 属实 1');
  for (const p of [desk, stranger]) await p.close();
});

await test('machines read the same posts: JobPosting, site map, Atom', async () => {
  const html = await (await fetch(base + '/jobs/' + (await api('/api/v1/jobs-open?limit=1')).items[0].shift_id)).text();
  const posting = JSON.parse(html.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)[1]);
  if (posting['@type'] !== 'JobPosting' || !(posting.baseSalary.value.value > 0) || !posting.validThrough) say(JSON.stringify(posting));
  const map = await (await fetch(base + '/sitemap.xml')).text(), feed = await (await fetch(base + '/jobs.atom')).text();
  if (!map.includes(`<loc>${base}/sites/`) || !map.includes(`<loc>${base}/jobs/`)) say(map.slice(0, 300));
  if ((feed.match(/<entry>/g) || []).length < 10 || !feed.includes('<updated>2026-')) say(feed.slice(0, 300));
  for (const url of [...map.matchAll(/<loc>(.*?)<\/loc>/g)].map((m) => m[1]).filter((u, i) => i % 10 === 0))
    if ((await fetch(url, { headers: { Accept: 'text/html' } })).status !== 200) say(url);
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

await test('from the kiosk to a slip to a phone: registered by paper, once', async () => {
  const kiosk = await person({ mode: { ...modes.normal, width: 1080 }, height: 1920 }), phone = await person();
  await kiosk.open('/kiosk/demo');
  await kiosk.follow('日结');
  await kiosk.page.locator('main a.card').first().click();
  await kiosk.follow('我去,打印小票');
  await kiosk.fill('name', '谭阿姨');
  await kiosk.page.locator('main form button').click();
  await kiosk.sees('扫一扫');
  await kiosk.sees('谁用工');
  const link = readQr(await kiosk.page.locator('.slip .qr path').getAttribute('d'));
  await kiosk.follow('拿好了');
  await kiosk.sees('今天能干的活');
  await phone.page.goto(link);
  await phone.page.locator('main form button').click();
  await phone.sees('已接下');
  const again = await person();
  await again.page.goto(link);
  await again.page.locator('main form button').click();
  await again.sees('验证码不对或过期');
  for (const p of [kiosk, phone, again]) await p.close();
});

await test('a kiosk calls staff, who see where, and go', async () => {
  const kiosk = await person(), desk = await person({ phone: phones.desk });
  await kiosk.open('/kiosk/demo');
  await kiosk.press('叫工作人员');
  await kiosk.sees('马上来');
  await desk.open('/screens');
  await desk.sees('有人在叫工作人员');
  await desk.press('我去了');
  await kiosk.open('/kiosk/demo');
  await kiosk.sees('叫工作人员');
  for (const p of [kiosk, desk]) await p.close();
});

await test('a kiosk that nobody touches goes home', async () => {
  const c = await context(browser);
  const page = await c.newPage();
  await page.clock.install();
  await page.goto(base + '/kiosk/demo/jobs?pick=today');
  await page.clock.runFor(55000);
  if (!page.url().includes('/jobs')) say('too early');
  await page.clock.runFor(8000);
  await page.waitForURL(base + '/kiosk/demo');
  await c.close();
});

await test('staff make the address of a board, and take it back', async () => {
  const admin = await person({ phone: phones.admin });
  await admin.open('/screens');
  await admin.page.locator('#f-name').fill('入口大屏');
  await admin.press('生成地址');
  const link = await admin.page.getByRole('link', { name: '在这里打开' }).getAttribute('href');
  await admin.page.goto(link);
  await admin.sees('还在招');
  await admin.open('/screens');
  await admin.page.locator('article', { hasText: '入口大屏' }).getByRole('button', { name: '收回' }).click();
  if ((await admin.page.goto(link)).status() !== 404) say('still opens');
  await admin.close();
});

await test('the board says in words when its data is old', async () => {
  const c = await context(browser, { mode: { ...modes.normal, width: 1920 }, height: 1080 });
  const page = await c.newPage();
  await page.goto(base + '/hall/board');
  await page.locator('.stale-note').waitFor({ state: 'hidden' });
  await page.route('**/*', (r) => r.abort());
  await page.evaluate(() => { window.dispatchEvent(new Event('offline')); });
  await page.locator('.stale-note').waitFor({ state: 'visible' });
  const words = await page.locator('.stale-note').innerText();
  if (!/数据停在.*07:4/.test(words)) say(words);
  await c.close();
});

await test('a post is on the hall screen within five seconds of being opened', async () => {
  const hall = await context(browser, { mode: { ...modes.normal, width: 1920 }, height: 1080 });
  const page = await hall.newPage();
  const stream = page.waitForResponse('**/hall/events');
  await page.goto(base + '/hall');
  await stream;
  const desk = await token(phones.desk), employer = await token(phones.employer);
  const job = await api('/api/v1/jobs', {
    title: '大厅屏试试', trade: 'packing', text: '打包贴单,坐着做', address: '海珠区凤阳街', pay_unit: 'day', pay_fen: 24000,
    rhythm: 'day', valid_to: day, start_ms: day + 'T08:00:00+08:00', end_ms: day + 'T17:00:00+08:00', break_min: 60, cap: 2
  }, employer);
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

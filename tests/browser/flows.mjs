// flows.mjs - the duties of people on the real server, as a person does them: with JavaScript off, but
// for the staff app and what only scripts can show.
import { base, phones, modes, launch, test, end, api, token, context, openApp, readQr, nightShift } from './lib.mjs';

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
const day = '2026-11-25'; // run.sh starts the demonstration on this morning
const boss = await openApp(browser, phones.employer, '/employer?tab=new'), worker = await person();
const press = (page, name) => page.getByRole('button', { name }).first().click();
const sees = (page, words) => page.getByText(words).first().waitFor();
let shift, hire;

await test('an employer posts a day of work', async () => {
  await press(boss, '车位');
  await boss.getByLabel('写在最上面的一句').fill(title);
  await boss.getByLabel('具体做什么').fill('连衣裙打样,会平车和锁边,样衣在车间可以看');
  await press(boss, '下一步');
  await boss.getByLabel('几个人').fill('3');
  await press(boss, '下一步');
  await boss.getByLabel('元/天').fill('260');
  await press(boss, '下一步');
  await boss.getByLabel('哪天').fill(day);
  await boss.getByLabel('几点开工').fill('08:20');
  await boss.getByLabel('几点收工').fill('17:20');
  await press(boss, '下一步');
  await press(boss, '下一步'); // nothing special is asked of the body
  await boss.getByLabel('地址').fill('海珠区凤阳街 23 号 3 楼');
  await press(boss, '发出去');
  await boss.getByRole('button', { name: `再发一次 ${title}` }).waitFor();
  if ((await (await fetch(base + '/')).text()).includes(title)) say('shown before anybody looked at it');
});

await test('an inspector goes there and it opens', async () => {
  const page = await openApp(browser, phones.inspector, '/visits', { mode: modes.normal, height: 844 });
  await page.locator('li', { hasText: title }).getByRole('button', { name: '去看这家' }).click();
  for (const yes of await page.getByRole('button', { name: '是', exact: true }).all()) await yes.click();
  await page.locator('#note').fill('工价、工时属实');
  await press(page, '可以招');
  await press(page, /提交/);
  await sees(page, '有网 · 都传好了');
  const job = (await api('/api/v1/jobs-open?limit=100')).items.find((j) => j.title === title) || say('not open');
  shift = job.shift_id;
  await page.context().close();
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
  await worker.page.locator('main form button').first().click(); taps++; // that he is 18 is the button itself
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

await test('a new seeker for a night shift says the day of birth once, and loses nothing', async () => {
  const night = await nightShift(), first = await person();
  await first.open(`/jobs/${night}`);
  await first.follow('我去');
  await first.fill('name', '吴师傅');
  await first.fill('phone', '123');
  await first.fill('born', '1985-03-02');
  await first.page.locator('main form button').first().click();
  await first.sees('手机号');
  if (await first.page.locator('#f-born').inputValue() !== '1985-03-02' || await first.page.locator('#f-name').inputValue() !== '吴师傅') say('typed in vain');
  await first.fill('phone', '13911113333');
  await first.page.locator('main form button').first().click();
  await first.fill('code', '000000');
  await first.page.locator('main form button').click();
  await first.sees('验证码不对');
  await first.fill('code', '123456');
  await first.page.locator('main form button').click();
  await first.sees('已接下');
  await first.open('/me/edit');
  if (!(await first.page.content()).includes('1985-03-02')) say('the day is not kept');
  await first.close();
});

// The page of the digits in another size of type, after a wrong code too, then the right one; and Back.
async function digits(p, kept) {
  const send = async (d) => { await p.fill('code', d); await p.page.locator('main form button').click(); };
  const bigger = async (...words) => {
    await p.page.locator('details.look summary').click();
    await p.page.locator('a[href^="/size/xl?"]').click();
    await p.page.locator('html[data-size="xl"] #f-code').waitFor();
    for (const w of words) await p.sees(w);
    await p.page.context().clearCookies({ name: 'size' });
  };
  await bigger(kept);
  await send('000000');
  await p.sees('验证码不对');
  await bigger('验证码不对', kept);
  await send('123456');
  await p.page.locator('#f-code').waitFor({ state: 'detached' });
  await p.page.waitForLoadState(); // going back in the middle of a page has no page to go back from
  const there = p.page.url();
  for (let times = 0; times < 2; times++) {
    const status = (await p.page.goBack()).status();
    if (status !== 200) say(`Back from ${there}: ${status} ${p.page.url()}`);
  }
  return there;
}

await test('who signs in may go back, and chooses another size of type on the way', async () => {
  const p = await person();
  await p.open('/my');
  await p.fill('phone', '13911116666');
  await p.page.locator('main form button').click();
  await digits(p, '13911116666');
  await p.close();
});

await test('so may who takes a place by phone', async () => {
  const night = await nightShift(), p = await person();
  await p.open(`/jobs/${night}/join`);
  await p.fill('name', '郑师傅');
  await p.fill('phone', '13911117777');
  await p.fill('born', '1985-03-02');
  await p.page.locator('main form button').first().click();
  const there = await digits(p, '13911117777');
  if (!there.includes('/my/')) say(`not taken: ${there}`);
  if (!p.page.url().endsWith(`/jobs/${night}`)) say(`back to ${p.page.url()}`);
  await p.close();
});

await test('one who is known takes a job with two taps', async () => {
  const known = await person({ phone: '13800001007' });
  await known.open('/');
  await known.page.locator('main a.card').first().click();
  await known.press('我去');
  await known.sees('已接下');
  await known.close();
});

await test('a mother says on which days she fetches her child, and the desk reads and changes them', async () => {
  const mother = await person({ phone: '13800001019' }), { page } = mother, day = (name) => page.getByLabel(name, { exact: true });
  await mother.open('/me/edit');
  await page.locator('summary', { hasText: '多填一点' }).click();
  await page.locator('#f-drop_min').selectOption('0');
  await page.locator('#f-pick_min').selectOption('0');
  if (await day('五').isVisible()) say('days without a run');
  await page.locator('#f-pick_min').selectOption('960');
  for (const name of ['一', '三', '五']) if (!await day(name).isChecked()) say(`${name} is no school day`);
  for (const name of ['一', '二', '三', '四', '五']) await day(name).uncheck();
  await mother.press('保存');
  await mother.sees('至少选一天');
  await day('二').check();
  await day('六').check();
  await mother.press('保存');
  await mother.close();
  const desk = await openApp(browser, phones.desk, '/desk');
  await desk.locator('#who').fill('13800001019');
  await desk.keyboard.press('Enter');
  await desk.getByText('接孩子：周二、六 16:00').click();
  await press(desk, '日');
  await sees(desk, '接孩子：周二、六、日 16:00');
  await desk.context().close();
});

await test('the employer shows the code: typed or scanned, the worker checks in with it', async () => {
  await boss.goto(base + '/app#/employer?tab=code');
  await boss.locator('#shift').selectOption({ label: await boss.locator('#shift option', { hasText: title }).first().innerText() });
  await boss.locator('.code').waitFor();
  const code = (await boss.locator('.code').innerText()).trim();
  if (await readQr(boss.locator('svg.qr path')) !== `${base}/check-in/${shift}?code=${code}`) say('the QR code says something else');
  await worker.open('/my');
  await worker.page.locator(`a[href="/my/${hire}"]`).first().click();
  await worker.fill('code', 'ABCDEF');
  await worker.press('签到');
  await worker.sees('签到码不对');
  await worker.page.goto(await readQr(boss.locator('svg.qr path')));
  await worker.press('签到');
  await worker.sees('正在干');
});

await test('work ends, both say the same hours, the wage is paid and received', async () => {
  await worker.press('收工');
  await worker.page.locator('[name=hours]').fill('0');
  await worker.page.locator('[name=minutes]').fill('0');
  await worker.press('就是这么多');
  await worker.sees('差得远'); // asked once more
  await worker.page.locator('[name=hours]').fill('7');
  await worker.page.locator('[name=minutes]').fill('59');
  await worker.press('看过了,就是这么多');
  await worker.sees('7 小时 59 分');
  await boss.goto(base + '/app#/employer');
  await boss.reload();
  const line = boss.locator('li', { hasText: '周' }).filter({ hasText: title });
  await line.getByText('7 小时 59 分').first().waitFor();
  await line.getByLabel('小时').fill('8');
  await line.getByLabel('分', { exact: true }).fill('0');
  await line.getByRole('button', { name: '就是这么多' }).click();
  await line.getByText('两边说的还不一样').waitFor(); // his yes stands
  await worker.open('/my/' + hire);
  await worker.sees('7 小时 59 分');
  await worker.sees('8 小时');
  await line.getByRole('button', { name: '对方说得对,就是 7 小时 59 分' }).click();
  await line.getByText('数对好了,等付钱').waitFor();
  await boss.goto(base + '/app#/employer?tab=pay');
  await press(boss, '微信');
  await boss.locator('li', { hasText: '周' }).filter({ hasText: title }).getByRole('checkbox').check();
  await press(boss, '已付 1 人 260 元');
  await sees(boss, '记下了:1 人,260 元');
  await worker.open('/my');
  await worker.page.locator(`a[href="/my/${hire}"]`).first().click();
  await worker.sees('260');
  await worker.press('到手了');
  await worker.sees('工钱到手');
});

await test('three questions make a complaint, the desk closes it, everybody sees how it ended', async () => {
  await worker.open('/my/' + hire);
  await worker.follow('我要投诉');
  await worker.sees('锦裳制衣厂');
  await worker.page.getByLabel('活和说的不一样').check();
  await worker.fill('about', '说是连衣裙,到了是牛仔裤');
  await worker.press('交上去');
  await worker.sees('小时内有人给您打电话');
  if ((await api('/api/v1/jobs-open?limit=100')).items.some((j) => j.title === title)) say('still on the list');
  const desk = await openApp(browser, phones.desk, '/rights');
  const line = desk.locator('li', { hasText: '牛仔裤' });
  await line.getByRole('button', { name: '看号码,回电话' }).click();
  await line.getByRole('link', { name: '13911112222' }).waitFor();
  await line.getByPlaceholder('查到什么、怎么办的').fill('到现场看过,样衣不符,已改');
  await line.getByRole('button', { name: '属实', exact: true }).click();
  await line.getByRole('button', { name: '办结' }).click();
  await sees(desk, '已改');
  const stranger = await person();
  const employer = (await api('/api/v1/hires/' + hire, null, await token('13911112222'))).employer_id;
  await stranger.open('/employers/' + employer);
  await stranger.sees('1 · 属实 1');
  await stranger.close();
  await desk.context().close();
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

await test('from the kiosk to a slip to a phone: registered by paper, once', async () => {
  const kiosk = await person({ mode: { ...modes.normal, width: 1080 }, height: 1920 }), phone = await person();
  await kiosk.open('/kiosk/demo');
  await kiosk.follow('日结');
  await kiosk.page.locator('main a.card').first().click();
  await kiosk.follow('我去,打印小票');
  await kiosk.fill('name', '谭阿姨');
  await kiosk.page.locator('main form button').first().click();
  await kiosk.sees('扫一扫');
  await kiosk.sees('谁用工');
  const link = await readQr(kiosk.page.locator('.slip .qr path'));
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
  const kiosk = await person(), desk = await openApp(browser, phones.desk, '/boards');
  await kiosk.open('/kiosk/demo');
  await kiosk.press('叫工作人员');
  await kiosk.sees('马上来');
  await desk.reload();
  await sees(desk, '有人在叫工作人员');
  await press(desk, '我去了');
  await sees(desk, '有人去了');
  await kiosk.open('/kiosk/demo');
  await kiosk.sees('叫工作人员');
  await kiosk.close();
  await desk.context().close();
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
  const admin = await openApp(browser, phones.admin, '/boards');
  await admin.getByLabel('叫什么').fill('入口大屏');
  await press(admin, '生成地址');
  const link = await readQr(admin.locator('svg.qr path'));
  const wall = await person();
  await wall.page.goto(link);
  await wall.sees('还在招');
  const line = admin.locator('li', { hasText: '入口大屏' });
  await line.getByRole('button', { name: '收回地址' }).click();
  await line.getByRole('group').getByRole('button', { name: '收回地址' }).click();
  await line.waitFor({ state: 'detached' });
  if ((await wall.page.goto(link)).status() !== 404) say('still opens');
  await wall.close();
  await admin.context().close();
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

await test('the board cuts no way in either language, on any screen of a wall', async () => {
  for (const [width, height] of [[1920, 1080], [1366, 768], [1280, 720]])
    for (const lang of ['zh-CN', 'en']) {
      const c = await context(browser, { mode: { width, cookies: { lang } }, height });
      const page = await c.newPage();
      await page.goto(base + '/hall/board');
      const cut = await page.evaluate(() => {
        const side = document.querySelector('.side').getBoundingClientRect(), table = document.querySelector('.jobs .table').getBoundingClientRect();
        const ways = [...document.querySelectorAll('td.wide-only')].filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.innerText);
        return [...ways, ...(table.right > side.left ? ['the table runs into the side'] : []), ...(side.right > innerWidth ? ['the side leaves the screen'] : [])];
      });
      if (cut.length) say(`${width} ${lang}: ${cut.join(', ')}`);
      await c.close();
    }
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

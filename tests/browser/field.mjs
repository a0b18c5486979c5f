// field.mjs - what people in the field take along: photos and a film of a visit, a wish in somebody's own
// voice, the way from one visit to the next, and the map of the sites. Camera and microphone are Chromium's own.
import { base, phones, modes, launch, check, test, end, api, token, context, faults, look, watch } from './lib.mjs';

const browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required']);
const found = [];
const shown = [];
const say = (what) => { throw new Error(what); };
const sees = (page, words) => page.getByText(words).first().waitFor();

async function open(who, path, { mode = modes.normal, height = 844 } = {}) {
  const c = await context(browser, { phone: phones[who] || who, mode, height });
  await c.grantPermissions(['camera', 'microphone', 'geolocation'], { origin: base });
  await c.setGeolocation({ longitude: 113.33, latitude: 23.12, accuracy: 8 });
  const page = await c.newPage();
  page.setDefaultTimeout(20000);
  watch(page, found);
  await page.goto(`${base}/app#${path}`);
  await page.locator('h1').first().waitFor();
  return page;
}

async function see(page, name, looks = ['normal', 'contrast', 'max'], shot = 'normal') {
  const size = page.viewportSize();
  for (const key of looks) {
    await look(page, modes[key], size.height);
    shown.push([`${key}: ${name}`, await faults(page, modes[key].tap)]);
    if (process.env.SHOTS && key !== 'contrast') {
      const height = await page.evaluate(() => Math.min(2400, document.documentElement.scrollHeight));
      await page.screenshot({ path: `${process.env.SHOTS}/${name}-${key}.png`, fullPage: true, clip: { x: 0, y: 0, width: modes[key].width, height } });
    }
  }
  await look(page, { ...modes[shot], width: size.width }, size.height);
}

// A photo as a phone takes it, larger than what is sent.
async function photo(page, name, width, height) {
  const data = await page.evaluate(([w, h]) => {
    const c = document.createElement('canvas');
    [c.width, c.height] = [w, h];
    const g = c.getContext('2d');
    g.fillStyle = '#7a5';
    g.fillRect(0, 0, w, h);
    g.fillStyle = '#fff';
    g.fillRect(w / 4, h / 4, w / 2, h / 2);
    return c.toDataURL('image/jpeg').split(',')[1];
  }, [width, height]);
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from(data, 'base64') };
}

const visits = async () => (await api('/api/v1/visits', null, await token(phones.inspector))).items;

await test('an inspector is led by what presses and by the way, and a difference is shown in red', async () => {
  await api('/api/v1/jobs', {
    title: '包装工', trade: 'packing', text: '包装饰品,本地户籍,坐着做', address: '海珠区凤阳街', pay_unit: 'day', pay_fen: 26000, rhythm: 'day', valid_to: '2026-12-05',
    cap: 3, break_min: 60, start_ms: '2026-11-27T08:30:00+08:00', end_ms: '2026-11-27T18:00:00+08:00', place: { lon: 113.298, lat: 23.087 }
  }, await token(phones.employer));
  const page = await open('inspector', '/visits');
  await sees(page, /共 \d+ 家,全程约 [\d.]+ 公里/);
  const stops = await page.locator('ol.list > li').allInnerTexts();
  const held = stops.findIndex((x) => x.includes('筛查拦下'));
  const calm = stops.findIndex((x) => !x.includes('筛查拦下') && !x.includes('有人投诉'));
  if (held !== 0 || calm < 0) say(`stopped is number ${held}`);
  const map = await page.getByRole('link', { name: '看地图' }).first().getAttribute('href');
  if (!/^https:\/\/uri\.amap\.com\/marker\?position=113\.\d{6},2\d\.\d{6}&name=/.test(map)) say(map);
  await see(page, 'field-list', ['normal', 'elder', 'contrast', 'max']);
  await page.getByRole('button', { name: '去看这家' }).first().click();
  const posted = Number((await page.getByText(/^贴的是:[\d.]+ 元/).innerText()).match(/[\d.]+/)[0]);
  await page.getByLabel(/问两位工人/).fill(String(posted - 20));
  await sees(page, '比贴的少 20 元');
  await page.locator('.card.differs', { hasText: '工价和贴的一样吗' }).waitFor();
  await see(page, 'field-differs', ['normal', 'max']);
  await page.getByRole('button', { name: '先放着' }).click();
  await page.getByRole('button', { name: '去看这家' }).first().click();
  if (await page.getByLabel(/问两位工人/).inputValue() !== String(posted - 20)) say('the draft is gone');
  await page.getByLabel(/问两位工人/).fill('');
  await page.context().close();
});

await test('photos and a film of a visit wait in the phone and are stored once, though an answer is lost', async () => {
  const page = await open('inspector', '/visits');
  await page.getByRole('button', { name: '去看这家' }).first().click();
  await page.context().setOffline(true);
  for (const yes of await page.getByRole('button', { name: '是', exact: true }).all()) await yes.click();
  const take = page.locator('input[type=file][accept="image/*"]');
  await take.setInputFiles([await photo(page, 'a.jpg', 3000, 2000), await photo(page, 'b.jpg', 900, 1200), await photo(page, 'c.jpg', 640, 480)]);
  await page.getByRole('img', { name: '照片 3' }).waitFor();
  await page.getByRole('button', { name: '删掉 照片 3' }).click();
  await page.getByLabel('照片 1 可以给找活的人看').check();
  await take.setInputFiles({ name: 'd.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') });
  await sees(page, '这张照片打不开');
  await page.locator('input[type=file][accept="video/*"]').evaluate((input) => {
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array((24 << 20) + 1)], 'long.mp4', { type: 'video/mp4' }));
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
  });
  await sees(page, '文件太大,最多 24 MB');
  await page.getByRole('button', { name: '录 30 秒' }).click();
  await page.getByRole('button', { name: /停,还剩 2[78] 秒/ }).click();
  await page.locator('video.shot').waitFor();
  await page.getByLabel('可以给找活的人看', { exact: true }).last().check();
  await see(page, 'field-visit', ['normal', 'elder', 'contrast', 'max']);
  await page.getByRole('button', { name: '可以招' }).click();
  const before = (await visits()).length;
  await page.getByRole('button', { name: /提交/ }).click();
  await sees(page, '已存手机 1 条,3 个照片、录像等着传');
  let lost = 0;
  await page.route('**/pictures/1', async (r) => {
    if (lost++) return r.continue();
    await r.fetch(); // stored, but nobody hears of it
    await r.abort();
  });
  await page.context().setOffline(false);
  await sees(page, '有网 · 都传好了');
  const all = await visits();
  const one = all[0];
  if (all.length !== before + 1 || one.outcome !== 'pass') say(`${all.length} visits, ${before} before`);
  if (one.parts.join() !== '1,2,film' || one.shown.join() !== '1,film' || lost < 2) say(JSON.stringify([one.parts, one.shown, lost]));
  await page.goto(`${base}/app#/seen`);
  await page.getByRole('img', { name: '照片 2' }).first().waitFor();
  const width = await page.getByRole('img', { name: '照片 1' }).first().evaluate((i) => { i.loading = 'eager'; return i.decode().then(() => i.naturalWidth); });
  if (width !== 1280) say(`${width} pixels wide`);
  await see(page, 'field-seen', ['normal', 'contrast', 'max', 'desk']);
  const away = page.getByRole('button', { name: '删掉 照片 2' }).first();
  await away.click();
  await sees(page, '真的删掉?');
  await away.click();
  await page.getByRole('img', { name: '照片 2' }).first().waitFor({ state: 'detached' });
  await page.context().close();
});

await test('people looking for work see what the inspector marked, with its date, and the film plays', async () => {
  const one = (await visits())[0];
  const page = await (await context(browser, { mode: modes.normal })).newPage();
  watch(page, found);
  const list = (await api(`/api/v1/jobs/${one.job_id}/shifts`, null, await token(phones.admin))).items;
  await page.goto(`${base}/jobs/${list[0].id}`);
  await sees(page, /探岗员拍的/);
  const pictures = await page.locator('img.photo').evaluateAll((v) => v.map((i) => i.getAttribute('src')));
  if (pictures.join() !== `/api/v1/visits/${one.id}/pictures/1`) say(pictures.join());
  const film = page.locator('video');
  const length = await film.evaluate((v) => new Promise((done) => {
    v.onended = () => done(v.videoWidth ? v.duration : -2);
    v.onerror = () => done(-1);
    v.muted = true;
    v.play();
  }));
  if (length < 1 || length > 5) say(`plays ${length} s`);
  const part = await page.evaluate(async (src) => {
    const r = await fetch(src, { headers: { Range: 'bytes=4-7' } });
    return [r.status, r.headers.get('Content-Range'), await r.text(), r.headers.get('Content-Type')].join(' ');
  }, await film.getAttribute('src'));
  if (!/^206 bytes 4-7\/\d+ ftyp video\/mp4$/.test(part)) say(part);
  await see(page, 'field-job', ['normal', 'elder', 'contrast', 'max']);
  await page.context().close();
});

await test('a wish is kept with a voice note without a network, and heard at the desk with a reason', async () => {
  const page = await open('13800000005', '/grid');
  await page.context().setOffline(true);
  await page.getByLabel('姓名').fill('罗姨');
  await page.getByLabel('手机号').fill('13944440009');
  await page.getByRole('button', { name: /录音,最多 40 秒/ }).click();
  await page.getByRole('button', { name: /停,还剩 3[78] 秒/ }).click();
  await page.locator('audio').waitFor();
  await see(page, 'field-wish', ['normal', 'elder', 'contrast', 'max']);
  await page.getByRole('button', { name: /提交/ }).click();
  await sees(page, '已存手机 1 条,1 个照片、录像等着传');
  await page.context().setOffline(false);
  await sees(page, '有网 · 都传好了');
  await page.context().close();
  const desk = await open('desk', '/desk', { mode: modes.desk, height: 768 });
  await desk.locator('#who').fill('13944440009');
  await desk.keyboard.press('Enter');
  await desk.getByLabel('本人的录音').fill('给她找近的活');
  await desk.getByRole('button', { name: '听一下' }).click();
  const length = await desk.locator('audio').evaluate((a) => new Promise((done) => {
    a.onended = () => done(a.duration);
    a.onerror = () => done(-1);
  }));
  if (length < 1 || length > 6) say(`plays ${length} s`);
  await desk.context().close();
});

await test('sites are compared on a drawing, and on the map where there is one', async () => {
  const page = await open('admin', '/today', { mode: modes.desk, height: 900 });
  await page.locator('svg.map circle').first().waitFor();
  await see(page, 'field-sites', ['desk', 'contrast', 'max'], 'desk');
  const tile = Buffer.from((await page.evaluate(() => {
    const c = document.createElement('canvas');
    [c.width, c.height] = [256, 256];
    const g = c.getContext('2d');
    g.fillStyle = '#dfe7dc';
    g.fillRect(0, 0, 256, 256);
    g.strokeStyle = '#b8c4b4';
    for (let i = 0; i < 256; i += 64) g.strokeRect(i, i, 64, 200);
    return c.toDataURL().split(',')[1];
  })), 'base64');
  let asked = 0;
  await page.route('**/api/v1/tiles', (r) => r.fulfill({ json: { min_zoom: 8, max_zoom: 14, from: { lon: 112, lat: 22 }, to: { lon: 115, lat: 25 }, name: '广州', attribution: 'GS(2026)1' } }));
  await page.route('**/api/v1/tiles/*/*/*', (r) => { asked++; return r.fulfill({ body: tile, contentType: 'image/png' }); });
  await page.reload();
  await page.locator('.leaflet-box path.site').nth(11).waitFor();
  await page.locator('.leaflet-tile-loaded').first().waitFor();
  await sees(page, '广州 · GS(2026)1');
  await see(page, 'field-map', ['desk', 'contrast', 'max'], 'desk');
  const zoom = page.getByRole('button', { name: '放大' });
  const before = asked;
  await zoom.focus();
  await page.keyboard.press('Enter');
  await page.locator('.leaflet-tile-loaded').first().waitFor({ state: 'attached' });
  await page.locator('.leaflet-box path.site').nth(3).dispatchEvent('click');
  await page.getByRole('button', { name: '看全部' }).or(page.getByRole('button', { name: /全部|全市/ })).first().waitFor();
  if (asked <= before - 1 || !asked) say('no tile was asked for');
  await page.context().close();
});

// ---- the app comes out of the phone ----
// The same server behind another address, which can be another build or gone.
async function front() {
  const { createServer, request } = await import('node:http');
  const to = new URL(base);
  const state = { build: '', down: false };
  const server = createServer((q, r) => {
    if (state.down) return q.socket.destroy();
    const up = request({ host: to.hostname, port: to.port, path: q.url, method: q.method, headers: { ...q.headers, 'accept-encoding': 'identity' } }, (a) => {
      if (!state.build || q.url !== '/sw.js') return r.writeHead(a.statusCode, a.headers), a.pipe(r);
      let text = '';
      a.on('data', (d) => { text += d; }).on('end', () => r.writeHead(200, { 'content-type': 'text/javascript' }).end(text.replace(/BUILD = '\w+'/, `BUILD = '${state.build}'`)));
    });
    up.on('error', () => r.destroy());
    q.pipe(up);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { state, url: `http://127.0.0.1:${server.address().port}`, close: () => (server.closeAllConnections(), server.close()) };
}
const kept = (page) => page.evaluate(async () => {
  const out = {};
  for (const name of await caches.keys()) out[name] = (await (await caches.open(name)).keys()).map((r) => new URL(r.url).pathname);
  return out;
});
const inPhone = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => caches.match('/app')).then(Boolean));

await test('a visit that was refused stays with its photo and goes when what stood in its way is gone', async () => {
  const code = '91440105MA5KDT0A0', signs = '0123456789ABCDEFGHJKLMNPQRTUWXY', desk = await token(phones.desk);
  const sum = [...code].reduce((n, ch, i) => n + signs.indexOf(ch) * 3 ** i % 31, 0);
  const firm = await api('/api/v1/employers', { name: '新开小厂', uscc: code + signs[(31 - sum % 31) % 31], district: 440105, address: '海珠区凤阳街 9 号', contact: '何姐', phone: '13955550009' }, desk);
  const job = await api('/api/v1/jobs', { employer_id: firm.id, title: '剪线头', trade: 'handwork', text: '剪线头,坐着做', address: '海珠区凤阳街 9 号', district: 440105, pay_unit: 'hour', pay_fen: 2600,
    rhythm: 'day', cap: 2, valid_to: '2026-11-28', start_ms: '2026-11-26T09:00:00+08:00', end_ms: '2026-11-26T12:00:00+08:00' }, desk);
  const before = (await visits()).length, page = await open('inspector', '/visits');
  await page.locator('li', { hasText: '剪线头' }).getByRole('button', { name: '去看这家' }).click();
  for (const yes of await page.getByRole('button', { name: '是', exact: true }).all()) await yes.click();
  await page.locator('input[type=file][accept="image/*"]').setInputFiles([await photo(page, 'a.jpg', 800, 600)]);
  await page.getByRole('img', { name: '照片 1' }).waitFor();
  await page.getByRole('button', { name: '可以招' }).click();
  await page.getByRole('button', { name: /提交/ }).click();
  await sees(page, '先核实单位');
  await see(page, 'field-refused', ['normal', 'elder', 'contrast', 'max']);
  if ((await visits()).length !== before) say('stored');
  await api(`/api/v1/employers/${firm.id}/verify`, {}, desk);
  await page.getByRole('button', { name: '再传一次' }).click();
  await sees(page, '有网 · 都传好了');
  const all = await visits();
  if (all.length !== before + 1 || all[0].job_id !== job.id || all[0].parts.join() !== '1') say(JSON.stringify(all[0]));
  if (!(await api('/api/v1/jobs-open?limit=100')).items.some((j) => j.id === job.id)) say('not open');
  await page.context().close();
});

await test('an inspector who closed the app opens it in a basement, and what she did there is sent later', async () => {
  const first = await open('inspector', '/visits');
  const c = first.context();
  await first.getByRole('button', { name: '去看这家' }).first().waitFor();
  if (!await inPhone(first)) say('not kept');
  const stops = await first.locator('ol.list > li').count();
  await first.getByRole('button', { name: '去看这家' }).first().click();
  await first.locator('#note').fill('楼下没有信号');
  await first.locator('input[type=file][accept="image/*"]').setInputFiles([await photo(first, 'a.jpg', 800, 600)]);
  await first.getByRole('img', { name: '照片 1' }).waitFor();
  await first.close();
  await c.setOffline(true);
  const before = (await visits()).length;

  const page = await c.newPage();
  await page.addInitScript(() => Object.defineProperty(navigator, 'onLine', { get: () => true })); // a WLAN that leads nowhere
  page.setDefaultTimeout(20000);
  watch(page, found);
  await page.goto(`${base}/app#/visits`);
  await sees(page, /没有网。这是今天 \d\d:\d\d 的名单/);
  if (await page.locator('ol.list > li').count() !== stops) say('another list');
  await sees(page, '写了一半');
  await see(page, 'field-offline', ['normal', 'elder', 'contrast', 'max']);
  await page.locator('li', { hasText: '写了一半' }).getByRole('button', { name: '去看这家' }).click();
  await page.getByRole('img', { name: '照片 1' }).waitFor();
  if (await page.locator('#note').inputValue() !== '楼下没有信号') say('the draft is gone');
  for (const yes of await page.getByRole('button', { name: '是', exact: true }).all()) await yes.click();
  await page.getByRole('button', { name: '可以招' }).click();
  await page.getByRole('button', { name: /提交/ }).click();
  await sees(page, '没网 · 已存手机 1 条,1 个照片、录像等着传');
  await page.close();

  const again = await c.newPage(); // closed once more: what waits is not lost
  again.setDefaultTimeout(20000);
  watch(again, found);
  await again.goto(`${base}/app#/visits`);
  await sees(again, '没网 · 已存手机 1 条,1 个照片、录像等着传');
  if ((await visits()).length !== before) say('sent without a network');
  await c.setOffline(false);
  await sees(again, '有网 · 都传好了');
  await again.getByText(/这是今天/).waitFor({ state: 'detached' });
  const all = await visits();
  if (all.length !== before + 1 || all[0].note !== '楼下没有信号' || all[0].parts.join() !== '1') say(JSON.stringify(all[0]));
  const paths = Object.values(await kept(again)).flat();
  if (!paths.length || paths.some((p) => p !== '/app' && !p.startsWith('/app/'))) say(`kept as well: ${paths}`);

  await again.getByRole('button', { name: '设置' }).click();
  await again.getByRole('button', { name: '退出' }).click();
  await again.getByRole('heading', { name: '登录' }).first().waitFor();
  const left = await again.evaluate(() => new Promise((done) => {
    indexedDB.open('lingji').onsuccess = async (e) => {
      const count = (name) => new Promise((n) => { e.target.result.transaction(name).objectStore(name).count().onsuccess = (x) => n(x.target.result); });
      done([await count('kept'), await count('queue'), await count('files'), localStorage.getItem('lingji.me')].join());
    };
  }));
  if (left !== '0,0,0,') say(`after signing out the phone still keeps ${left}`);
  await c.close();
});

await test('who signs out is asked first when something was not sent', async () => {
  const page = await open('13800000005', '/grid');
  await page.route('**/api/v1/people', (r) => r.abort());
  await page.getByLabel('姓名').fill('方姨');
  await page.getByRole('button', { name: /提交/ }).click();
  await sees(page, '已存手机 1 条');
  await page.getByRole('button', { name: '设置' }).click();
  await page.getByRole('button', { name: '退出' }).click();
  await sees(page, '还有 1 条没传出去');
  await see(page, 'field-sign-out', ['normal', 'elder', 'contrast', 'max']);
  await page.getByRole('button', { name: '先不退出' }).click();
  await sees(page, '已存手机 1 条');
  await page.getByRole('button', { name: '退出' }).click();
  await page.getByRole('button', { name: '删掉并退出' }).click();
  await page.getByRole('heading', { name: '登录' }).first().waitFor();
  await page.context().close();
});

await test('a new build takes the place of the old one in the phone; a server that is gone is not missed', async () => {
  const at = await front();
  const c = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
  await c.addCookies([{ name: 'lingji', value: await token(phones.desk), url: at.url }]);
  const page = await c.newPage();
  page.setDefaultTimeout(20000);
  const enter = async () => {
    await page.goto('about:blank');
    await page.goto(`${at.url}/app#/visits`);
    await page.getByRole('button', { name: '去看这家' }).first().waitFor();
  };
  await enter();
  if (!await inPhone(page)) say('not kept');
  const old = Object.keys(await kept(page));
  at.state.build = 'next';
  await enter();
  for (let i = 0; Object.keys(await kept(page)).join() !== 'app next'; i++) {
    if (i > 300) say(`keeps ${Object.keys(await kept(page))}`);
    await page.waitForTimeout(100);
  }
  if (old.join() === 'app next') say('no other build before');
  at.state.down = true;
  await enter();
  at.state.down = false;
  await enter();
  await c.close();
  at.close();
});

// ---- what was seen on the way ----
for (const [name, lines] of shown) check(!lines.length, name, lines.join('\n'));
check(!found.length, 'nothing leaves the origin, breaks the policy or throws', found.join('\n'));
await browser.close();
end();

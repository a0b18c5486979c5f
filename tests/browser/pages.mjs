// pages.mjs - the list of pages: who sees which. Ids are looked up in the demonstration city.
import { api, token, phones, openShift, nightShift } from './lib.mjs';

export async function pages() {
  const seeker = await token(phones.seeker), desk = await token(phones.desk);
  const shift = (await api('/api/v1/suggestions', null, seeker)).items[0].shift_id;
  const hires = (await api('/api/v1/my/hires', null, seeker)).items;
  const hire = hires.find((h) => h.state === 'taken') || await api(`/api/v1/shifts/${shift}/take`, {}, seeker);
  const done = hires.find((h) => h.state === 'settled');
  const open = (await api('/api/v1/jobs-open?limit=100')).items;
  const other = open.find((j) => j.shift_id !== hire.shift_id);
  const half = (title, from, to) => openShift({ title, trade: 'warehouse', text: '扫码装袋,有人教', address: '海珠区凤阳街 23 号', place: { lon: 113.32, lat: 23.085 }, pay_unit: 'hour',
    pay_fen: 2800, cap: 4, start_ms: `2026-11-29T${from}:00+08:00`, end_ms: `2026-11-29T${to}:00+08:00` });
  const morning = await half('早市分拣', '07:00', '11:00'), afternoon = await half('午后装袋', '14:00', '18:00');
  const own = open.find((j) => j.employer_id === (open.find((x) => x.shift_id === hire.shift_id) || {}).employer_id) || open[0];
  const night = await nightShift();
  await api('/api/v1/people', { name: '小吴', age_said: 'adult', from_min: 0, to_min: 0 }, await token(phones.unborn));
  const colleague = await api('/api/v1/staff', { name: '林小玲', login: 'lin.xl', role: 'consultant', district: 440105 }, await token(phones.admin));
  const site = (await api('/api/v1/sites')).items.find((s) => s.kind === 'hub');
  const ticket = await api(`/api/v1/sites/${site.id}/tickets`, {}, desk);
  await api('/api/v1/complaints', { what: 'unpaid', about: '说好当天结,到今天没给', hire_id: hire.id }, seeker);
  await api(`/api/v1/people/${hire.person_id}/away`, { from_day: '2027-01-15', to_day: '2027-02-20' }, seeker);
  return [
    { name: 'list', path: '/' },
    { name: 'list', path: '/', who: 'seeker' },
    { name: 'job', path: `/jobs/${other.shift_id}` },
    { name: 'job', path: `/jobs/${other.shift_id}`, who: 'seeker' },
    { name: 'pair', path: `/jobs/${morning}/with/${afternoon}`, who: 'seeker' },
    { name: 'sign-in', path: '/sign-in' },
    { name: 'code', path: '/sign-in/code' },
    { name: 'slip-code', path: '/c/none' },
    { name: 'hall', path: '/hall' },
    { name: 'sites', path: '/sites' },
    { name: 'employer-public', path: `/employers/${own.employer_id}` },
    { name: 'join', path: `/jobs/${other.shift_id}/join` },
    { name: 'join-code', path: `/jobs/${other.shift_id}/join/code` },
    { name: 'join-night', path: `/jobs/${night}/join` },
    { name: 'job-night', path: `/jobs/${night}`, who: 'unborn' },
    { name: 'no-fit', path: '/no-fit' },
    { name: 'no-fit', path: '/no-fit', who: 'seeker' },
    { name: 'hall-screen', path: '/hall/board', screen: [1920, 1080] },
    { name: 'kiosk', path: '/kiosk/demo', screen: [1080, 1920] },
    { name: 'kiosk-wide', path: '/kiosk/demo', screen: [1920, 1080] },
    { name: 'kiosk-jobs', path: '/kiosk/demo/jobs?pick=day_pay', screen: [1080, 1920] },
    { name: 'kiosk-job', path: `/kiosk/demo/jobs/${other.shift_id}`, screen: [1080, 1920] },
    { name: 'kiosk-join', path: `/kiosk/demo/join?shift=${other.shift_id}`, screen: [1920, 1080] },
    { name: 'complain', path: `/complain?job=${other.id}` },
    { name: 'complain', path: `/complain?hire=${hire.id}`, who: 'seeker' },
    { name: 'complain-done', path: '/complain/done' },
    { name: 'site', path: `/sites/${site.id}` },
    { name: 'kiosk-where', path: '/kiosk' },
    { name: 'not-found', path: '/no-such-page', status: 404 },
    { name: 'my', path: '/my', who: 'seeker' },
    { name: 'devices', path: '/me/devices', who: 'seeker' },
    { name: 'day', path: `/my/${hire.id}`, who: 'seeker' },
    { name: 'day-scanned', path: `/my/${hire.id}`, who: 'desk' },
    { name: 'day-done', path: `/my/${done.id}`, who: 'seeker' },
    { name: 'day-slip', path: `/my/${hire.id}/slip`, who: 'seeker' },
    { name: 'facts', path: '/me/edit', who: 'seeker' },
    { name: 'away', path: '/me/away', who: 'seeker' },
    { name: 'away-none', path: '/me/away', who: 'unborn' },
    { name: 'leave', path: '/me/leave', who: 'seeker' },
    { name: 'leave-ask', path: '/me/leave?ask=1', who: 'unborn' },
    { name: 'record', path: '/me/record', who: 'seeker' },
    { name: 'first-facts', path: '/join', who: 'admin' },
    { name: 'queue-slip', path: `/tickets/${ticket.id}/slip`, who: 'desk' },
    { name: 'setup', path: process.env.SETUP },
    { name: 'staff-link', path: new URL(colleague.link).pathname }
  ];
}

// lingji.js - comfort only; every page works without it.
(function () {
  'use strict';
  document.documentElement.classList.add('js');
  document.addEventListener('submit', function (e) {
    if (e.target.dataset.sent) { e.preventDefault(); return; }
    e.target.dataset.sent = '1';
    setTimeout(function () { delete e.target.dataset.sent; }, 5000);
  });
  document.addEventListener('click', function (e) {
    var b = e.target.closest && e.target.closest('[data-locate]');
    if (!b || !navigator.geolocation) return;
    navigator.geolocation.getCurrentPosition(function (p) {
      var box = b.closest('[data-geo]');
      box.querySelector('[name$="_lon"]').value = p.coords.longitude.toFixed(6);
      box.querySelector('[name$="_lat"]').value = p.coords.latitude.toFixed(6);
    });
  });
  function refresh() {
    fetch(location.href, { credentials: 'same-origin' }).then(function (r) { return r.ok ? r.text() : ''; }).then(function (t) {
      var m = t && new DOMParser().parseFromString(t, 'text/html').querySelector('main');
      if (m) document.querySelector('main').replaceWith(m);
    }).catch(function () {});
  }
  var live = document.querySelector('[data-topic="hall"]'), wait;
  if (live && window.EventSource) {
    var stream = new EventSource('/hall/events');
    stream.addEventListener('change', function () {
      clearTimeout(wait);
      wait = setTimeout(refresh, 300);
    });
    stream.onerror = function () { document.documentElement.classList.add('stale'); };
    stream.onopen = function () { document.documentElement.classList.remove('stale'); refresh(); };
  }
  // A picture is made small on the phone, then sent; the server makes it anew.
  function small(file) {
    return createImageBitmap(file).then(function (b) {
      var k = Math.min(1, 1600 / Math.max(b.width, b.height)), c = document.createElement('canvas');
      c.width = b.width * k;
      c.height = b.height * k;
      c.getContext('2d').drawImage(b, 0, 0, c.width, c.height);
      return new Promise(function (done) { c.toBlob(done, 'image/jpeg', 0.85); });
    }).catch(function () { return file; });
  }
  document.addEventListener('change', function (e) {
    var to = e.target.dataset.picture;
    if (!to || !e.target.files[0]) return;
    small(e.target.files[0]).then(function (body) {
      return fetch(to, { method: 'POST', body: body, headers: { 'X-CSRF-Token': e.target.dataset.csrf, Accept: 'application/json' } });
    }).then(function (r) { return r.ok ? null : r.json(); }).then(function (problem) {
      if (problem) alert(problem.detail);
      else location.reload();
    });
  });
})();

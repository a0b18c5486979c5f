// lingji.js - comfort only; every page works without it.
(function () {
  'use strict';
  var root = document.documentElement, body = document.body;
  root.classList.add('js');
  function all(s) { return [].slice.call(document.querySelectorAll(s)); }

  // A second tap on a slow line sends nothing twice.
  document.addEventListener('submit', function (e) {
    if (e.target.dataset.sent) { e.preventDefault(); return; }
    e.target.dataset.sent = '1';
    setTimeout(function () { delete e.target.dataset.sent; }, 5000);
  });

  function here(then, otherwise) {
    if (!navigator.geolocation) { if (otherwise) otherwise(); return; }
    navigator.geolocation.getCurrentPosition(function (p) {
      then(p.coords.longitude.toFixed(6), p.coords.latitude.toFixed(6));
    }, otherwise);
  }
  document.addEventListener('click', function (e) {
    var b = e.target.closest && e.target.closest('[data-locate],[data-near],[data-print],[data-read]');
    if (!b) return;
    if ('locate' in b.dataset) {
      var box = b.closest('[data-geo]'), said = box.querySelector('[role=status]');
      here(function (lon, lat) {
        box.querySelector('[name$="_lon"]').value = lon;
        box.querySelector('[name$="_lat"]').value = lat;
        said.textContent = b.dataset.taken;
      }, function () { said.textContent = b.dataset.failed; });
    }
    if ('near' in b.dataset)
      here(function (lon, lat) { location.href = b.dataset.near + '&lon=' + lon + '&lat=' + lat; });
    if ('print' in b.dataset) window.print();
    if ('read' in b.dataset) read(b);
  });

  // Reading aloud: only where there is a voice for the language of the page.
  var speech = window.speechSynthesis, words = {};
  function voice() {
    return speech && speech.getVoices().filter(function (v) { return v.lang.slice(0, 2) === root.lang.slice(0, 2); })[0];
  }
  function offer() { all('[data-read]').forEach(function (b) { b.hidden = !voice(); }); }
  function read(b) {
    words.start = words.start || b.textContent;
    if (speech.speaking) { speech.cancel(); b.textContent = words.start; return; }
    var u = new SpeechSynthesisUtterance(document.querySelector('h1').innerText + '。' + document.querySelector('main').innerText);
    u.voice = voice();
    u.lang = u.voice.lang;
    u.rate = 0.9;
    u.onend = function () { b.textContent = words.start; };
    speech.speak(u);
    b.textContent = b.dataset.stop;
  }
  if (speech) {
    offer();
    speech.onvoiceschanged = offer;
  }

  if (document.querySelector('[data-print=now]')) window.print(); // a kiosk prints without asking

  // Screens that nobody touches follow events, ask again every half minute, and say when they cannot.
  var wait, live = document.querySelector('[data-topic]');
  function refresh() {
    fetch(location.href, { credentials: 'same-origin' }).then(function (r) {
      if (!r.ok) throw r;
      return r.text();
    }).then(function (t) {
      var m = new DOMParser().parseFromString(t, 'text/html').querySelector('main');
      if (m) document.querySelector('main').replaceWith(m);
      root.classList.remove('stale');
    }).catch(function () { root.classList.add('stale'); });
  }
  if (live) {
    setInterval(refresh, 30000);
    window.addEventListener('offline', refresh);
    if (window.EventSource) {
      var stream = new EventSource('/hall/events');
      stream.addEventListener('change', function () {
        clearTimeout(wait);
        wait = setTimeout(refresh, 300);
      });
      stream.onerror = function () { root.classList.add('stale'); };
      stream.onopen = refresh;
    }
  }

  // The kiosk goes home when nobody touches it; the last seconds are counted aloud on the page.
  var idle = Number(body.dataset.idle), left = idle;
  if (idle) {
    var say = document.querySelector('[data-left]');
    ['pointerdown', 'keydown', 'scroll'].forEach(function (n) {
      document.addEventListener(n, function () { left = idle; }, { passive: true });
    });
    setInterval(function () {
      left--;
      if (say) say.textContent = Math.max(left, 0);
      if (left === 0) location.replace(body.dataset.home); // once: asked again each second, a slow way would never end
    }, 1000);
  }
})();

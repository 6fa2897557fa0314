{% load static %}{% comment %}Only the page and its files are kept: nothing that the server says about a visit.{% endcomment %}
const page = "{% url 'portal:kiosk' %}";
const files = [
  "{% static 'js/theme.js' %}", "{% static 'js/kiosk.js' %}", "{% static 'js/kiosk-vault.js' %}",
  "{% static 'js/kiosk-line.js' %}", "{% static 'js/kiosk-screens.js' %}", "{% static 'css/app.css' %}",
  "{% static 'css/shared.css' %}", "{% static 'css/notices.css' %}", "{% static 'css/kiosk.css' %}",
  "{% static 'fonts/hanken-grotesk-latin-wght-normal.woff2' %}", "{% static 'fonts/bodoni-moda-latin-opsz-normal.woff2' %}",
  "{% static 'icon.svg' %}",
];
const store = "kiosk:" + files.join();

self.addEventListener("install", (event) => event.waitUntil(
  caches.open(store).then((kept) => kept.addAll([page, ...files])).then(() => self.skipWaiting()),
));
self.addEventListener("activate", (event) => event.waitUntil(
  caches.keys()
    .then((names) => Promise.all(names.filter((name) => name !== store).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()),
));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname === page && event.request.mode === "navigate") event.respondWith(fresh(event.request));
  else if (files.includes(url.pathname)) event.respondWith(caches.match(url.pathname).then((kept) => kept ?? fetch(event.request)));
});

async function fresh(request) {
  const kept = await caches.open(store);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await kept.put(page, answer.clone());
    // Revoked: what was kept of the page goes, too.
    else if (answer.status === 410 || answer.type === "opaqueredirect") await kept.delete(page);
    return answer;
  } catch {
    return (await kept.match(page)) ?? Response.error();
  }
}

// Maps: the list finds places by words, choices and distance; Leaflet shows them once a map is in view.
// The list is the data: all else is read out of it. Where the reader is never leaves this page.
(() => {
  "use strict";
  const here = document.currentScript.src.replace(/map\.js.*$/, "");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const step = matchMedia("(min-width: 60em)").matches ? 100 : 20;
  const RAD = Math.PI / 180;
  const make = (tag, values) => Object.assign(document.createElement(tag), values);
  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
  const far = (m) => m < 995 ? `${Math.round(m / 10) * 10} m` : `${(m / 1000).toFixed(m < 9950 ? 1 : 0)} km`;
  // 全角 and 半角, ひらがな and カタカナ, upper and lower case are the same to a search.
  const plain = (text) => text.normalize("NFKC").toLowerCase()
    .replace(/[ぁ-ゖ]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 96));
  let coming;
  const leaflet = () => coming ||= new Promise((done, failed) => document.head.append(
    make("link", { rel: "stylesheet", href: `${here}leaflet/leaflet.css` }),
    make("script", { src: `${here}leaflet/leaflet.js`, onload: () => done(L), onerror: failed }),
  ));

  function begin(box) {
    const { tiles, say } = JSON.parse(box.dataset.map);
    const [where, drawing, canvas, form, told, scroll, more] =
      ["where", "locator", "leaflet", "find", "found", "lists", "more"].map((name) => box.querySelector(`.kb-${name}`));
    const items = [...scroll.querySelectorAll("li")], list = scroll.firstChild;
    scroll.replaceChildren(list); // a long list comes in parts
    list.replaceChildren(); // a number given to an item in its list would count all the others anew
    const places = items.map((item, number) => {
      item.value = number + 1; // as on the drawing, in whatever order
      const at = item.dataset.at?.split(",").map(Number), name = item.firstChild;
      if (!name.firstElementChild) name.replaceChildren(make("button", { type: "button", textContent: name.textContent }));
      return { item, at, name: name.textContent, values: item.dataset.v?.split(",") };
    });
    let fitting = places, limit = step, me, map, layer, later, stand, chosen;

    function show() {
      list.replaceChildren(...fitting.slice(0, limit).map((each) => each.item));
      if (!more) return;
      const rest = fitting.length - limit;
      more.hidden = rest <= 0;
      more.firstChild.textContent = fill(say.more, { count: Math.min(step, rest), rest: rest.toLocaleString() });
    }
    function search() {
      const words = plain(form[0].value).split(/\s+/).filter(Boolean);
      const asked = [...form].filter((each) => each.dataset.f && (each.type === "checkbox" ? each.checked : each.value));
      fitting = places.filter((each) => asked.every(({ dataset, value }) => each.values[dataset.f] === value));
      if (words.length) {
        fitting = fitting.filter((each) => {
          each.text ||= plain(`${each.item.textContent} ${each.item.dataset.k || ""}`);
          return words.every((word) => each.text.includes(word));
        });
      }
      if (me) fitting.sort((one, other) => (one.far ?? 1e9) - (other.far ?? 1e9));
      limit = step;
      show();
      scroll.scrollTop = 0;
      told.textContent = fitting.length < places.length ? fill(say.some, { found: fitting.length.toLocaleString() }) : say.all;
      const first = fitting[0];
      if (me && first?.at) told.textContent += ` ${fill(say.near, { name: first.name, far: far(first.far) })}`;
      const kept = new Set(fitting);
      for (const each of drawing.querySelectorAll("[data-n]")) each.style.display = kept.has(places[each.dataset.n - 1]) ? "" : "none";
      clearTimeout(later);
      if (map) later = setTimeout(points, 100, kept); // the list at once; the points when the typing pauses
    }
    function near() {
      if (me) return arrive();
      navigator.geolocation.getCurrentPosition(({ coords }) => arrive([coords.latitude, coords.longitude]),
        () => { told.textContent = say.lost; }, { timeout: 15000, maximumAge: 60000 });
    }
    function arrive(at) {
      me = at;
      form.querySelector(".kb-near").ariaPressed = !!me;
      for (const each of places) {
        each.item.querySelector(".kb-far")?.remove();
        if (!me || !each.at) continue;
        each.far = Math.hypot(each.at[0] - me[0], (each.at[1] - me[1]) * Math.cos(me[0] * RAD)) * 111320;
        each.item.firstChild.after(make("span", { className: "kb-far", textContent: far(each.far) }));
      }
      search();
      if (map) fit();
    }

    const colour = (name) => getComputedStyle(document.body).getPropertyValue(`--kb-${name}`).trim();
    function paint() {
      const rim = colour("paper"), known = {};
      for (const { dot, item } of places) {
        const own = item.querySelector(".kb-of")?.className.slice(-1) || 1;
        dot?.setStyle({ color: rim, fillColor: known[own] ||= colour(own) });
      }
    }
    function points(kept) {
      for (const each of places) {
        if (each.dot && kept.has(each) !== layer.hasLayer(each.dot)) layer[kept.has(each) ? "addLayer" : "removeLayer"](each.dot);
      }
      if (chosen && !kept.has(chosen)) map.closePopup();
    }
    function fit() {
      stand?.remove();
      if (me) stand = L.circleMarker(me, { radius: 10, weight: 4, color: colour("ink"), fill: false, interactive: false }).addTo(map);
      const spots = (me ? [{ at: me }, ...fitting.slice(0, 5)] : fitting).flatMap(({ at }) => at ? [at] : []);
      if (spots.length) map.fitBounds(spots, { padding: [24, 24], maxZoom: 16, animate: !still });
    }
    // The outline is read back out of the drawing, which is in the projection of the map.
    function outline() {
      const [west, north, scale] = drawing.dataset.view.split(" ").map(Number);
      const back = (pair) => {
        const [x, y] = pair.split(",");
        return [Math.atan(Math.sinh((north - y / scale) * RAD)) / RAD, west + x / scale];
      };
      const lines = [...drawing.querySelectorAll(".kb-land, .kb-coast")].flatMap((path) => path.getAttribute("d").match(/[^M]+/g))
        .map((ring) => ring.replace(/^([^L]+)(.*)Z/, "$1$2L$1").split("L").map(back));
      L.polyline(lines, { weight: 1, color: "#888", interactive: false }).addTo(map);
    }
    function choose(place, byMap) {
      chosen?.item.removeAttribute("aria-current");
      chosen = place;
      place.item.ariaCurrent = "true";
      if (!fitting.includes(place)) { form.reset(); search(); }
      if (fitting.indexOf(place) >= limit) { limit = fitting.indexOf(place) + step; show(); }
      if (byMap) scroll.scrollTop = place.item.offsetTop - scroll.offsetTop - 8;
      else if (map) canvas.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
      if (!map || !place.at) return;
      const inside = make("div");
      inside.append(...[...place.item.childNodes].map((each) => each.cloneNode(true))); // nodes, never markup
      if (still) map.panInside(place.at, { paddingTopLeft: [150, 220], paddingBottomRight: [150, 20], animate: false });
      Object.assign(L.popup({ maxWidth: 260, offset: [0, -4], autoPan: !still }), { place }).setLatLng(place.at).setContent(inside).openOn(map);
    }
    function draw() {
      canvas.hidden = false;
      box.classList.add("kb-drawn");
      map = L.map(canvas, { preferCanvas: true, scrollWheelZoom: false, zoomControl: false, zoomAnimation: !still, fadeAnimation: !still, maxZoom: 18 });
      map.attributionControl.setPrefix(false);
      L.control.zoom({ zoomInTitle: say.in, zoomOutTitle: say.out }).addTo(map);
      if (tiles) L.tileLayer(tiles.url, { attribution: tiles.credit, minZoom: tiles.min, maxZoom: tiles.max }).addTo(map);
      map.on("popupopen", ({ popup }) => popup.getElement().querySelector("[role=button]").ariaLabel = say.close);
      map.on("popupclose", ({ popup: { place } }) => {
        place.item.removeAttribute("aria-current");
        if (chosen === place) chosen = null;
      });
      fit();
      outline();
      layer = L.featureGroup().on("click", (event) => choose(event.layer.place, true)).addTo(map);
      const radius = places.length > 500 ? 5 : 7;
      for (const place of places) {
        if (place.at) place.dot = Object.assign(L.circleMarker(place.at, { radius, weight: 1.5, fillOpacity: 0.95 }), { place });
      }
      paint();
      points(new Set(fitting));
      if (chosen) choose(chosen);
      new MutationObserver(paint).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    }

    list.addEventListener("click", (event) => {
      const link = event.target.closest("strong > *");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const place = places.find((each) => each.item.contains(link));
      choose(place);
      if (place.item.id) history.replaceState(null, "", `#${place.item.id}`);
    });
    box.addEventListener("keydown", (event) => { if (event.key === "Escape") map?.closePopup(); });
    if (form) {
      form.addEventListener("input", search);
      form.addEventListener("submit", (event) => event.preventDefault());
      form.querySelector(".kb-near").addEventListener("click", near);
      more.firstChild.addEventListener("click", () => {
        const next = fitting[limit];
        limit += step;
        show();
        next.item.querySelector("a, button").focus();
      });
      addEventListener("beforeprint", () => { const all = limit; limit = Infinity; show(); limit = all; });
      addEventListener("afterprint", show);
      form.hidden = told.hidden = false;
      search();
    }
    const visit = () => {
      const place = location.hash && places.find((each) => each.item.id === decodeURIComponent(location.hash.slice(1)));
      if (place) { choose(place); place.item.scrollIntoView({ block: "nearest" }); }
    };
    if (!form) show();
    addEventListener("hashchange", visit);
    box.classList.add("kb-on");
    visit();
    const watcher = new IntersectionObserver((seen) => {
      if (!seen.some((each) => each.isIntersecting)) return;
      watcher.disconnect();
      leaflet().then(draw, () => {}); // where it cannot come, the drawing and the list stay
    }, { rootMargin: "100px" });
    watcher.observe(where);
  }

  document.querySelectorAll(".kb-places").forEach(begin);
})();

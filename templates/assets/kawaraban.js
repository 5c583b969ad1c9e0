// Maps, once one comes into view. Everything else on a page works without a script.
(function () {
  "use strict";
  var here = document.currentScript.src.replace(/kawaraban\.js.*$/, "");
  var loading = null;
  var TILES = "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png";
  var CREDIT = '<a href="https://maps.gsi.go.jp/development/ichiran.html">国土地理院</a>';

  function leaflet() {
    if (loading) return loading;
    loading = new Promise(function (resolve, reject) {
      var style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = here + "leaflet/leaflet.css";
      document.head.appendChild(style);
      var script = document.createElement("script");
      script.src = here + "leaflet/leaflet.js";
      script.onload = function () { resolve(window.L); };
      script.onerror = reject;
      document.head.appendChild(script);
    });
    return loading;
  }

  // A popup is built of text nodes: what a cell holds can never become markup.
  function popup(point, labels) {
    var box = document.createElement("div");
    var name = document.createElement("strong");
    name.textContent = point[2];
    box.appendChild(name);
    labels.forEach(function (label, index) {
      var value = point[4 + index];
      if (!value) return;
      var line = document.createElement("div");
      line.textContent = label + ": " + value;
      box.appendChild(line);
    });
    return box;
  }

  function draw(element) {
    var data = JSON.parse(element.dataset.map);
    element.appendChild(document.createElement("div")); // no longer empty: the style shows it
    leaflet().then(function (L) {
      element.textContent = "";
      var style = getComputedStyle(document.documentElement);
      var scheme = getComputedStyle(document.body);
      var map = L.map(element, { preferCanvas: true, scrollWheelZoom: false });
      L.tileLayer(TILES, { attribution: CREDIT, minZoom: 5, maxZoom: 18 }).addTo(map);
      var bounds = [];
      data.points.forEach(function (point) {
        var variable = "--kb-" + ((point[3] % 8) + 1);
        var colour = scheme.getPropertyValue(variable).trim() || style.getPropertyValue(variable).trim();
        L.circleMarker([point[0], point[1]], { radius: 7, color: "#fff", weight: 1.5, fillColor: colour, fillOpacity: 0.95 })
          .bindPopup(popup(point, data.labels))
          .addTo(map);
        bounds.push([point[0], point[1]]);
      });
      map.fitBounds(bounds, { padding: [24, 24], maxZoom: 16 });
    }).catch(function () { element.hidden = true; });
  }

  var maps = document.querySelectorAll(".kb-leaflet[data-map]");
  maps.forEach(function (element) { element.style.display = "block"; });
  if (!("IntersectionObserver" in window)) { maps.forEach(draw); return; }
  var watcher = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) return;
      watcher.unobserve(entry.target);
      draw(entry.target);
    });
  }, { rootMargin: "100px" });
  maps.forEach(function (element) { watcher.observe(element); });
})();

// What a page can do beyond being read. Everything that matters on it works without a script.
(function () {
  "use strict";
  var here = document.currentScript.src.replace(/kawaraban\.js.*$/, "");
  // A feature is a file of its own, and comes only to a page that has something for it.
  function bring(name) {
    var script = document.createElement("script");
    script.src = here + name;
    document.head.appendChild(script);
  }
  if (document.querySelector("[data-rows]")) bring("table.js");
  if (document.querySelector(".kb-places")) bring("map.js");
  if (navigator.share && document.querySelector("[data-share]")) bring("share.js");

  // Notices whose last day is over in Japan, though it was not yet when the page was made.
  var day = new Date(Date.now() + 9 * 3600e3).toISOString().slice(0, 10);
  document.querySelectorAll("[data-until]").forEach(function (each) {
    each.hidden = each.dataset.until < day;
  });

  // The theme's menu button is a label, which no key reaches.
  var drawer = document.getElementById("__drawer");
  var label = document.querySelector('.md-header [for="__drawer"]');
  if (drawer && label) {
    var menu = document.createElement("button");
    var tell = function () { menu.setAttribute("aria-expanded", String(drawer.checked)); };
    menu.type = "button";
    menu.className = label.className;
    menu.setAttribute("for", "__drawer"); // the theme's style asks for it
    menu.setAttribute("aria-label", document.querySelector(".md-sidebar--primary nav").getAttribute("aria-label"));
    menu.append.apply(menu, Array.from(label.childNodes));
    label.replaceWith(menu);
    menu.addEventListener("click", function () { drawer.click(); });
    drawer.addEventListener("change", tell);
    addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !drawer.checked) return;
      drawer.click();
      menu.focus();
    });
    tell();
  }

  // What the theme lets scroll sideways, the arrow keys scroll too.
  addEventListener("load", function () {
    document.querySelectorAll(".md-typeset__scrollwrap").forEach(function (each) {
      if (each.scrollWidth > each.clientWidth) each.tabIndex = 0;
    });
  });

  // The search comes when somebody turns to it; where it cannot come, the link leads to the catalogue.
  var door = document.querySelector("[data-search]");
  function search(act, event) {
    if (event) event.preventDefault();
    import(here + "search.js").then(function (found) { return found[act](door); })
      .catch(function () { if (event) location.href = door.href; });
  }
  if (door) {
    door.setAttribute("role", "button");
    door.setAttribute("aria-haspopup", "dialog");
    door.setAttribute("aria-keyshortcuts", "/ Control+K");
    door.addEventListener("click", function (event) {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) search("open", event);
    });
    door.addEventListener("pointerenter", function () { search("warm"); }, { once: true });
    addEventListener("keydown", function (event) {
      var k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      var slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      var typing = event.target.closest && event.target.closest("input, textarea, select, dialog, [contenteditable]");
      if (k || (slash && !typing)) search("open", event);
    });
  }
})();

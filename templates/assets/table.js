// Tables: sort by any column, search, choose. The rows beyond the first are fetched when a reader asks for them.
(() => {
  "use strict";
  const STEP = 100;
  const make = (tag, values, ...inside) => {
    const element = Object.assign(document.createElement(tag), values);
    element.append(...inside);
    return element;
  };
  // 全角 and 半角, カタカナ and ひらがな, upper and lower case, 1,234 and 1234 are the same to a search.
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/(\d),(?=\d{3})/g, "$1")
    .replace(/[ァ-ヶ]/g, (each) => String.fromCharCode(each.charCodeAt(0) - 96));
  const gone = (value) => value === null || value === "" || Array.isArray(value);
  const grouped = (number) => number.replace(/\B(?=(\d{3})+$)/g, ",");

  function begin(box) {
    const o = JSON.parse(box.dataset.rows), w = o.words;
    const say = (word, values) => word.replace(/\{(\w+)\}/g, (all, key) => values[key]);
    const region = box.querySelector(".kb-scroll"), body = region.querySelector("tbody");
    const heads = [...region.querySelectorAll("thead th")];
    const compare = new Intl.Collator(o.lang.slice(0, 2), { numeric: true }).compare;
    const ranks = [], start = o.sorted || [-1, 1];
    let [by, way] = start, columns, order, keys, rows, shown = body.rows.length;

    function text(value, at) {
      const kind = o.kinds[at], known = o.values?.[at]?.[value];
      if (known || gone(value)) return known || String(value ?? "");
      if (kind === "b") return value ? w.yes : w.no;
      if (kind === "t") return value.slice(0, 5);
      if (kind === "n") {
        const [whole, part] = String(+value === value ? +value.toFixed(10) : value).split(".");
        return (grouped(whole) + (part ? "." + part : "")).replace("-", "\u2212");
      }
      const date = "dm".includes(kind) && /^(\d+)-(\d+)-(\d+)(?:T(.{5}))?/.exec(value);
      if (!date) return String(value);
      const [, year, month, day, time] = date;
      return say(o.date, { year: +year, month: +month, name: o.months[month - 1], day: +day }) + (time ? ` ${time}` : "");
    }

    function cell(value, at) {
      const said = text(value, at);
      let inside = said.split("\n").flatMap((line, at) => at ? [make("br"), line] : [line]);
      if (!said) inside = [make("span", { className: "kb-none" }, w.none)];
      else if (gone(value)) inside = [make("span", { className: "kb-missing" }, said)];
      else if (/^https?:\/\/[^\s"'<>]{3,500}$/.test(said)) inside = [make("a", { href: said, rel: "nofollow noopener" }, said)];
      else if (o.kinds[at] === "s" && (said.length > o.fold[0] || inside.length > 2 * o.fold[1])) {
        inside = [make("details", { className: "kb-data kb-fold" }, make("summary", {}, ...inside))];
      }
      const { className } = heads[at];
      return make("td", className ? { className } : {}, ...inside);
    }

    async function load() {
      let parts = [o.data];
      if (o.base) {
        state.textContent = w.wait;
        parts = await Promise.all(Array.from({ length: o.chunks }, (none, at) => fetch(`${o.base}${at + 1}.json`)
          .then((got) => got.ok ? got.json() : Promise.reject(got.status))));
      }
      const all = (at) => [].concat(...parts.map((part) => part[at]));
      columns = heads.map((head, at) => all(o.base ? o.at[at] : at));
      order = columns[0].map((value, row) => row);
      for (const [at, wanted] of o.where || []) {
        const values = all(at);
        const fits = (value) => !gone(value) && wanted.some((each) => String(value) === each || each && +value === +each);
        order = order.filter((row) => fits(values[row]));
      }
      if (o.sort) order = arranged(ranked(all(o.sort[0])), o.sort[1]);
      setTimeout(prepare, 100); // while the reader looks at the rows
      columns.forEach((values, at) => setTimeout(rank, 200, at));
    }

    const rank = (at) => ranks[at] ||= ranked(columns[at], o.kinds[at] === "s");

    function prepare() {
      keys ||= columns[0].map((none, row) => plain(columns.map((values, at) => o.kinds[at] === "n"
        ? values[row] ?? "" : `${values[row] ?? ""} ${text(values[row], at)}`).join("\n")));
    }

    // Numbers in whose order the values stand; NaN for none.
    function ranked(values, words) {
      const less = (one, other) => one < other ? -1 : 1;
      const found = [...new Set(values)].filter((value) => !gone(value)).sort(words ? compare : less);
      const rank = new Map(found.map((value, at) => [value, at]));
      return Float64Array.from(values, (value) => rank.get(value) ?? NaN);
    }

    function arranged(by, way) {
      const there = order.filter((row) => by[row] >= 0), none = order.filter((row) => !(by[row] >= 0));
      return there.sort((one, other) => way * (by[one] - by[other]) || one - other).concat(none);
    }

    async function choose(count) {
      try { if (!columns) await load(); } catch { state.textContent = w.fail; return; }
      const words = plain(search.value).split(/\s+/).filter(Boolean);
      const chosen = selects.filter(([, select]) => select.value);
      if (words.length) prepare();
      const same = by === start[0] && way === start[1];
      rows = (same ? order : arranged(rank(by), way))
        .filter((row) => words.every((word) => keys[row].includes(word))
          && chosen.every(([at, select]) => String(columns[at][row]) === select.value));
      body.textContent = "";
      if (o.base && !o.lang.startsWith("ja")) body.lang = "ja"; // as marked in the rows of the page
      shown = 0;
      region.scrollTop = 0;
      show(count);
    }

    function show(count) {
      const next = rows.slice(shown, shown + count);
      body.append(...next.map((row) => make("tr", {}, ...columns.map((values, at) => cell(values[row], at)))));
      shown += next.length;
      more.hidden = shown === rows.length;
      const told = rows.length ? say(w.shown, { count: grouped(`${shown}`), total: grouped(`${rows.length}`) }) : w.nothing;
      state.textContent = by < 0 ? told : `${told} ${say(way > 0 ? w.up : w.down, { column: names[by] })}`;
    }

    const state = box.querySelector(".kb-cut > span") || box.appendChild(make("p", { className: "kb-note" }));
    state.role = "status";
    const search = make("input", { type: "search" });
    const more = make("button", { type: "button", className: "kb-more-rows" }, w.more);
    let pause;
    search.oninput = () => { clearTimeout(pause); pause = setTimeout(choose, 120, STEP); };
    const selects = (o.choices || []).map(([at, options]) => [at, make("select", { onchange: () => choose(STEP) },
      new Option(w.all, ""), ...options.map(([value, label]) => new Option(label, value)))]);
    const names = heads.map((head) => head.firstChild.textContent);
    const marked = () => heads.forEach((head, at) => at === by
      ? head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending") : head.removeAttribute("aria-sort"));
    heads.forEach((head, at) => {
      const button = make("button", { type: "button", className: "kb-sort" }, ...head.childNodes);
      button.onclick = () => {
        if (at !== by) [by, way] = [at, 1];
        else if (way > 0 || at === start[0]) way = -way;
        else [by, way] = start;
        marked();
        choose(STEP);
      };
      head.append(button);
    });
    marked();
    const tools = make("div", { className: "kb-tools" }, make("label", {}, w.find, search),
      ...selects.map(([at, select]) => make("label", {}, names[at], select)));
    tools.hidden = o.search < 2;
    more.hidden = !o.base;
    more.onclick = async () => {
      tools.hidden = !o.search;
      if (rows) show(STEP);
      else await choose(shown + STEP);
      if (more.hidden) region.focus();
    };
    box.prepend(tools);
    box.append(more);
  }

  document.querySelectorAll("[data-rows]").forEach(begin);
})();

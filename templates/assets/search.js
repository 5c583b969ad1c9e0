// The search: a box over the page, answered by Pagefind's index of this site. Nothing is sent anywhere.
const STEP = 10;
const KINDS = { dataset: 1.5, page: 1.1, row: 1 }; // of two that fit alike, the larger thing comes first
const RANKING = { pageLength: 0.4, metaWeights: { name: 4, more: 2, title: 0, of: 0, text: 0, kind: 0 } };

// The terms are those of generator/kawaraban/searching/words.py, where the reasons stand.
const JAPANESE = "\\u3005\\u3007\\u3041-\\u3096\\u30fc\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUNS = new RegExp(`[${JAPANESE}]+|(?:(?![${JAPANESE}])[\\p{L}\\p{N}])+`, "gu");
const FIRST = new RegExp(`^[${JAPANESE}]`, "u");
const CONSONANTS = "bcdfghjklmnpqrstvwxz";

const folded = (text) => text.normalize("NFKC").toLowerCase()
  .replace(/[ァ-ヶ]/g, (each) => String.fromCharCode(each.charCodeAt(0) - 96));

function written(letter) {
  let code = letter.codePointAt(0), said = "";
  for (let step = 0; step < 4; step += 1) {
    said = CONSONANTS[code % 20] + said;
    code = Math.floor(code / 20);
  }
  return said;
}

const runs = (text) => folded(text).match(RUNS) || [];

export function terms(text) {
  return runs(text).flatMap((run) => {
    if (!FIRST.test(run)) return [run];
    const letters = [...run].map(written);
    return letters.length === 1 ? letters : letters.slice(1).map((each, at) => letters[at] + each);
  });
}

// The words of a question that is no name: 保育所の空き has 保育所 and 空き in it.
const LINKS = /^([ぁ-ん]|から|まで|より|など|です|ます|ある|いる|する|した|こと|もの|ため|とき|どこ|いつ|何)$/;

function words(text) {
  if (!("Segmenter" in Intl)) return runs(text);
  return [...new Intl.Segmenter("ja", { granularity: "word" }).segment(text)]
    .map((each) => each.segment).filter((each) => runs(each).length && !LINKS.test(each));
}

// Letters of `text` with whether they are part of what was asked.
function marked(text, needles) {
  const letters = [...text], whole = [], from = [];
  letters.forEach((letter, at) => [...folded(letter)].forEach((each) => { whole.push(each); from.push(at); }));
  const plain = whole.join(""), hit = new Set();
  const units = whole.flatMap((each, at) => Array(each.length).fill(from[at]));
  for (const needle of needles) {
    for (let at = plain.indexOf(needle); at >= 0; at = plain.indexOf(needle, at + needle.length)) {
      for (let step = 0; step < needle.length; step += 1) hit.add(units[at + step]);
    }
  }
  return { letters, hit };
}

function make(tag, values, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

function withMarks(text, needles, most = Infinity) {
  const { letters, hit } = marked(text, needles);
  const first = Math.min(...hit, letters.length);
  const begin = first < letters.length && first > most / 2 ? first - Math.floor(most / 4) : 0;
  const end = Math.min(letters.length, begin + most);
  const parts = begin ? ["…"] : [];
  for (let at = begin; at < end;) {
    let to = at;
    while (to < end && hit.has(to) === hit.has(at)) to += 1;
    const said = letters.slice(at, to).join("");
    parts.push(hit.has(at) ? make("mark", {}, said) : said);
    at = to;
  }
  return end < letters.length ? [...parts, "…"] : parts;
}

let pagefind = null;
const rootOf = (door) => new URL(`${door.dataset.root}/`, location.href);
const wordsOf = (door) => JSON.parse(door.dataset.search);

export function warm(door) {
  pagefind ||= import(new URL("pagefind/pagefind.js", rootOf(door)).href).then(async (found) => {
    await found.options({ ranking: RANKING });
    await found.init();
    return found;
  });
  pagefind.catch(() => { pagefind = null; });
  return pagefind;
}

// What fits, the best first: all that was typed, then all of its words, then some of them. Pages that are meant for
// few come behind.
async function find(door, text) {
  const engine = await warm(door), found = new Map(), { lang } = wordsOf(door);
  const ask = async (asked) => {
    const question = terms(asked), all = [];
    for (const place of question.length ? ["first", "last"] : []) {
      const { results } = await engine.search(question.join(" "), { filters: { place, lang } });
      all.push(...results.map((each) => ({ each, question })));
    }
    return all;
  };
  const take = (all, tier) => all.forEach((one) => {
    if (!found.has(one.each.id)) found.set(one.each.id, { ...one, tier });
  });
  const parts = words(text);
  take(await ask(text), 0);
  let best = await loaded([...found.values()]);
  if (best.length < 3 && parts.length) {
    take(await ask(parts.join(" ")), 1);
    best = await loaded([...found.values()]);
  }
  if (best.length < 3 && parts.length > 1) {
    const counts = new Map();
    for (const part of parts.filter((each) => each.length > 1)) {
      for (const one of await ask(part)) {
        const before = counts.get(one.each.id);
        counts.set(one.each.id, { ...one, count: (before ? before.count : 0) + 1 });
      }
    }
    take([...counts.values()].sort((one, other) => other.count - one.count).slice(0, STEP), 2);
    best = await loaded([...found.values()]);
  }
  const wanted = folded(text).trim();
  const worth = ({ meta, filters, score, tier }) => {
    const title = folded(meta.title);
    const part = title.includes(wanted) ? 1 + wanted.length / title.length : 1;
    const kind = title.replace(/(一覧|情報|データ|名簿)$/, "").endsWith(wanted) ? 1.2 : 1; // 町立図書館 is a 図書館, 図書館の棚 is none
    return (title === wanted ? 1e6 : part * kind) * score * KINDS[meta.kind] * 1e-3 ** tier * (filters.place?.[0] === "last" ? 1e-6 : 1);
  };
  best.sort((one, other) => worth(other) - worth(one) || (one.meta.title < other.meta.title ? -1 : 1));
  return { needles: [...runs(text), ...parts.map(folded)], best, all: [...found.values()], read: STEP };
}

// Pagefind takes the beginning of a term for the term where it knows no better; what does not hold it is left out.
async function loaded(some, from = 0) {
  const got = await Promise.all(some.slice(from, from + STEP).map(async ({ each, question, tier }) => {
    const data = await each.data(), held = ` ${data.content} ${data.meta.more || ""}`;
    return question.every((term) => held.includes(` ${term}`)) && { ...data, score: each.score, tier };
  }));
  return got.filter(Boolean);
}

let show = null;

export function open(door) {
  show ||= box(door);
  warm(door).catch(() => {});
  show();
}

function box(door) {
  const say = wordsOf(door), root = rootOf(door), home = new URL(say.home, root);
  const input = make("input", {
    type: "search", role: "combobox", "aria-label": say.label, "aria-expanded": "false", "aria-controls": "kb-found",
    "aria-autocomplete": "list", placeholder: say.placeholder, autocomplete: "off", spellcheck: "false", enterkeyhint: "go",
  });
  const list = make("div", { role: "listbox", id: "kb-found", "aria-label": say.results, hidden: "" });
  const state = make("p", { role: "status", class: "kb-small" }, say.hint);
  const more = make("button", { type: "button", class: "kb-more", hidden: "" }, say.more);
  const close = make("button", { type: "submit" }, say.close);
  const dialog = make("dialog", { class: "kb-finder", "aria-label": say.label },
    make("form", { method: "dialog", role: "search" }, input, close), state, list, more);
  document.body.append(dialog);
  let turn = 0, active = -1, go = false, current = null, timer = 0, pending = false;
  const options = () => [...list.children];

  function choose(at) {
    const all = options();
    active = all.length ? (at + all.length) % all.length : -1;
    all.forEach((each, index) => each.setAttribute("aria-selected", String(index === active)));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({ block: "nearest" });
    }
  }

  function add(data) {
    const { title, of, text, kind } = data.meta;
    const option = make("a", {
      role: "option", id: `kb-found-${list.children.length}`, tabindex: "-1", "aria-selected": "false",
      href: new URL(data.raw_url.slice(1), data.raw_url.includes("?q=") ? home : root).href, // rows are of all languages
    }, make("strong", {}, ...withMarks(title, current.needles)), make("span", { class: "kb-small" }, of || say[kind]));
    if (text) option.append(make("span", { class: "kb-said" }, ...withMarks(text, current.needles, 90)));
    option.addEventListener("click", () => dialog.close());
    list.append(option);
  }

  function settle() {
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    more.hidden = !list.children.length || current.read >= current.all.length;
  }

  async function answer() {
    const text = input.value.trim(), mine = ++turn;
    pending = Boolean(text);
    if (!text) current = null;
    else {
      try {
        const found = await find(door, text);
        if (mine !== turn) return;
        current = found;
      } catch {
        if (mine !== turn) return;
        current = null;
        pending = false;
        list.replaceChildren();
        settle();
        state.textContent = say.failed;
        return;
      }
    }
    pending = false;
    list.replaceChildren();
    current?.best.forEach(add);
    const count = list.children.length && current.all.length;
    state.textContent = !text ? say.hint : count ? say.count.replace("{count}", count) : say.none;
    settle();
    choose(0);
    if (go && count) options()[0].click();
    go = false;
  }

  async function extend() {
    const from = list.children.length, mine = turn, parts = await loaded(current.all, current.read);
    if (mine !== turn) return;
    current.read += STEP;
    parts.forEach(add);
    settle();
    choose(from);
    input.focus();
  }

  input.addEventListener("input", () => {
    pending = true;
    clearTimeout(timer);
    timer = setTimeout(answer, 40);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") { // the field itself would only be emptied
      event.preventDefault();
      dialog.close();
    }
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      choose(active + steps[event.key]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (pending) go = true;
      else options()[Math.max(active, 0)]?.click();
    }
  });
  more.addEventListener("click", extend);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  return () => {
    if (!dialog.open) dialog.showModal();
    input.focus();
    input.select();
  };
}

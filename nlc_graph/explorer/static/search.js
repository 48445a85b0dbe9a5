"use strict";
// Find an entity by its label, or a claim by its text.
const search = (function () {
  const { el, byId, fold } = dom;
  const { entities, claims } = counts;
  const SORTS = ["practice", "outcome", "network", "feature", "strategy", "unit", "voice", "kind", "role", "enquiry"];
  const NAMES = { practice: "practice", outcome: "outcome type", network: "network", feature: "key feature", strategy: "strategy", unit: "school or group", voice: "voice", kind: "kind of evidence", role: "people", enquiry: "enquiry", claim: "claim" };
  const MOST = 14;
  const COMMON = new Set("about been could does from have into more most much other others said schools should some that their them then there these they this those what when where which will with would".split(" "));
  const input = byId("search"), list = byId("found");
  let entries = null, results = [], active = -1;

  // All entries, with texts folded for comparing; built at the first search.
  function all() {
    if (!entries) {
      entries = entities.flatMap((entity) => SORTS.includes(entity.sort) ? [{ key: entity.id, sort: entity.sort, label: entity.label, text: fold(entity.label), also: fold(entity.text || "") }] : []);
      claims.forEach((claim) => entries.push({ key: "claim/" + claim.id, sort: "claim", label: claim.text || claim.id, text: "", also: fold((claim.text || "") + " " + (claim.evidence || []).map((pair) => counts.evidence[pair[0]].text || "").join(" ")) }));
    }
    return entries;
  }

  // Lower is better: start of a label, start of a word, anywhere in the label, anywhere in the text.
  function score(entry, words) {
    if (!words.every((word) => entry.text.includes(word) || entry.also.includes(word))) return -1;
    const first = words[0];
    const inLabel = words.every((word) => entry.text.includes(word));
    const where = !inLabel ? 3 : entry.text.startsWith(first) ? 0 : entry.text.includes(" " + first) ? 1 : 2;
    return where * 20 + (entry.sort === "claim" ? 15 : SORTS.indexOf(entry.sort));
  }

  // Find entries with all words; if there is none, as for a whole question, those with most of the uncommon words.
  function find() {
    const words = fold(input.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    if (!words.length) return close();
    let found = scored((entry) => score(entry, words));
    const uncommon = words.filter((word) => word.length > 3 && !COMMON.has(word));
    const isNear = !found.length && uncommon.length > 0;
    if (isNear) found = scored((entry) => near(entry, uncommon));
    results = found.slice(0, MOST).map((pair) => pair[1]);
    active = results.length ? 0 : -1;
    draw(found.length, isNear);
    return undefined;
  }

  // A word of the label counts twice; words match from their beginning only.
  function near(entry, words) {
    const has = (text, word) => (" " + text).includes(" " + word);
    const had = words.filter((word) => has(entry.text, word) || has(entry.also, word));
    const hits = words.reduce((sum, word) => sum + (has(entry.text, word) ? 2 : has(entry.also, word) ? 1 : 0), 0);
    return had.length ? (2 * words.length - hits) * 1000 + score(entry, had) : -1;
  }

  function scored(value) {
    const found = all().map((entry) => [value(entry), entry]).filter((pair) => pair[0] >= 0);
    return found.sort((a, b) => a[0] - b[0] || a[1].label.length - b[1].label.length || (a[1].label < b[1].label ? -1 : 1));
  }

  function draw(total, isNear) {
    dom.clear(list);
    results.forEach((entry, index) => list.append(el("li", { role: "option", id: "found-" + index, "aria-selected": index === active ? "true" : "false", "data-index": index },
      el("span", { class: "what" }, dom.name(entry.label)), el("span", { class: "sort" }, NAMES[entry.sort]))));
    if (!results.length) list.append(el("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "nothing" }, "Nothing found"));
    else if (isNear || total > results.length) list.append(el("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "nothing" }, isNear ? "Nothing has all these words; these have most of them" : dom.number(total - results.length) + " more; keep typing to narrow"));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (active >= 0) input.setAttribute("aria-activedescendant", "found-" + active);
    else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function move(by) {
    if (list.hidden) return find();
    if (!results.length) return undefined;
    active = (active + by + results.length) % results.length;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
    input.setAttribute("aria-activedescendant", "found-" + active);
    list.children[active].scrollIntoView({ block: "nearest" });
    return undefined;
  }

  function choose(index) {
    const entry = results[index];
    if (!entry) return;
    input.value = "";
    close();
    state.change({ selected: [entry.key], steps: 1 });
    panel.focus();
  }

  input.addEventListener("input", find);
  input.addEventListener("focus", () => input.value && find());
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") choose(active);
    else if (event.key === "Escape" && (input.value || !list.hidden)) {
      input.value = "";
      close();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[data-index]");
    event.preventDefault();
    if (option) choose(Number(option.dataset.index));
  });

  return { focus: () => input.focus() };
})();

"use strict";
// Build elements from text nodes only: text from the data is never parsed as markup.
const dom = (function () {
  const SVG = "http://www.w3.org/2000/svg";

  function add(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "onclick") element.addEventListener("click", value);
      else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    for (const child of children.flat(3)) {
      if (child !== undefined && child !== null && child !== false && child !== "") element.append(child);
    }
    return element;
  }

  const el = (tag, attributes, ...children) => add(document.createElement(tag), attributes, children);
  const svg = (tag, attributes, ...children) => add(document.createElementNS(SVG, tag), attributes, children);
  const byId = (id) => document.getElementById(id);
  // A label from the data, isolated so that its writing direction does not affect its surroundings.
  const name = (text) => el("bdi", {}, text);
  const number = (value) => value.toLocaleString("en-GB");
  const plural = (count, one, many) => number(count) + " " + (count === 1 ? one : many || one + "s");
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  function clear(element) {
    element.replaceChildren();
    return element;
  }

  let timer = 0;
  // A short notice for eyes and screen readers.
  function notify(text) {
    let box = byId("notice");
    if (!box) {
      box = el("div", { id: "notice", role: "status" });
      document.body.append(box);
    }
    box.textContent = text;
    box.classList.add("shown");
    clearTimeout(timer);
    timer = setTimeout(() => box.classList.remove("shown"), 3500);
  }

  return { el, svg, byId, name, number, plural, fold, clear, notify };
})();

// The sheet music: the studio's SVG put into the page, its notes marked as they sound.

import { make, prefersStillness } from "./tools.js";

const margin = 10;

/** The SVG as elements of this page, without anything that could act or disturb its surroundings. */
function parsed(text) {
  const parsedDocument = new DOMParser().parseFromString(text, "image/svg+xml");
  const svg = parsedDocument.documentElement;
  if (svg.localName !== "svg" || parsedDocument.querySelector("parsererror")) return null;
  for (const foreign of svg.querySelectorAll("script, foreignObject, a, title")) foreign.remove();
  // Ids inside an SVG count for the whole page: keep them apart from its own. (Its style sheet counts for the whole
  // page too, but a selector that kept it to the sheet would not reach into what <use> shows.)
  for (const node of svg.querySelectorAll("*")) {
    for (const { name, value } of [...node.attributes]) {
      if (name.startsWith("on")) node.removeAttribute(name);
      else if (name === "id") node.id = `sheet-${value}`;
      else if (/^(xlink:)?href$/.test(name)) node.setAttribute(name, value.replace(/^#/, "#sheet-"));
    }
  }
  return document.importNode(svg, true);
}

/** abcm2ps sets for paper: cut its margins off, and let the music fill the width there is. */
function crop(svg) {
  const { x, y, width, height } = svg.getBBox();
  svg.setAttribute("viewBox", [x - margin, y - margin, width + 2 * margin, height + 2 * margin].join(" "));
  svg.removeAttribute("width");
  svg.removeAttribute("height");
}

export class Sheet {
  #holder;
  #line = null;

  constructor(holder, onNote) {
    this.#holder = holder;
    holder.addEventListener("click", event => {
      const note = event.target.closest?.("[data-note]");
      if (note) onNote(Number(note.dataset.note), event);
    });
  }

  show(text, label) {
    const svg = parsed(text);
    if (!svg) return this.say("The sheet music could not be read.");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
    this.#holder.replaceChildren(svg);
    this.fit();
    this.#line = null;
  }

  /** What is not shown has no size: to be called again when the tab comes into view. */
  fit() {
    const svg = this.#holder.querySelector("svg[width]");
    if (svg?.getBBox().width) crop(svg);
  }

  /** Back to the beginning of the lines, where a narrow screen has scrolled along. */
  rewind() {
    this.#holder.scrollLeft = 0;
  }

  /** A sentence in place of the music. */
  say(sentence) {
    this.#holder.replaceChildren(make("p", { className: "sheet-sentence" }, sentence));
    this.#line = null;
  }

  set isOld(value) {
    this.#holder.classList.toggle("old", value);
  }

  /** Marks a note, or with null none. */
  mark(note, { follow = false } = {}) {
    for (const marked of this.#holder.querySelectorAll(".sounding")) marked.classList.remove("sounding");
    const found = note === null ? [] : this.#holder.querySelectorAll(`[data-note="${Number(note)}"]`);
    for (const rectangle of found) rectangle.classList.add("sounding");
    if (follow && found.length) this.#follow(found[0]);
  }

  /** Scrolls only when the music has gone on to another line, or off the side of a narrow screen. */
  #follow(rectangle) {
    if (!this.#holder.offsetParent) return;
    const box = rectangle.getBoundingClientRect();
    const holder = this.#holder.getBoundingClientRect();
    const behavior = prefersStillness() ? "auto" : "smooth";
    if (box.left < holder.left + 8 || box.right > holder.right - 24) {
      this.#holder.scrollBy({ left: box.left - holder.left - holder.width / 4, behavior });
    }
    // Notes of one line stand at different heights: only a jump of a good part of a line is a new line.
    const line = box.top - holder.top;
    if (this.#line !== null && Math.abs(line - this.#line) < box.height) return;
    this.#line = line;
    const shade = document.querySelector(".transport").getBoundingClientRect();
    const bottom = shade.top > 0 ? shade.top : innerHeight;
    if (box.top < box.height || box.bottom > bottom - box.height) {
      scrollBy({ top: box.top - bottom / 3, behavior });
    }
  }
}

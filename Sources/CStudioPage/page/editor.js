// The ABC editor: a plain textarea, so that typing, undo and screen readers work as everywhere, over a copy of its
// text that carries what a textarea cannot: line numbers, colours, wavy lines, and the note that sounds.

import { make, prefersStillness } from "./tools.js";

/** What one edit replaced: characters start..<end of the old text, which grew by delta. */
export function changeBetween(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { start, end: before.length - tail, delta: after.length - before.length };
}

/** Where a stretch of the old text is after the edit, or null where the edit touched it. */
export function moved(range, { start, end, delta }) {
  if (range.end <= start) return range;
  if (range.start >= end) return { ...range, start: range.start + delta, end: range.end + delta };
  return null;
}

const musicSyntax = /(?<comment>%.*$)|(?<quote>"[^"]*")|(?<decoration>![^!\s]*!)|(?<head>\[[A-Za-z]:[^\]]*\])|(?<bar>[|:]*\|[|:\]]*\d?|::|\[\|?\d?)/g;

/** The coloured stretches of one line: only what helps the eye find its way. */
function syntax(line) {
  if (/^\s*%/.test(line)) return [{ start: 0, end: line.length, kind: "comment" }];
  if (/^[A-Za-z+]:/.test(line)) {
    return [{ start: 0, end: 2, kind: "head" }, { start: 2, end: line.length, kind: "value" }];
  }
  return [...line.matchAll(musicSyntax)].map(match => {
    const kind = Object.keys(match.groups).find(name => match.groups[name] !== undefined);
    return { start: match.index, end: match.index + match[0].length, kind };
  });
}

export class Editor extends EventTarget {
  #area;
  #overlay;
  #mark;
  #scroller;
  #diagnostics = [];
  #shown = "";
  #marked = null;

  constructor({ area, overlay, mark, scroller }) {
    super();
    this.#area = area;
    this.#overlay = overlay;
    this.#mark = mark;
    this.#scroller = scroller;
    area.addEventListener("input", () => this.#changed());
    // Lines wrap anew when the width changes, and the mark must follow its note.
    new ResizeObserver(() => this.#placeMark(false)).observe(overlay);
    this.#render();
  }

  get text() { return this.#area.value; }

  get caret() { return this.#area.selectionStart; }

  get hasFocus() { return document.activeElement === this.#area; }

  /** Another tune: a new text with nothing to undo. */
  open(text) {
    this.#area.value = text;
    this.#diagnostics = [];
    this.#shown = text;
    this.mark(null);
    this.#render();
    this.#scroller.scrollTop = 0;
  }

  set diagnostics(list) {
    this.#diagnostics = list;
    this.#render();
  }

  select(start, end = start, { focus = true } = {}) {
    this.#area.setSelectionRange(start, end);
    if (focus) this.#area.focus({ preventScroll: true });
    this.#reveal(this.#box(start, Math.max(end, start + 1)), true);
  }

  /** Applies edits (none overlaps another) as one replacement, so that one undo takes them all back. */
  apply(edits) {
    const ordered = [...edits].sort((one, other) => one.start - other.start || one.end - other.end);
    const start = ordered[0].start;
    const end = Math.max(...ordered.map(edit => edit.end));
    let replacement = "";
    let at = start;
    for (const edit of ordered) {
      replacement += this.text.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    this.#area.focus({ preventScroll: true });
    this.#area.setSelectionRange(start, end);
    // execCommand is deprecated, and still the only way to change a textarea that undo knows of.
    const done = replacement === ""
      ? document.execCommand("delete")
      : document.execCommand("insertText", false, replacement);
    if (!done) {
      this.#area.setRangeText(replacement, start, end, "end");
      this.#changed();
    }
    this.#reveal(this.#box(start, start + 1), true);
  }

  /** Marks the sounding note, or with null none. */
  mark(range, { follow = false } = {}) {
    this.#marked = range;
    this.#placeMark(follow);
  }

  #changed() {
    const change = changeBetween(this.#shown, this.text);
    this.#shown = this.text;
    // Until the next answer comes, what is known moves along with the text it is about.
    this.#diagnostics = this.#diagnostics.map(found => moved(found, change)).filter(Boolean);
    if (this.#marked) this.#marked = moved(this.#marked, change);
    this.#render();
    this.dispatchEvent(new CustomEvent("edit", { detail: change }));
  }

  #render() {
    let offset = 0;
    const lines = this.text.split("\n").map(line => {
      const start = offset;
      offset += line.length + 1;
      return this.#renderedLine(line, start);
    });
    this.#overlay.replaceChildren(...lines);
    this.#placeMark(false);
  }

  #renderedLine(line, offset) {
    const ranges = syntax(line);
    for (const { start, end, severity } of this.#diagnostics) {
      const from = start - offset;
      const to = Math.max(end, start + 1) - offset;
      if (from > line.length || to <= 0) continue;
      // Something missing at the end of a line has no character of its own: its last one carries the wavy line.
      ranges.push({ start: Math.max(0, Math.min(from, line.length - 1)), end: Math.min(to, line.length), kind: severity });
    }
    const cuts = new Set([0, line.length]);
    for (const range of ranges) cuts.add(range.start).add(range.end);
    const ordered = [...cuts].sort((one, other) => one - other);
    const row = make("div", { className: "line" });
    for (let index = 0; index + 1 < ordered.length; index += 1) {
      const [from, to] = [ordered[index], ordered[index + 1]];
      const kinds = ranges.filter(range => range.start <= from && range.end >= to).map(range => range.kind);
      const text = line.slice(from, to);
      row.append(kinds.length ? make("span", { className: kinds.join(" ") }, text) : text);
    }
    return row;
  }

  /** The place of some text in the surface's own coordinates. */
  #box(start, end) {
    let offset = 0;
    for (const row of this.#overlay.children) {
      const length = row.textContent.length;
      if (start > offset + length) {
        offset += length + 1;
        continue;
      }
      const range = document.createRange();
      range.setStart(...pointIn(row, start - offset, true));
      range.setEnd(...pointIn(row, Math.min(end - offset, length)));
      const surface = this.#overlay.getBoundingClientRect();
      const box = range.getClientRects()[0] ?? row.getBoundingClientRect();
      return { left: box.left - surface.left, top: box.top - surface.top, width: box.width, height: box.height };
    }
    return null;
  }

  #placeMark(follow) {
    const box = this.#marked && this.#box(this.#marked.start, this.#marked.end);
    this.#mark.hidden = !box;
    if (!box) return;
    for (const side of ["left", "top", "width", "height"]) this.#mark.style[side] = `${box[side]}px`;
    // Whoever is typing must not have the text pulled away.
    if (follow && !this.hasFocus) this.#reveal(box, false);
  }

  #reveal(box, atOnce) {
    if (!box) return;
    const { scrollTop, clientHeight } = this.#scroller;
    if (box.top >= scrollTop && box.top + box.height <= scrollTop + clientHeight) return;
    this.#scroller.scrollTo({
      top: box.top - clientHeight / 3,
      behavior: atOnce || prefersStillness() ? "auto" : "smooth",
    });
  }
}

/** The text node and the offset in it of a character of a line. A start belongs to the text after it, not before. */
function pointIn(row, offset, isStart = false) {
  const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  let rest = offset;
  let last = [row, 0];
  while (walker.nextNode()) {
    const { length } = walker.currentNode;
    if (isStart ? rest < length : rest <= length) return [walker.currentNode, rest];
    rest -= length;
    last = [walker.currentNode, length];
  }
  return last;
}

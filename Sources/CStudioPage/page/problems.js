// The list of what the checker found, below the editor.

import { make } from "./tools.js";

const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

function summary(diagnostics) {
  if (!diagnostics.length) return "No problems.";
  const parts = [["error", "error"], ["warning", "warning"], ["info", "remark"]].map(([severity, word]) => {
    const count = diagnostics.filter(found => found.severity === severity).length;
    return count ? counted(count, word) : null;
  });
  return `${parts.filter(Boolean).join(", ")}.`;
}

export class Problems {
  #list;
  #summary;
  #onSelect;
  #onFix;

  constructor({ list, summary, onSelect, onFix }) {
    this.#list = list;
    this.#summary = summary;
    this.#onSelect = onSelect;
    this.#onFix = onFix;
  }

  show(diagnostics) {
    const text = summary(diagnostics);
    // A live region speaks whenever it is written to: only say what is new.
    if (this.#summary.textContent !== text) this.#summary.textContent = text;
    this.#summary.classList.toggle("clean", !diagnostics.length);
    this.#list.replaceChildren(...diagnostics.map((found, index) => this.#item(found, index)));
  }

  #item(found, index) {
    const select = make("button", { type: "button", className: "problem", id: `problem-${index}` },
      make("span", { className: `severity ${found.severity}` }, found.severity), " ",
      make("span", { className: "place" }, `${found.line}:${found.column}`), " ",
      make("span", { className: "message" }, found.message), " ",
      make("span", { className: "code", title: found.name }, found.code));
    select.addEventListener("click", () => this.#onSelect(index));
    const fixes = (found.fixes ?? []).map((fix, number) => {
      const button = make("button", { type: "button", className: "quiet fix", id: `problem-${index}-fix-${number}` },
        fix.isSafe === false ? `${fix.title} (may change the music)` : fix.title);
      button.addEventListener("click", () => this.#onFix(fix));
      return button;
    });
    return make("li", {}, select, ...(fixes.length ? [make("div", { className: "fixes" }, ...fixes)] : []));
  }
}

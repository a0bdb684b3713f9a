// The tunes made in this sitting. They live as long as the tab does, each with the edits made to it.

import { make, recall, remember } from "./tools.js";

const storageKey = "hornpipe-sitting";

/** The title the text has now: the person may have changed it. */
export const titleOf = (abc, otherwise = "Untitled") => /^T:[ \t]*(\S.*?)\s*$/m.exec(abc)?.[1] ?? otherwise;

const fieldOf = (abc, letter) => new RegExp(`^${letter}:[ \\t]*(\\S.*?)\\s*$`, "m").exec(abc)?.[1] ?? "";

/** The lines that are no header. */
const musicOf = abc => abc.split("\n").map(line => line.trim()).filter(line => line && !/^([A-Za-z]:|%)/.test(line));

export const describe = ({ rhythm, key }) => [rhythm, key && `in ${key}`].filter(Boolean).join(" ");

/** The seed that a tune came from. */
export const originOf = ({ seed, isEdited }) => seed && `seed ${seed}${isEdited ? ", edited" : ""}`;

export class Sitting {
  #list;
  #tunes = [];
  #currentID = null;
  #onOpen;
  #onRemove;

  constructor(list, { onOpen, onRemove }) {
    this.#list = list;
    this.#onOpen = onOpen;
    this.#onRemove = onRemove;
    this.#restore();
    this.#render();
  }

  get current() { return this.#tunes.find(tune => tune.id === this.#currentID) ?? null; }

  get isEmpty() { return !this.#tunes.length; }

  add(tune) {
    const id = 1 + Math.max(0, ...this.#tunes.map(other => other.id));
    this.#tunes.unshift({ ...tune, id });
    this.#currentID = id;
    this.#save();
    this.#render();
  }

  /** Keeps the edited text of the tune on the stand. */
  keep(abc) {
    const facts = { rhythm: fieldOf(abc, "R"), key: fieldOf(abc, "K") };
    if (!this.current) return this.add({ abc, seed: "", ...facts });
    const tune = this.current;
    const music = musicOf(abc);
    const known = new Set(musicOf(tune.last ?? tune.abc));
    const isSame = music.some(line => known.has(line));
    // Another tune typed in its place does not push out what was written before.
    if (music.length && known.size && !isSame && music.join("").length > 8) {
      tune.abc = tune.last ?? tune.abc;
      Object.assign(tune, { rhythm: fieldOf(tune.abc, "R"), key: fieldOf(tune.abc, "K") });
      return this.add({ abc, seed: "", ...facts });
    }
    const before = JSON.stringify([titleOf(tune.abc), tune.rhythm, tune.key, tune.isEdited]);
    if (isSame) tune.last = abc;
    else tune.last ??= tune.abc;
    Object.assign(tune, { abc, ...facts, isEdited: tune.isEdited || abc !== tune.abc });
    this.#save();
    if (JSON.stringify([titleOf(abc), tune.rhythm, tune.key, tune.isEdited]) !== before) this.#render();
  }

  #open(id) {
    this.#currentID = id;
    this.#save();
    this.#render();
    this.#list.querySelector("[aria-current] button, button[aria-current]")?.focus();
    this.#onOpen(this.current);
  }

  #remove(id) {
    const index = this.#tunes.findIndex(tune => tune.id === id);
    const [removed] = this.#tunes.splice(index, 1);
    const wasCurrent = this.#currentID === id;
    if (wasCurrent) this.#currentID = this.#tunes[Math.min(index, this.#tunes.length - 1)]?.id ?? null;
    this.#save();
    this.#render();
    // The button that had the focus is gone: the next one takes it.
    (this.#list.querySelectorAll(".remove")[Math.min(index, this.#tunes.length - 1)] ?? document.getElementById("generate")).focus();
    this.#onRemove(removed, wasCurrent);
  }

  #render() {
    if (this.isEmpty) {
      this.#list.replaceChildren(make("li", { className: "nothing" }, "No tunes yet."));
      return;
    }
    this.#list.replaceChildren(...this.#tunes.map(tune => this.#item(tune)));
  }

  #item(tune) {
    const title = titleOf(tune.abc, tune.title);
    const facts = [describe(tune), originOf(tune)].filter(Boolean).join(" · ");
    const open = make("button", { type: "button", className: "open", id: `sitting-${tune.id}` },
      make("span", { className: "tune-title" }, title), " ", make("span", { className: "tune-facts" }, facts));
    if (tune.id === this.#currentID) open.setAttribute("aria-current", "true");
    open.addEventListener("click", () => this.#open(tune.id));
    const remove = make("button", { type: "button", className: "quiet remove", id: `sitting-${tune.id}-remove`, "aria-label": `Remove ${title}` }, "Remove");
    remove.addEventListener("click", () => this.#remove(tune.id));
    return make("li", {}, open, remove);
  }

  #save() {
    remember(sessionStorage, storageKey, JSON.stringify({ tunes: this.#tunes, currentID: this.#currentID }));
  }

  #restore() {
    try {
      const { tunes, currentID } = JSON.parse(recall(sessionStorage, storageKey)) ?? {};
      if (Array.isArray(tunes)) [this.#tunes, this.#currentID] = [tunes, currentID ?? null];
    } catch { /* An unreadable sitting is an empty one. */ }
  }
}

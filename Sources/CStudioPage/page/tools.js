// Small tools that every part of the page uses: elements, time, and the way to the studio's API.

export const element = id => document.getElementById(id);

/** Makes an element: properties are set as properties, names with a hyphen and `role` as attributes. */
export function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  return furnish(made, properties, children);
}

/** The same for SVG, where everything is an attribute. */
export function draw(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function furnish(made, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role" || name === "scope") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

/** A sentence the person may read, as opposed to a mistake in this page. */
export class StudioError extends Error {}

const goneSentence = "The studio is not running any more.";

/** Asks the studio. Without a body it is a GET. `answer` is how to read it: json, blob, or stream. */
export async function ask(path, body, { signal, answer = "json" } = {}) {
  const request = body === undefined
    ? { signal }
    : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal };
  try {
    const response = await fetch(`/api/${path}`, request);
    if (!response.ok) {
      const problem = await response.json().catch(() => ({}));
      throw new StudioError(problem.error ?? `The studio could not do that (status ${response.status}).`);
    }
    return answer === "stream" ? response.body.getReader() : await response[answer]();
  } catch (error) {
    // fetch reports every failure of the network as a TypeError.
    throw error instanceof TypeError ? new StudioError(goneSentence) : error;
  }
}

/** Runs work of which only the newest matters: a later run aborts the earlier, which then gives undefined. */
export class Newest {
  #controller = null;

  async run(work) {
    this.cancel();
    const { signal } = this.#controller = new AbortController();
    try {
      const result = await work(signal);
      return signal.aborted ? undefined : result;
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  cancel() {
    this.#controller?.abort();
  }
}

export function debounced(milliseconds, work) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...values), milliseconds);
  };
}

export const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

export const clock = seconds => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

export const prefersStillness = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The part of a range to the left of its thumb is drawn by the style sheet, which cannot know the value. */
export function paintRange(range) {
  const share = (range.value - range.min) / ((range.max - range.min) || 1);
  range.style.setProperty("--fill", share);
}

/** Storage may be refused (a private window, a full disk): the page works without it. */
export function remember(storage, key, value) {
  try { storage.setItem(key, value); } catch { /* Nothing is kept, nothing else is lost. */ }
}

export function recall(storage, key) {
  try { return storage.getItem(key); } catch { return null; }
}

export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

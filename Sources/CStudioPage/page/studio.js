// Hornpipe studio: what happens when. The parts it puts together know nothing of one another.

import { Editor, changeBetween, moved } from "./editor.js";
import { ModelTab } from "./model.js";
import { Player } from "./player.js";
import { Problems } from "./problems.js";
import { Sheet } from "./sheet.js";
import { Sitting, describe, originOf, titleOf } from "./sitting.js";
import { Newest, StudioError, ask, clock, debounced, download, element, paintRange, recall, remember } from "./tools.js";

const root = document.documentElement;

/** Above each temperature the word for it. */
const temperatureWords = [[0.5, "safe"], [0.75, "steady"], [1.05, "lively"], [1.45, "bold"], [Infinity, "wild"]];

/** One line for all that happens; an error is a sentence for the person, never a dialog in the way. */
function say(message) {
  const status = element("status");
  const isError = message instanceof Error;
  if (isError && !(message instanceof StudioError)) console.error(message);
  status.textContent = isError ? message.message : message;
  status.classList.toggle("error", isError);
}

/** Notes after an edit. One that the edit touched still sounds, but has no place in the text any more. */
const movedSteps = (steps, change) => steps.map(step => moved(step, change) ?? { ...step, start: -1, end: -1 });

class Studio {
  #player = new Player();
  #checking = new Newest();
  #drawing = new Newest();
  #performing = new Newest();
  #performance = null;
  #awaited = null;
  #frameRequest = 0;
  #checkedText = null;
  #diagnostics = [];
  #step = -1;
  #isSeeking = false;
  #meterIsChosen = false;
  #generating = false;
  #rhythmMeters = new Map();

  constructor() {
    this.editor = new Editor({
      area: element("abc"), overlay: element("editor-overlay"), mark: element("editor-mark"), scroller: element("editor-scroller"),
    });
    this.sheet = new Sheet(element("sheet"), (note, event) => this.#goToNote(note, event));
    this.problems = new Problems({
      list: element("diagnostics"), summary: element("diagnostics-summary"),
      onSelect: index => this.#selectProblem(index), onFix: fix => this.#fix(fix),
    });
    this.sitting = new Sitting(element("sitting"), {
      onOpen: tune => this.#open(tune),
      onRemove: (tune, wasCurrent) => {
        say(`Removed “${titleOf(tune.abc, tune.title)}”.`);
        if (wasCurrent) this.#open(this.sitting.current);
      },
    });
    this.model = new ModelTab({ say, tuneText: () => this.editor.text });
    this.#listenToEditor();
    this.#listenToForm();
    this.#listenToTransport();
    this.#listenToSaving();
    document.addEventListener("keydown", event => this.#shortcut(event));
  }

  async start() {
    try {
      this.#fill(await ask("options"));
    } catch (error) {
      say(error);
    }
    if (this.sitting.isEmpty) await this.#generate();
    else this.#open(this.sitting.current);
  }

  // MARK: Generating

  #fill(options) {
    const add = (id, names) => element(id).append(...names.map(name => new Option(name, name)));
    add("rhythm", options.rhythms.map(rhythm => rhythm.name));
    add("meter", options.meters);
    add("key", options.keys);
    add("style", options.styles);
    for (const { name, meter } of options.rhythms) this.#rhythmMeters.set(name, meter);
    const program = element("program");
    program.append(...options.programs.map(({ number, name }) => new Option(name, String(number))));
    program.value = String(options.program);
    element("version").textContent = `Hornpipe ${options.version}`;
  }

  #listenToForm() {
    element("generator").addEventListener("submit", event => {
      event.preventDefault();
      this.#generate();
    });
    // A field that will not do may be folded away, where the browser could not point at it.
    element("generator").addEventListener("invalid", () => { element("more").open = true; }, true);
    element("meter").addEventListener("change", event => { this.#meterIsChosen = event.target.value !== ""; });
    element("rhythm").addEventListener("change", event => {
      if (this.#meterIsChosen) return;
      const meter = element("meter");
      meter.value = this.#rhythmMeters.get(event.target.value) ?? "";
      if (meter.selectedIndex < 0) meter.value = "";
    });
    const temperature = element("temperature");
    const show = () => {
      const value = Number(temperature.value);
      const word = temperatureWords.find(([upTo]) => value <= upTo)[1];
      element("temperature-value").textContent = `${value.toFixed(2)}, ${word}`;
      temperature.setAttribute("aria-valuetext", `${value.toFixed(2)}, ${word}`);
      paintRange(temperature);
    };
    temperature.addEventListener("input", show);
    show();
  }

  async #generate() {
    if (this.#generating) return;
    const button = element("generate");
    this.#generating = true;
    button.setAttribute("aria-disabled", "true");
    say("Writing a tune …");
    try {
      const request = { temperature: Number(element("temperature").value) };
      for (const id of ["rhythm", "meter", "key", "style", "parts", "title", "seed"]) {
        const value = element(id).value.trim();
        if (value) request[id] = value;
      }
      if (element("bars").value) request.bars = element("bars").valueAsNumber;
      const tune = await ask("generate", request);
      this.sitting.add(tune);
      this.#open(tune);
      say(`“${titleOf(tune.abc, tune.title)}”, ${describe(tune) || "a tune"}, from seed ${tune.seed}.`);
    } catch (error) {
      say(error);
    } finally {
      this.#generating = false;
      button.removeAttribute("aria-disabled");
    }
  }

  // MARK: The tune on the stand

  /** Puts a tune on the stand, or with null clears it. */
  #open(tune) {
    this.#player.stop();
    this.#performance = null;
    this.editor.open(tune?.abc ?? "");
    this.sheet.rewind();
    this.#describeTune();
    this.#check();
    this.#draw();
    if (!element("panel-model").hidden) this.model.showHeatmap();
  }

  #describeTune() {
    const tune = this.sitting.current;
    const facts = tune ? [describe(tune), originOf(tune)].filter(Boolean) : [];
    element("colophon").textContent = facts.join(" · ");
    document.title = this.editor.text.trim() ? `${titleOf(this.editor.text)} – Hornpipe studio` : "Hornpipe studio";
  }

  #listenToEditor() {
    const checkSoon = debounced(250, () => this.#check());
    const drawSoon = debounced(600, () => this.#draw());
    const describeSoon = debounced(250, () => this.#describeTune());
    this.editor.addEventListener("edit", ({ detail: change }) => {
      this.#diagnostics = this.#diagnostics.map(found => found && moved(found, change));
      // The notes still sound as they were: their marks move with the text they came from.
      if (this.#performance) this.#performance.steps = movedSteps(this.#performance.steps, change);
      // At once: the next click may put another tune on the stand.
      this.sitting.keep(this.editor.text);
      checkSoon();
      drawSoon();
      describeSoon();
    });
  }

  async #check() {
    const abc = this.editor.text;
    try {
      const answer = await this.#checking.run(signal => ask("check", { abc }, { signal }));
      if (!answer || abc !== this.editor.text) return;
      this.#checkedText = abc;
      this.#diagnostics = answer.diagnostics;
      this.editor.diagnostics = answer.diagnostics;
      this.problems.show(answer.diagnostics);
    } catch (error) {
      say(error);
    }
  }

  #selectProblem(index) {
    const found = this.#diagnostics[index];
    if (found) this.editor.select(found.start, found.end);
  }

  #nextProblem() {
    const known = this.#diagnostics.filter(Boolean);
    const next = known.find(found => found.start > this.editor.caret) ?? known[0];
    if (!next) return say("No problems.");
    this.editor.select(next.start, next.end);
    say(`${next.severity[0].toUpperCase()}${next.severity.slice(1)}, line ${next.line}: ${next.message}`);
  }

  #fix(fix) {
    // A fix counts in characters of the text that was checked, and of no other.
    if (this.#checkedText !== this.editor.text) return say("The text is still being checked.");
    this.editor.apply(fix.edits);
    say(`Done: ${fix.title}.`);
  }

  /** Draws the sheet and finds out what sounds when. */
  async #draw() {
    const abc = this.editor.text;
    if (!abc.trim()) {
      this.#drawing.cancel();
      this.#performing.cancel();
      this.#performance = null;
      this.sheet.isOld = false;
      return this.sheet.say("There is no tune on the stand. Generate one, or write ABC.");
    }
    this.sheet.isOld = true;
    const [drawn, performed] = await Promise.allSettled([
      this.#drawing.run(signal => ask("sheet", { abc }, { signal })),
      this.#perform(),
    ]);
    if (abc !== this.editor.text) return;
    if (drawn.status === "rejected") say(drawn.reason);
    else if (drawn.value?.svg) this.sheet.show(drawn.value.svg, `Sheet music of ${titleOf(abc)}`);
    else if (drawn.value) this.sheet.say(drawn.value.hint);
    // An old sheet stays to be seen, but pale, when the new text cannot be drawn.
    this.sheet.isOld = drawn.status === "rejected";
    if (performed.status === "rejected" && performed.reason.message !== drawn.reason?.message) say(performed.reason);
    this.#step = -1;
  }

  // MARK: Playing

  /** The request that every way of sounding the tune shares. */
  #score() {
    return { abc: this.editor.text, tempo: Number(element("tempo").value), program: Number(element("program").value) };
  }

  /** Fetches the note times; what sounds already goes on from the same bar as it is written now. */
  async #perform() {
    const score = this.#score();
    const name = JSON.stringify(score);
    if (this.#performance?.name === name) return this.#performance;
    // Drawing and playing may ask for the same at once: neither must abort the other.
    if (this.#awaited?.name !== name) {
      const promise = this.#fetchPerformance(score, name).finally(() => {
        if (this.#awaited?.promise === promise) this.#awaited = null;
      });
      this.#awaited = { name, promise };
    }
    return this.#awaited.promise;
  }

  async #fetchPerformance(score, name) {
    const answer = await this.#performing.run(signal => ask("perform", score, { signal }));
    if (!answer) return undefined;
    const before = this.#performance;
    const bars = answer.steps.filter((step, index, steps) => step.bar !== steps[index - 1]?.bar);
    const steps = movedSteps(answer.steps, changeBetween(score.abc, this.editor.text));
    this.#performance = { ...answer, steps, name, score, bars };
    if (before && this.#player.state !== "stopped") this.#replay(before);
    else if (before) this.#player.stop(this.#sameBar(before));
    this.#showPosition();
    return this.#performance;
  }

  /** The time, in the performance there is now, of the bar that sounds in the one before. */
  #sameBar(before) {
    const position = this.#player.position;
    if (position === 0) return 0;
    const index = before.bars.findLastIndex(bar => bar.time <= position + 0.001);
    const { bars } = this.#performance;
    return bars[Math.min(index, bars.length - 1)]?.time ?? 0;
  }

  #replay(before) {
    const from = this.#sameBar(before);
    if (this.#player.state === "paused") this.#player.stop(from);
    else this.#sound(from);
  }

  #sound(from) {
    const { score, duration } = this.#performance;
    this.#step = -1;
    this.#player.play((second, signal) => ask("audio", { ...score, from: second }, { signal, answer: "stream" }), duration, from);
  }

  async #play(from) {
    this.#player.unlock();
    try {
      const performance = await this.#perform();
      if (!performance) return;
      if (!performance.duration) return say("There is nothing to play.");
      this.#sound(from ?? this.#player.position);
    } catch (error) {
      say(error);
    }
  }

  #playOrPause() {
    if (this.#player.state === "playing") this.#player.pause();
    else if (this.#player.state === "paused") this.#player.resume();
    else this.#play();
  }

  #seek(time) {
    if (this.#player.state === "playing") this.#sound(time);
    else this.#player.stop(time);
  }

  #goToNote(note, event) {
    const steps = this.#performance?.steps.filter(step => step.note === note) ?? [];
    if (!steps.length) return;
    // A finger on the sheet must not bring up the keyboard.
    if (steps[0].start >= 0) this.editor.select(steps[0].start, steps[0].start, { focus: event.pointerType !== "touch" });
    this.editor.mark(steps[0].start >= 0 ? steps[0] : null);
    if (this.#player.state === "stopped") return;
    const { position } = this.#player;
    this.#seek((steps.find(step => step.time >= position) ?? steps[0]).time);
  }

  #playFromCaret() {
    const caret = this.editor.caret;
    const later = this.#performance?.steps.filter(step => step.end > caret) ?? [];
    const nearest = later.reduce((best, step) => (best && best.start <= step.start ? best : step), null);
    this.#play(nearest?.time ?? 0);
  }

  #listenToTransport() {
    const [position, tempo, program, loop] = ["position", "tempo", "program", "loop"].map(element);
    element("play").addEventListener("click", () => this.#playOrPause());
    element("stop").addEventListener("click", () => this.#player.stop());
    loop.addEventListener("change", () => { this.#player.loop = loop.checked; });
    this.#player.loop = loop.checked;
    position.addEventListener("input", () => {
      this.#isSeeking = true;
      this.#showPosition(position.valueAsNumber);
    });
    position.addEventListener("change", () => {
      this.#isSeeking = false;
      this.#seek(position.valueAsNumber);
    });
    const performSoon = debounced(250, () => this.#perform().catch(say));
    const showTempo = () => {
      element("tempo-value").textContent = `${tempo.value} %`;
      tempo.setAttribute("aria-valuetext", `${tempo.value} percent`);
      paintRange(tempo);
    };
    tempo.addEventListener("input", () => {
      showTempo();
      performSoon();
    });
    program.addEventListener("change", performSoon);
    showTempo();
    this.#player.addEventListener("change", () => this.#showState());
    this.#player.addEventListener("failure", ({ detail }) => say(detail));
    this.#showState();
  }

  #showState() {
    const isPlaying = this.#player.state === "playing";
    cancelAnimationFrame(this.#frameRequest);
    if (isPlaying) this.#frameRequest = requestAnimationFrame(() => this.#frame());
    root.dataset.playing = String(isPlaying);
    element("play-label").textContent = isPlaying ? "Pause" : "Play";
    if (this.#player.state === "stopped") this.#markStep(-1);
    this.#showPosition();
  }

  #frame() {
    this.#player.tick();
    if (this.#player.state !== "playing") return;
    const { position } = this.#player;
    this.#markStep(this.#performance.steps.findLastIndex(step => step.time <= position + 0.005));
    this.#showPosition();
    this.#frameRequest = requestAnimationFrame(() => this.#frame());
  }

  #markStep(index) {
    if (index === this.#step && index >= 0) return;
    this.#step = index;
    const step = this.#performance?.steps[index];
    if (step) root.dataset.note = step.note;
    else delete root.dataset.note;
    this.sheet.mark(step?.note ?? null, { follow: !this.editor.hasFocus });
    this.editor.mark(step && step.start >= 0 ? step : null, { follow: true });
  }

  #showPosition(wanted = this.#player.position) {
    const range = element("position");
    const duration = this.#performance?.duration ?? 0;
    range.max = duration || 1;
    if (!this.#isSeeking) range.value = wanted;
    const bar = this.#performance?.bars.findLast(start => start.time <= wanted + 0.005)?.bar;
    const text = `${bar === undefined ? "" : `bar ${bar} · `}${clock(wanted)} / ${clock(duration)}`;
    const output = element("position-text");
    // Sixty times a second, but the words change once: leave the page alone in between.
    if (output.textContent !== text) {
      output.textContent = text;
      range.setAttribute("aria-valuetext", `${bar === undefined ? "" : `bar ${bar}, `}${clock(wanted)} of ${clock(duration)}`);
    }
    paintRange(range);
  }

  // MARK: Saving, shortcuts

  #listenToSaving() {
    const name = extension => {
      const words = titleOf(this.editor.text, "tune").replace(/[^\p{Letter}\p{Number}]+/gu, "-").replace(/^-+|-+$/g, "");
      return `${words || "tune"}.${extension}`;
    };
    const save = (extension, make) => async () => {
      try {
        download(await make(), name(extension));
        say(`Saved ${name(extension)}.`);
      } catch (error) {
        say(error);
      }
    };
    element("save-abc").addEventListener("click", save("abc", () => new Blob([this.editor.text], { type: "text/vnd.abc" })));
    element("save-midi").addEventListener("click", save("mid", () => ask("midi", this.#score(), { answer: "blob" })));
    element("save-wav").addEventListener("click", save("wav", () => {
      say("Rendering the sound …");
      return ask("wav", this.#score(), { answer: "blob" });
    }));
  }

  #shortcut(event) {
    if (element("help-dialog").open) return;
    const { target, key } = event;
    const isInEditor = target.id === "abc";
    const isText = target.matches("textarea, input:not([type=range], [type=checkbox])");
    const takesSpace = isText || target.closest("button, select, summary, a, input[type=checkbox]");
    const actions = {
      Enter: () => {
        if (event.ctrlKey || event.metaKey) return () => element("generator").requestSubmit();
        return event.altKey && isInEditor ? () => this.#playFromCaret() : null;
      },
      " ": () => (takesSpace || event.ctrlKey || event.metaKey || event.altKey ? null : () => this.#playOrPause()),
      Escape: () => (this.#player.state === "stopped" ? null : () => this.#player.stop()),
      F8: () => (isInEditor ? () => this.#nextProblem() : null),
      "?": () => (isText ? null : () => element("help-dialog").showModal()),
    };
    const action = actions[key]?.();
    if (!action) return;
    event.preventDefault();
    // A key held down repeats: one press is one action.
    if (!event.repeat) action();
  }
}

/** The WAI-ARIA tab pattern: one tab in the tab order, arrows move and choose. */
function listenToTabs(onTune, onModel) {
  const tabs = ["tab-tune", "tab-model"].map(element);
  const choose = chosen => {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      element(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
    }
    (chosen.id === "tab-model" ? onModel : onTune)();
  };
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", event => {
      const target = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: -1 }[event.key];
      if (target === undefined) return;
      event.preventDefault();
      const next = tabs.at(target % tabs.length);
      choose(next);
      next.focus();
    });
  });
}

function listenToTheme() {
  const themes = ["system", "light", "dark"];
  const button = element("theme");
  let theme = recall(localStorage, "hornpipe-theme");
  if (!themes.includes(theme)) theme = "system";
  const show = () => {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    element("theme-name").textContent = theme;
  };
  button.addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    remember(localStorage, "hornpipe-theme", theme);
    show();
  });
  show();
}

function listenToHelp() {
  const dialog = element("help-dialog");
  element("help").addEventListener("click", () => dialog.showModal());
  element("help-close").addEventListener("click", () => dialog.close());
  // A click on the backdrop is a click on the dialog itself, outside all it contains.
  dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
}

listenToTheme();
listenToHelp();
const studio = new Studio();
listenToTabs(() => studio.sheet.fit(), () => studio.model.open());
// What was said last is about what was done last: the next thing done clears it away.
for (const kind of ["click", "input"]) document.addEventListener(kind, () => say(""), true);
studio.start();

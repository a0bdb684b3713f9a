// The Model tab: what the network is, how it learned, how well it writes, and what a unit of it looks at.

import { Newest, ask, debounced, draw, element, make } from "./tools.js";

const number = new Intl.NumberFormat("en");
const percent = value => `${(100 * value).toFixed(0)} %`;
const signed = value => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;

/** About `count` round numbers from low to high. */
function ticks(low, high, count) {
  const rough = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 2.5, 5, 10].find(factor => factor * power >= rough);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

function lossCurve(log) {
  const [width, height, left, right, top, bottom] = [640, 320, 52, 16, 14, 46];
  const losses = log.flatMap(entry => [entry.training, entry.validation]).filter(Number.isFinite);
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  const room = (high - low || 1) * 0.06;
  const [firstEpoch, lastEpoch] = [log[0].epoch, log.at(-1).epoch];
  const x = epoch => left + (width - left - right) * (epoch - firstEpoch) / (lastEpoch - firstEpoch || 1);
  const y = loss => height - bottom - (height - top - bottom) * (loss - low + room) / (high - low + 2 * room || 1);
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": summary(log) });
  for (const loss of ticks(low - room, high + room, 5)) {
    svg.append(draw("path", { class: "grid", d: `M${left} ${y(loss)}H${width - right}` }),
      draw("text", { x: left - 8, y: y(loss) + 4, "text-anchor": "end" }, String(loss)));
  }
  for (const epoch of ticks(firstEpoch, lastEpoch, 8).filter(Number.isInteger)) {
    svg.append(draw("path", { class: "axis", d: `M${x(epoch)} ${height - bottom}v5` }),
      draw("text", { x: x(epoch), y: height - bottom + 19, "text-anchor": "middle" }, String(epoch)));
  }
  svg.append(draw("path", { class: "axis", d: `M${left} ${top}V${height - bottom}H${width - right}` }),
    draw("text", { class: "axis-name", x: width - right, y: height - 6, "text-anchor": "end" }, "epoch"),
    draw("text", { class: "axis-name", x: left + 8, y: top + 6 }, "loss, nats a character"));
  for (const name of ["training", "validation"]) {
    const points = log.filter(entry => Number.isFinite(entry[name]));
    if (!points.length) continue;
    const d = points.map((entry, index) => `${index ? "L" : "M"}${x(entry.epoch).toFixed(1)} ${y(entry[name]).toFixed(1)}`).join("");
    svg.append(draw("path", { class: `curve-${name}`, d }));
    const last = points.at(-1);
    svg.append(draw("circle", { class: `dot-${name}`, cx: x(last.epoch), cy: y(last[name]), r: 3.5 },
      draw("title", {}, `${name} ${last[name]} at epoch ${last.epoch}`)));
  }
  return svg;
}

function summary(log) {
  const [first, last] = [log[0], log.at(-1)];
  const way = name => `${name} from ${first[name]?.toFixed(2)} to ${last[name]?.toFixed(2)}`;
  return `Loss over epochs ${first.epoch} to ${last.epoch}: ${way("training")}, ${way("validation")}.`;
}

/** The rate as a dot and its interval as a line, from 0 to 100 %. */
function intervalBar({ rate, lower, upper }) {
  const [from, to, dot] = [lower, upper, rate].map(value => 4 + 152 * value);
  return draw("svg", { class: "interval", viewBox: "0 0 160 16", width: 160, height: 16, "aria-hidden": "true" },
    draw("path", { class: "interval-track", d: "M4 8H156M4 4v8M156 4v8M80 6v4" }),
    draw("path", { class: "interval-line", d: `M${from} 8H${to}M${from} 4v8M${to} 4v8` }),
    draw("circle", { class: "interval-dot", cx: dot, cy: 8, r: 4 }));
}

export class ModelTab {
  #say;
  #tuneText;
  #heatmap = new Newest();
  #values = [];
  #loaded = false;
  #shown = null;
  #counting = false;

  /** `say` takes a sentence or an error for the status line; `tuneText` gives the tune on the stand. */
  constructor({ say, tuneText }) {
    this.#say = say;
    this.#tuneText = tuneText;
    element("rates").addEventListener("submit", event => {
      event.preventDefault();
      this.#countClean();
    });
    const unit = element("heatmap-unit");
    const soon = debounced(200, () => this.showHeatmap());
    unit.addEventListener("input", soon);
    element("heatmap-layer").addEventListener("change", soon);
    element("heatmap-previous").addEventListener("click", () => this.#step(-1));
    element("heatmap-next").addEventListener("click", () => this.#step(1));
    this.#listenToHeatmap(element("heatmap"));
  }

  /** The tab came into view. */
  async open() {
    this.showHeatmap();
    if (this.#loaded) return;
    try {
      this.#showFacts(await ask("model"));
      this.#loaded = true;
    } catch (error) {
      this.#say(error);
    }
  }

  #showFacts(model) {
    const facts = [
      ["Name", model.name], ["Type", model.type],
      ["Layers × units", `${model.layers} × ${number.format(model.hiddenSize)}`],
      ["Embedding", `${number.format(model.embeddingSize)} numbers a character`],
      ["Parameters", number.format(model.parameters)],
      ["Characters it knows", number.format(model.characters)],
    ];
    element("facts").replaceChildren(...facts.filter(([, value]) => value).map(([name, value]) =>
      make("div", {}, make("dt", {}, name), make("dd", {}, String(value)))));
    this.#limitUnits(model.layers, model.hiddenSize);
    const log = model.log ?? [];
    element("loss-numbers").hidden = log.length === 0;
    element("loss-curve").replaceChildren(log.length ? lossCurve(log) : "This model carries no log of its training.");
    element("loss-table").tBodies[0].replaceChildren(...log.map(entry => make("tr", {},
      make("th", { scope: "row" }, String(entry.epoch)),
      ...["training", "validation"].map(name => make("td", {}, entry[name]?.toFixed(4) ?? "")))));
  }

  #limitUnits(layers, units) {
    const layer = element("heatmap-layer");
    if (layer.options.length !== layers) {
      layer.replaceChildren(...Array.from({ length: layers }, (_, index) => new Option(String(index + 1), String(index))));
    }
    element("heatmap-unit").max = units - 1;
  }

  async #countClean() {
    if (this.#counting) return;
    const [temperature, count, constrained] = ["rates-temperature", "rates-count", "rates-constrained"].map(element);
    const button = element("rates-run");
    this.#counting = true;
    // Not `disabled`, which would take the focus away.
    button.setAttribute("aria-disabled", "true");
    this.#say(`Writing and checking ${count.value} tunes …`);
    try {
      const request = { temperature: temperature.valueAsNumber, count: count.valueAsNumber, constrained: constrained.checked };
      const result = await ask("model/rates", request);
      element("rates-table").hidden = false;
      element("rates-table").tBodies[0].append(this.#rateRow(request, result));
      this.#say(`${result.clean} of ${result.count} tunes are clean: ${percent(result.rate)}, `
        + `95 % interval ${percent(result.lower)} to ${percent(result.upper)}.`);
    } catch (error) {
      this.#say(error);
    } finally {
      this.#counting = false;
      button.removeAttribute("aria-disabled");
    }
  }

  #rateRow(request, result) {
    const cells = [request.constrained ? "yes" : "no", `${result.clean} of ${result.count}`, percent(result.rate),
      `${percent(result.lower)} – ${percent(result.upper)}`, intervalBar(result), `${result.seconds.toFixed(1)} s`];
    return make("tr", {}, make("th", { scope: "row" }, request.temperature.toFixed(2)), ...cells.map(cell => make("td", {}, cell)));
  }

  #step(by) {
    const unit = element("heatmap-unit");
    const units = Number(unit.max || 0) + 1;
    unit.value = ((unit.valueAsNumber || 0) + by + units) % units;
    this.showHeatmap();
  }

  async showHeatmap() {
    const [layer, unit] = [Number(element("heatmap-layer").value), element("heatmap-unit").valueAsNumber || 0];
    const abc = this.#tuneText();
    const asked = JSON.stringify([abc, layer, unit]);
    if (asked === this.#shown) return;
    if (!abc.trim()) {
      element("heatmap").replaceChildren("There is no tune on the stand.");
      return;
    }
    try {
      const answer = await this.#heatmap.run(signal => ask("model/heatmap", { abc, layer, unit }, { signal }));
      if (!answer) return;
      this.#shown = asked;
      this.#limitUnits(answer.layers, answer.units);
      this.#drawHeatmap(answer, unit);
    } catch (error) {
      this.#say(error);
    }
  }

  #drawHeatmap({ text, values }, unit) {
    this.#values = values;
    // Array.from goes by Unicode scalars, as the values do.
    const cells = Array.from(text).map((character, index) => {
      const value = values[index] ?? 0;
      const name = { "\n": "line break", " ": "space" }[character];
      const cell = make("span", {
        className: value < 0 ? "negative" : "positive", title: `${name ?? `“${character}”`} ${signed(value)}`, tabIndex: index ? -1 : 0,
        role: "img", "aria-label": `${name ?? character}, ${signed(value)}`,
      }, character === "\n" ? "↵\n" : character);
      cell.style.setProperty("--strength", `${Math.round(100 * Math.min(1, Math.abs(value)))}%`);
      return cell;
    });
    const holder = element("heatmap");
    holder.setAttribute("aria-label", `Activations of unit ${unit}. Move with the arrow keys.`);
    holder.replaceChildren(...cells);
    this.#readOut(null);
  }

  /** One stop for the Tab key; the arrow keys go from character to character. */
  #listenToHeatmap(holder) {
    const indexOf = event => [...holder.children].indexOf(event.target.closest?.("span"));
    holder.addEventListener("focusin", event => this.#readOut(indexOf(event)));
    holder.addEventListener("pointerover", event => this.#readOut(indexOf(event)));
    holder.addEventListener("keydown", event => {
      const index = indexOf(event);
      const last = holder.children.length - 1;
      const target = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: last }[event.key]
        ?? this.#vertical(holder, index, event.key);
      if (index < 0 || target === undefined) return;
      event.preventDefault();
      const next = holder.children[Math.max(0, Math.min(last, target))];
      holder.children[index].tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  }

  /** The character nearest above or below. */
  #vertical(holder, index, key) {
    const direction = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (!direction || index < 0) return undefined;
    const { offsetTop, offsetLeft } = holder.children[index];
    for (let other = index; holder.children[other]; other += direction) {
      const cell = holder.children[other];
      const isOnNextLine = direction * (cell.offsetTop - offsetTop) > 4;
      if (isOnNextLine && direction * (cell.offsetLeft - offsetLeft) >= 0) return other;
    }
    return undefined;
  }

  #readOut(index) {
    const value = index === null ? undefined : this.#values[index];
    if (value === undefined && index !== null) return;
    const cell = element("heatmap").children[index ?? -1];
    element("heatmap-readout").textContent = cell
      ? `Character ${index + 1}: ${cell.title}`
      : "Point at a character, or move with the arrow keys, to read its value.";
  }
}

// Plays PCM as it streams in from the studio. The sound is cut into short AudioBuffers, each scheduled to the frame
// after the one before; what is heard when follows from the audio clock alone.

import { StudioError, pause } from "./tools.js";

const frameRate = 44_100;
const bytesPerFrame = 4;
const pieceFrames = frameRate / 4;
const firstPieceFrames = frameRate / 20;   // Short, so that sound begins at once.
const startLead = 0.06;
const mostAhead = 30;
const loopLead = 3;                        // How long before the end the next time round is asked for.

const onFrame = time => Math.ceil(time * frameRate) / frameRate;

export class Player extends EventTarget {
  #context = null;
  #session = null;
  #held = 0;
  #state = "stopped";
  #loop = false;

  get state() { return this.#state; }

  get loop() { return this.#loop; }

  set loop(value) {
    this.#loop = value;
    // Up to `loopLead` before the end the next time round may be scheduled already: `tick` ends it there.
    if (this.#session) this.#session.lastPass = value ? Infinity : this.#passIndex();
  }

  /** Seconds into the tune: of what is heard now, or of where it would start. */
  get position() {
    const session = this.#session;
    if (!session?.passes.length) return this.#held;
    const pass = session.passes[this.#passIndex()];
    const position = pass.from + Math.max(0, this.#heard() - pass.at);
    return Math.min(position, session.duration);
  }

  /** A browser lets a page sound only from within a click or a key press: call this first there. */
  unlock() {
    // At the stream's own rate the browser need not resample, which would click between two buffers.
    this.#context ??= new AudioContext({ sampleRate: frameRate, latencyHint: "interactive" });
    this.#context.resume();
  }

  /** `open(from, signal)` gives a reader of 16-bit stereo PCM from that second on. */
  play(open, duration, from = this.#held) {
    this.#drop();
    this.unlock();
    const begin = from < duration - 0.05 ? from : 0;
    const session = {
      open, duration, controller: new AbortController(), sources: new Set(),
      passes: [], lastPass: this.#loop ? Infinity : 0, end: 0,
    };
    this.#session = session;
    this.#held = begin;
    this.#change("playing");
    this.#pump(session, begin).catch(error => {
      if (session.controller.signal.aborted) return;
      this.stop();
      this.dispatchEvent(new CustomEvent("failure", { detail: error }));
    });
  }

  pause() {
    if (this.#state !== "playing") return;
    this.#context.suspend();
    this.#change("paused");
  }

  resume() {
    if (this.#state !== "paused") return;
    this.#context.resume();
    this.#change("playing");
  }

  /** Silence; the next play starts at `position`. */
  stop(position = 0) {
    this.#drop();
    this.#held = position;
    this.#change("stopped");
  }

  /** To be called for every frame drawn: ends a repetition nobody wants any more. */
  tick() {
    if (this.#session && this.#passIndex() > this.#session.lastPass) this.stop();
  }

  #change(state) {
    this.#state = state;
    this.dispatchEvent(new Event("change"));
  }

  #drop() {
    const session = this.#session;
    this.#session = null;
    session?.controller.abort();
    for (const source of session?.sources ?? []) source.stop();
  }

  #heard() {
    const { currentTime, outputLatency, baseLatency } = this.#context;
    return currentTime - (outputLatency || baseLatency || 0);
  }

  #passIndex() {
    const heard = this.#heard();
    return Math.max(0, this.#session.passes.findLastIndex(pass => pass.at <= heard));
  }

  async #pump(session, begin) {
    let from = begin;
    let musicEnd = 0;
    const goesRound = () => session.passes.length <= session.lastPass;
    do {
      musicEnd = await this.#stream(session, from, musicEnd);
      from = 0;
      await this.#wait(session, () => musicEnd - this.#context.currentTime < loopLead);
      // The next round starts in time, over the last note's dying away; who wants it may say so until the very end.
      if (!goesRound()) await this.#wait(session, () => goesRound() || this.#heard() >= session.end, 50);
    } while (goesRound());
    this.stop();
  }

  /** Schedules one time through the tune, no earlier than `earliest`; gives the time at which its music ends. */
  async #stream(session, from, earliest) {
    const { signal } = session.controller;
    const reader = await session.open(from, signal);
    const pass = { at: 0, from };
    let next = 0;
    let pending = new Uint8Array(0);
    for (let done = false; !done;) {
      const answer = await reader.read();
      signal.throwIfAborted();
      done = answer.done;
      pending = joined(pending, answer.value);
      for (;;) {
        const wanted = done ? 1 : next ? pieceFrames : firstPieceFrames;
        const frames = Math.min(pieceFrames, Math.floor(pending.length / bytesPerFrame));
        if (frames < wanted) break;
        const now = this.#context.currentTime + startLead;
        if (!next) {
          next = pass.at = onFrame(Math.max(earliest, now));
          session.passes.push(pass);
        } else if (next < this.#context.currentTime) {
          // The stream fell behind: the music waits, and its clock with it.
          pass.at += onFrame(now) - next;
          next = onFrame(now);
        }
        this.#schedule(session, pending, frames, next);
        pending = pending.subarray(frames * bytesPerFrame);
        next += frames / frameRate;
        session.end = Math.max(session.end, next);
        await this.#wait(session, () => next - this.#context.currentTime < mostAhead);
      }
    }
    if (!next) throw new StudioError("The studio sent no sound.");
    return pass.at + session.duration - from;
  }

  #schedule(session, bytes, frames, time) {
    const buffer = this.#context.createBuffer(2, frames, frameRate);
    const [left, right] = [buffer.getChannelData(0), buffer.getChannelData(1)];
    // A DataView, because a chunk may begin at an odd byte and the samples are little-endian everywhere.
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (let frame = 0; frame < frames; frame += 1) {
      left[frame] = view.getInt16(frame * bytesPerFrame, true) / 32_768;
      right[frame] = view.getInt16(frame * bytesPerFrame + 2, true) / 32_768;
    }
    const source = new AudioBufferSourceNode(this.#context, { buffer });
    source.connect(this.#context.destination);
    source.start(time);
    session.sources.add(source);
    source.onended = () => session.sources.delete(source);
  }

  async #wait(session, condition, step = 200) {
    while (!condition()) {
      await pause(step);
      session.controller.signal.throwIfAborted();
    }
  }
}

function joined(first, second) {
  if (!second?.length) return first;
  if (!first.length) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

// Collects local candidates and sends those of the current ICE generation, several to a PATCH.

import { fragmentOf, ufragOf } from './fragment.js';

const BATCH_MS = 30;

export class Trickle {
  #pc;
  #resource = null;
  #waiting = [];
  #ended = false;
  #sending = false;

  constructor(pc) {
    this.#pc = pc;
    pc.addEventListener('icecandidate', ({ candidate }) => this.#onCandidate(candidate));
  }

  /** Sends what has been gathered so far and all that follows. */
  resume(resource) {
    this.#resource = resource;
    this.#send();
  }

  /** Holds candidates back until the new generation is known to the server. */
  pause() {
    this.#resource = null;
    this.#waiting = [];
    this.#ended = false;
  }

  /** The local ICE credentials, with no candidate yet. */
  currentFragment() {
    return fragmentOf(this.#pc.localDescription.sdp, [], false);
  }

  #onCandidate(candidate) {
    if (candidate === null) {
      this.#ended = true;
    } else if (candidate.candidate !== '') {
      this.#waiting.push(candidate);
    }
    this.#send();
  }

  async #send() {
    if (this.#sending || !this.#resource) return;
    this.#sending = true;
    await new Promise((resume) => setTimeout(resume, BATCH_MS));
    while (this.#resource && (this.#waiting.length > 0 || this.#ended)) {
      if (!(await this.#sendBatch())) break;
    }
    this.#sending = false;
  }

  async #sendBatch() {
    const sdp = this.#pc.localDescription?.sdp ?? '';
    const candidates = this.#waiting
      .splice(0)
      .filter(({ usernameFragment }) => !usernameFragment || usernameFragment === ufragOf(sdp))
      .map(({ candidate }) => candidate);
    const ended = this.#ended;
    this.#ended = false;
    try {
      await this.#resource.trickle(fragmentOf(sdp, candidates, ended));
      return true;
    } catch (problem) {
      // Not fatal: connectivity checks teach the server our addresses anyway.
      console.debug('trickle refused', problem);
      return false;
    }
  }
}

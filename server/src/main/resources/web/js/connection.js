// One WHIP or WHEP session from offer to DELETE, with ICE restarts and new attempts in between.

import { withIceOf } from './fragment.js';
import { Problem } from './problem.js';
import { SessionResource } from './resource.js';
import { Trickle } from './trickle.js';

const DISCONNECTED_MS = 3000;
const CONNECT_MS = 15000;
const RESTARTS = 3;

/**
 * Fires `change` when `state` changes: starting, connecting, live, reconnecting, waiting, failed or ended.
 * Subclasses say what is sent or received (`prepare`) and when to try again (`retryDelayMs`).
 */
export class Connection extends EventTarget {
  state = 'starting';
  problem = null;
  pc = null;
  resource = null;
  wasLive = false;

  #abort = new AbortController();
  #trickle = null;
  #restarts = 0;
  #isRestarting = false;
  #isLiveNow = false;

  constructor({ endpoint, token }) {
    super();
    this.endpoint = endpoint;
    this.token = token;
  }

  /** Runs until stopped or failed for good. */
  async run() {
    for (let attempt = 1; !this.#abort.signal.aborted; attempt++) {
      const problem = await this.#attempt();
      if (this.#abort.signal.aborted) return;
      if (this.#isLiveNow) attempt = 1;
      this.#drop();
      const delayMs = this.retryDelayMs(problem, attempt);
      if (delayMs === null) {
        this.#become('failed', problem);
        return;
      }
      this.#become(problem.isNobodyPublishes ? 'waiting' : 'reconnecting', problem);
      await this.#sleep(problem.retryAfterMs ?? delayMs);
    }
  }

  /** Leaves: tells the server and frees the peer connection. */
  stop() {
    this.#abort.abort();
    this.#drop();
    this.#become('ended', null);
  }

  /** Resolves with what went wrong. */
  async #attempt() {
    try {
      await this.#open();
      return await this.#lost();
    } catch (cause) {
      return cause instanceof Problem ? cause : localProblem(cause);
    }
  }

  async #open() {
    const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    this.pc = pc;
    this.#restarts = 0;
    this.#isLiveNow = false;
    this.#trickle = new Trickle(pc);
    await this.prepare(pc);
    await pc.setLocalDescription();
    if (this.state === 'starting') this.#become('connecting', null);
    const resource = await SessionResource.create({
      endpoint: this.endpoint,
      token: this.token,
      offer: pc.localDescription.sdp,
      signal: this.#abort.signal,
    });
    this.resource = resource;
    if (this.#abort.signal.aborted) return this.#drop();
    if (resource.iceServers.length > 0) {
      pc.setConfiguration({ ...pc.getConfiguration(), iceServers: resource.iceServers });
    }
    await pc.setRemoteDescription({ type: 'answer', sdp: resource.answer });
    this.#trickle.resume(resource);
    this.#become('connecting', null);
  }

  /** Resolves when this session is beyond repair. */
  #lost() {
    const pc = this.pc;
    return new Promise((resolve) => {
      const giveUp = (title) => resolve(new Problem({ status: 0, title }));
      let timer = setTimeout(() => giveUp('No connection for media could be made'), CONNECT_MS);
      const repair = async () => {
        clearTimeout(timer);
        if (pc !== this.pc) return;
        if (this.#restarts > 0 && pc.connectionState === 'connected') return this.#onLive();
        this.#become('reconnecting', null);
        if (!(await this.#restartIce(pc))) return giveUp('The connection was lost');
        clearTimeout(timer);
        timer = setTimeout(repair, CONNECT_MS / RESTARTS);
      };
      const onState = () => {
        clearTimeout(timer);
        if (pc.connectionState === 'connected') this.#onLive();
        else if (pc.connectionState === 'disconnected') timer = setTimeout(repair, DISCONNECTED_MS);
        else if (pc.connectionState === 'failed') repair();
        else timer = setTimeout(() => giveUp('No connection for media could be made'), CONNECT_MS);
      };
      pc.addEventListener('connectionstatechange', onState);
      watchDtls(pc, () => giveUp('The server ended the session'));
      if (pc.connectionState === 'connected') onState();
    });
  }

  #onLive() {
    this.#isLiveNow = true;
    this.wasLive = true;
    this.#restarts = 0;
    this.#become('live', null);
  }

  /** Whether there is still hope. */
  async #restartIce(pc) {
    if (this.#isRestarting) return true;
    if (++this.#restarts > RESTARTS) return false;
    this.#isRestarting = true;
    try {
      this.#trickle.pause();
      await pc.setLocalDescription(await pc.createOffer({ iceRestart: true }));
      const answer = await this.resource.restart(this.#trickle.currentFragment());
      const sdp = withIceOf(pc.currentRemoteDescription.sdp, answer);
      await pc.setRemoteDescription({ type: 'answer', sdp });
      this.#trickle.resume(this.resource);
      return true;
    } catch (problem) {
      console.debug('ICE restart refused', problem);
      if (pc.signalingState !== 'have-local-offer') return false;
      await pc.setLocalDescription({ type: 'rollback' });
      return problem.isTemporary === true;
    } finally {
      this.#isRestarting = false;
    }
  }

  #drop() {
    this.resource?.end();
    this.resource = null;
    this.pc?.close();
    this.pc = null;
  }

  #become(state, problem) {
    this.state = state;
    this.problem = problem;
    this.dispatchEvent(new Event('change'));
  }

  #sleep(ms) {
    const { signal } = this.#abort;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    });
  }
}

/** Calls back when the server has said goodbye on DTLS, long before ICE would notice. */
function watchDtls(pc, onClosed) {
  const transport = [...pc.getSenders(), ...pc.getReceivers()].find((end) => end.transport)?.transport;
  transport?.addEventListener('statechange', () => {
    if (transport.state === 'closed' || transport.state === 'failed') onClosed();
  });
}

function localProblem(cause) {
  return new Problem({ status: -1, title: 'The browser could not go on', detail: cause.message });
}

// Watching: receive one video and one audio track.

import { Connection } from './connection.js';

const WAIT_MS = 2000;
const RETRY_MAX_MS = 10000;

export class Viewing extends Connection {
  media = new MediaStream();
  waits;

  /** `waits`: stay and ask again while nobody publishes. `maxHeight`: in pixels; null for the best there is. */
  constructor({ stream, token, waits, maxHeight }) {
    const endpoint = new URL(`whep/${encodeURIComponent(stream)}`, document.baseURI);
    if (maxHeight) endpoint.searchParams.set('maxHeight', maxHeight);
    super({ endpoint: endpoint.href, token });
    this.waits = waits;
  }

  prepare(pc) {
    for (const track of this.media.getTracks()) this.media.removeTrack(track);
    for (const kind of ['video', 'audio']) {
      const { receiver } = pc.addTransceiver(kind, { direction: 'recvonly' });
      this.media.addTrack(receiver.track);
    }
    this.dispatchEvent(new Event('media'));
  }

  retryDelayMs(problem, attempt) {
    if (problem.isNobodyPublishes) return this.waits ? WAIT_MS : null;
    if (!problem.isTemporary || !(this.wasLive || this.waits)) return null;
    return Math.min(RETRY_MAX_MS, 250 * 2 ** attempt);
  }
}

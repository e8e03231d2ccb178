// Publishing: send what the media stream holds.

import { preferCodec } from './codecs.js';
import { Connection } from './connection.js';
import { layersFor } from './simulcast.js';

const RETRY_MAX_MS = 10000;

export class Publication extends Connection {
  #media;
  #codec;
  #isSimulcast;

  constructor({ stream, token, media, codec, isSimulcast }) {
    super({ endpoint: new URL(`whip/${encodeURIComponent(stream)}`, document.baseURI).href, token });
    this.#media = media;
    this.#codec = codec;
    this.#isSimulcast = isSimulcast;
  }

  prepare(pc) {
    for (const track of this.#media.getTracks()) {
      const sendEncodings = this.#isSimulcast && track.kind === 'video' ? layersFor(track.getSettings()) : [];
      const transceiver = pc.addTransceiver(track, { direction: 'sendonly', streams: [this.#media], sendEncodings });
      if (track.kind === 'video') preferCodec(transceiver, this.#codec);
    }
  }

  /** What was live once is brought back; a first refusal is final. The old session may still hold the name. */
  retryDelayMs(problem, attempt) {
    if (!this.wasLive || !(problem.isTemporary || problem.status === 409)) return null;
    return Math.min(RETRY_MAX_MS, 500 * 2 ** attempt);
  }

  /** Turns sending of one kind of media on or off, without negotiation. */
  enable(kind, isEnabled) {
    for (const track of this.#media.getTracks()) {
      if (track.kind === kind) track.enabled = isEnabled;
    }
  }
}

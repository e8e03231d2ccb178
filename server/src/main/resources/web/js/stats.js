// One flat snapshot of RTCPeerConnection.getStats(), with rates since the one before.

/** Reads the statistics of one peer connection; `role` is publish or watch. */
export class StatsReader {
  #pc;
  #role;
  #previous = new Map();

  constructor(pc, role) {
    this.#pc = pc;
    this.#role = role;
  }

  async read() {
    const report = await this.#pc.getStats();
    const all = [...report.values()];
    const streams = all.filter(({ type }) => type === (this.#role === 'publish' ? 'outbound-rtp' : 'inbound-rtp'));
    return {
      role: this.#role,
      timestampMs: Date.now(),
      video: this.#stream(report, mainOf(streams, 'video')),
      audio: this.#stream(report, mainOf(streams, 'audio')),
      transport: transportOf(report, all, this.#role),
    };
  }

  #stream(report, rtp) {
    if (!rtp) return null;
    const remote = report.get(rtp.remoteId);
    const codec = report.get(rtp.codecId);
    const loss = this.#role === 'publish' ? remote : rtp;
    return {
      codec: codec?.mimeType?.split('/')[1] ?? null,
      payloadType: codec?.payloadType ?? null,
      bitrateBps: this.#bitrate(rtp),
      packets: rtp.packetsSent ?? rtp.packetsReceived ?? 0,
      bytes: rtp.bytesSent ?? rtp.bytesReceived ?? 0,
      packetsLost: loss?.packetsLost ?? null,
      packetsRetransmitted: rtp.retransmittedPacketsSent ?? rtp.retransmittedPacketsReceived ?? null,
      jitterMs: toMs(loss?.jitter),
      roundTripMs: toMs(remote?.roundTripTime),
      nackCount: rtp.nackCount ?? null,
      pliCount: rtp.pliCount ?? null,
      firCount: rtp.firCount ?? null,
      width: rtp.frameWidth ?? null,
      height: rtp.frameHeight ?? null,
      framesPerSecond: rtp.framesPerSecond ?? null,
      frames: rtp.framesDecoded ?? rtp.framesEncoded ?? null,
      framesDropped: rtp.framesDropped ?? null,
      keyFrames: rtp.keyFramesDecoded ?? rtp.keyFramesEncoded ?? null,
      freezeCount: rtp.freezeCount ?? null,
      limitedBy: rtp.qualityLimitationReason ?? null,
      audioLevel: rtp.audioLevel ?? report.get(rtp.mediaSourceId)?.audioLevel ?? null,
      audioEnergy: rtp.totalAudioEnergy ?? report.get(rtp.mediaSourceId)?.totalAudioEnergy ?? null,
    };
  }

  #bitrate(rtp) {
    const bytes = rtp.bytesSent ?? rtp.bytesReceived ?? 0;
    const before = this.#previous.get(rtp.id);
    this.#previous.set(rtp.id, { bytes, timestamp: rtp.timestamp });
    if (!before || rtp.timestamp <= before.timestamp) return 0;
    return Math.round(((bytes - before.bytes) * 8000) / (rtp.timestamp - before.timestamp));
  }
}

/** The stream that carries most: simulcast has several, a muted one none. */
function mainOf(streams, kind) {
  const size = (rtp) => rtp.bytesSent ?? rtp.bytesReceived ?? 0;
  return streams.filter((rtp) => rtp.kind === kind).sort((a, b) => size(b) - size(a))[0];
}

function transportOf(report, all, role) {
  const transport = all.find(({ type }) => type === 'transport');
  const pair =
    report.get(transport?.selectedCandidatePairId) ??
    all.find(({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded');
  return {
    dtlsState: transport?.dtlsState ?? null,
    dtlsCipher: transport?.dtlsCipher ?? null,
    srtpCipher: transport?.srtpCipher ?? null,
    roundTripMs: toMs(pair?.currentRoundTripTime),
    availableBps: (role === 'publish' ? pair?.availableOutgoingBitrate : pair?.availableIncomingBitrate) ?? null,
    localCandidate: candidateText(report.get(pair?.localCandidateId)),
    remoteCandidate: candidateText(report.get(pair?.remoteCandidateId)),
  };
}

function candidateText(candidate) {
  if (!candidate) return null;
  const address = candidate.address ?? candidate.ip ?? 'hidden';
  const host = address.includes(':') ? `[${address}]` : address;
  return `${host}:${candidate.port} ${candidate.protocol} ${candidate.candidateType}`;
}

function toMs(seconds) {
  return seconds === undefined ? null : Math.round(seconds * 10000) / 10;
}

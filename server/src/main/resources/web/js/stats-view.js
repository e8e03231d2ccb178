// The statistics table.

const number = (value, unit = '') => (value === null || value === undefined ? null : `${value.toLocaleString()}${unit}`);

function bitrate(bps) {
  if (bps === null || bps === undefined) return null;
  return bps >= 1e6 ? `${(bps / 1e6).toFixed(2)} Mbit/s` : `${Math.round(bps / 1e3)} kbit/s`;
}

function rowsOf({ video, audio, transport }) {
  const fps = video?.framesPerSecond;
  return {
    Video: {
      Codec: video?.codec,
      Bitrate: bitrate(video?.bitrateBps),
      Picture: video?.width ? `${video.width} × ${video.height}` : null,
      'Frame rate': fps === null || fps === undefined ? null : `${Math.round(fps)} fps`,
      Frames: number(video?.frames),
      'Key frames': number(video?.keyFrames),
      'Packets lost': number(video?.packetsLost),
      Retransmitted: number(video?.packetsRetransmitted),
      Jitter: number(video?.jitterMs, ' ms'),
      'NACK / PLI': video ? `${video.nackCount ?? 0} / ${video.pliCount ?? 0}` : null,
      Freezes: number(video?.freezeCount),
      'Limited by': video?.limitedBy === 'none' ? null : video?.limitedBy,
    },
    Sound: {
      Codec: audio?.codec,
      Bitrate: bitrate(audio?.bitrateBps),
      'Packets lost': number(audio?.packetsLost),
      Jitter: number(audio?.jitterMs, ' ms'),
      Level: audio?.audioLevel === null || audio === null ? null : `${Math.round(audio.audioLevel * 100)} %`,
    },
    Transport: {
      'Round trip': number(transport.roundTripMs ?? video?.roundTripMs, ' ms'),
      Available: bitrate(transport.availableBps),
      DTLS: transport.dtlsCipher ?? transport.dtlsState,
      SRTP: transport.srtpCipher,
      Local: transport.localCandidate,
      Remote: transport.remoteCandidate,
    },
  };
}

/** Shows a snapshot of StatsReader in the element; keeps its nodes, so that selected text stays selected. */
export function showStats(element, snapshot) {
  for (const [group, rows] of Object.entries(snapshot ? rowsOf(snapshot) : {})) {
    const list = listOf(element, group);
    for (const [name, value] of Object.entries(rows)) showRow(list, name, value);
  }
  if (!snapshot) element.replaceChildren();
}

function listOf(element, group) {
  const existing = element.querySelector(`dl[data-group="${group}"]`);
  if (existing) return existing;
  const section = document.createElement('section');
  const heading = document.createElement('h3');
  const list = document.createElement('dl');
  heading.textContent = group;
  list.dataset.group = group;
  section.append(heading, list);
  element.append(section);
  return list;
}

function showRow(list, name, value) {
  let row = list.querySelector(`div[data-name="${name}"]`);
  if (!row) {
    row = document.createElement('div');
    row.dataset.name = name;
    row.append(document.createElement('dt'), document.createElement('dd'));
    row.firstChild.textContent = name;
    list.append(row);
  }
  row.hidden = value === null || value === undefined;
  if (!row.hidden && row.lastChild.textContent !== value) row.lastChild.textContent = value;
}

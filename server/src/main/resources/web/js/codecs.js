// Which video codec to send.

const RESILIENCE = /\/(rtx|red|ulpfec|flexfec-03)$/i;

/** The codecs that this browser can send, of those that the page offers. */
export function sendableCodecs() {
  const able = RTCRtpSender.getCapabilities?.('video')?.codecs ?? [];
  return ['VP8', 'H264', 'VP9', 'AV1'].filter((name) => able.some((codec) => isNamed(codec, name)));
}

/** Offers this codec alone, with its repair formats; `auto` leaves the browser's order. */
export function preferCodec(transceiver, name) {
  if (name === 'auto' || !transceiver.setCodecPreferences) return;
  const able = RTCRtpSender.getCapabilities('video').codecs;
  const chosen = able.filter((codec) => isNamed(codec, name));
  if (chosen.length === 0) throw new Error(`This browser cannot send ${name}`);
  transceiver.setCodecPreferences([...chosen, ...able.filter((codec) => RESILIENCE.test(codec.mimeType))]);
}

function isNamed(codec, name) {
  return codec.mimeType.toLowerCase() === `video/${name}`.toLowerCase();
}

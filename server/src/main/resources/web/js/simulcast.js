// The layers of simulcast for a picture of a given size.

const RIDS = ['q', 'h', 'f'];

// A picture of 1280 x 720 has 1.8 Mbit/s; smaller ones need a little more for each pixel.
const REFERENCE_PIXELS = 1280 * 720;
const REFERENCE_BPS = 1_800_000;
const EXPONENT = 0.9;

/**
 * Smallest first. libwebrtc leaves out the largest of the layers when there are more than it deems
 * the picture large enough for, so there are never more than that. A size that the browser does not
 * tell is taken for 1280 x 720.
 */
export function layersFor({ width = 1280, height = 720 }) {
  const pixels = width * height;
  const count = layerCount(pixels);
  return RIDS.slice(0, count).map((rid, index) => {
    const scale = 2 ** (count - 1 - index);
    return {
      rid,
      scaleResolutionDownBy: scale,
      maxBitrate: bitrateOf(pixels / scale ** 2),
      scalabilityMode: 'L1T2',
    };
  });
}

/** As in libwebrtc's table of simulcast formats. */
function layerCount(pixels) {
  if (pixels >= 960 * 540) return 3;
  return pixels >= 480 * 270 ? 2 : 1;
}

function bitrateOf(pixels) {
  return Math.round(REFERENCE_BPS * (pixels / REFERENCE_PIXELS) ** EXPONENT);
}

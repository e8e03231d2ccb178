// What can be published: camera and microphone, a screen, or the test picture.

import { testPicture } from './test-picture.js';

/**
 * Returns { media, stop } for `camera`, `screen` or `test`; throws an Error that says what to do.
 * `height` is a wish to a camera, in pixels of a picture of 16:9; a screen has its own.
 */
export async function openSource(source, { label, height }) {
  if (source === 'test') return stopping(testPicture(label, height));
  if (!navigator.mediaDevices) {
    throw new Error(
      'The browser gives camera and screen only to pages on https or localhost. The test picture works here.',
    );
  }
  try {
    const media = source === 'screen' ? await screenMedia() : await cameraMedia(height);
    return stopping({ media, stop: () => {} });
  } catch (cause) {
    throw new Error(REASONS[cause.name] ?? cause.message, { cause });
  }
}

const REASONS = {
  NotAllowedError: 'The browser was not allowed to use it. Allow it in the address bar and try again.',
  NotFoundError: 'No camera or microphone was found. The test picture works without them.',
  NotReadableError: 'The camera or microphone is in use by another program.',
  OverconstrainedError: 'The camera cannot deliver a picture of this size.',
};

async function cameraMedia(height) {
  const video = { width: { ideal: (height * 16) / 9 }, height: { ideal: height }, frameRate: { ideal: 30 } };
  return navigator.mediaDevices.getUserMedia({ video, audio: true });
}

async function screenMedia() {
  if (!navigator.mediaDevices.getDisplayMedia) throw new Error('This browser cannot share a screen.');
  const media = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 30 } }, audio: true });
  for (const track of media.getVideoTracks()) track.contentHint = 'detail';
  return media;
}

function stopping({ media, stop }) {
  const stopAll = () => {
    for (const track of media.getTracks()) track.stop();
    stop();
  };
  return { media, stop: stopAll };
}

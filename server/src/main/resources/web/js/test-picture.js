// A generated picture and tone, for machines with no camera or microphone.

// What is drawn is meant for this size, and scaled.
const WIDTH = 1280;
const HEIGHT = 720;
const FRAMES_PER_SECOND = 30;
const BAR_COLOURS = ['#f4f4f4', '#f2d43d', '#3fd0d4', '#4ac25b', '#c55fd0', '#e0524d', '#4b6fe0'];

/** Returns { media, stop }; media has one video track, of 16:9 with this height, and one audio track. */
export function testPicture(label, height) {
  const canvas = document.createElement('canvas');
  canvas.width = (height * WIDTH) / HEIGHT;
  canvas.height = height;
  const picture = canvas.getContext('2d', { alpha: false });
  picture.scale(height / HEIGHT, height / HEIGHT);
  let frame = 0;
  const draw = () => drawFrame(picture, frame++, label);
  draw();

  const ticker = new Worker(new URL('ticker.js', import.meta.url), { type: 'module' });
  ticker.onmessage = draw;
  ticker.postMessage(FRAMES_PER_SECOND);

  const sound = tone();
  const media = canvas.captureStream(FRAMES_PER_SECOND);
  for (const track of media.getVideoTracks()) track.contentHint = 'motion';
  media.addTrack(sound.track);
  const stop = () => {
    ticker.terminate();
    sound.stop();
  };
  return { media, stop };
}

function drawFrame(picture, frame, label) {
  const barWidth = WIDTH / BAR_COLOURS.length;
  BAR_COLOURS.forEach((colour, index) => {
    picture.fillStyle = colour;
    picture.fillRect(index * barWidth, 0, barWidth + 1, HEIGHT * 0.62);
  });
  drawGradient(picture, frame);
  drawBall(picture, frame);
  drawText(picture, frame, label);
}

/** A slowly turning rainbow: every pixel row below the bars changes with each frame. */
function drawGradient(picture, frame) {
  const top = HEIGHT * 0.62;
  const gradient = picture.createLinearGradient(0, 0, WIDTH, 0);
  for (let stop = 0; stop <= 6; stop++) {
    gradient.addColorStop(stop / 6, `hsl(${(stop * 60 + frame) % 360} 70% 45%)`);
  }
  picture.fillStyle = gradient;
  picture.fillRect(0, top, WIDTH, HEIGHT - top);
}

function drawBall(picture, frame) {
  const radius = 56;
  const seconds = frame / FRAMES_PER_SECOND;
  const x = radius + ((WIDTH - 2 * radius) * (1 - Math.cos(seconds * 1.1))) / 2;
  const y = HEIGHT * 0.62 - radius - Math.abs(Math.sin(seconds * 2.7)) * 250;
  picture.beginPath();
  picture.arc(x, y, radius, 0, 2 * Math.PI);
  picture.fillStyle = '#10222e';
  picture.fill();
  picture.lineWidth = 8;
  picture.strokeStyle = '#ffffff';
  picture.stroke();
}

function drawText(picture, frame, label) {
  picture.fillStyle = 'rgb(8 18 26 / 0.82)';
  picture.fillRect(0, HEIGHT - 178, WIDTH, 178);
  picture.fillStyle = '#ffffff';
  picture.textBaseline = 'alphabetic';
  picture.textAlign = 'left';
  picture.font = '600 92px ui-monospace, monospace';
  picture.fillText(new Date().toISOString().slice(11, 23), 44, HEIGHT - 66);
  picture.font = '400 34px ui-sans-serif, sans-serif';
  picture.textAlign = 'right';
  picture.fillText(label, WIDTH - 44, HEIGHT - 104);
  picture.fillText(`frame ${frame}`, WIDTH - 44, HEIGHT - 52);
}

/** A quiet 440 Hz tone that swells once a second. */
function tone() {
  const context = new AudioContext({ sampleRate: 48000 });
  const oscillator = new OscillatorNode(context, { frequency: 440 });
  const swell = new OscillatorNode(context, { frequency: 1 });
  const volume = new GainNode(context, { gain: 0.12 });
  const depth = new GainNode(context, { gain: 0.08 });
  const output = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  swell.connect(depth).connect(volume.gain);
  oscillator.connect(volume).connect(output);
  oscillator.start();
  swell.start();
  wakeOnGesture(context);
  return { track: output.stream.getAudioTracks()[0], stop: () => context.close() };
}

/** A page that has not been touched yet may make no sound; the first touch starts it. */
function wakeOnGesture(context) {
  context.resume().catch(() => {});
  const wake = () => {
    if (context.state === 'suspended') context.resume().catch(() => {});
  };
  for (const event of ['pointerdown', 'keydown']) addEventListener(event, wake, { once: true });
}

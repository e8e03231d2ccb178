// Wires the form to a publication or a viewing, and tells `window.sluice` about it.

import { sendableCodecs } from './codecs.js';
import { Player } from './player.js';
import { openSource } from './sources.js';
import { showStats } from './stats-view.js';
import { StatsReader } from './stats.js';
import { hideCurtain, showError, showMode, showNoPictureYet, showShareLink, showState, showToggle } from './view.js';
import { Viewing } from './whep.js';
import { Publication } from './whip.js';

const STATS_MS = 1000;
const form = document.getElementById('form');
const element = (id) => document.getElementById(id);
const player = new Player(element('video'), element('unmute'));

let connection = null;
let source = null;
let statsTimer = null;
let reader = null;

/** Read by browser tests: idle, starting, connecting, live, reconnecting, waiting, failed or ended. */
const sluice = {
  mode: 'publish',
  state: 'idle',
  stats: null,
  get pc() {
    return connection?.pc ?? null;
  },
  get sessionUrl() {
    return connection?.resource?.url ?? null;
  },
  get problem() {
    return connection?.problem ?? null;
  },
};
window.sluice = sluice;

async function start() {
  stop();
  const settings = Object.fromEntries(new FormData(form));
  sluice.mode = modeOfForm();
  become('starting', null);
  try {
    if (sluice.mode === 'publish') await publish(settings);
    else watch(settings);
  } catch (cause) {
    stop();
    become('failed', cause);
  }
}

async function publish({ stream, source: from, height, codec, simulcast, token }) {
  const opened = await openSource(from, { label: stream, height: Number(height) });
  if (sluice.state !== 'starting') return opened.stop();
  source = opened;
  player.preview(source.media);
  for (const track of source.media.getTracks()) track.addEventListener('ended', stop);
  showShareLink(new URL(`?watch=${encodeURIComponent(stream)}`, document.baseURI).href);
  run(new Publication({ stream, token, media: source.media, codec, isSimulcast: simulcast === 'on' }));
}

function watch({ stream, token }) {
  const maxHeight = new URLSearchParams(location.search).get('maxHeight');
  const viewing = new Viewing({ stream, token, waits: element('waits').checked, maxHeight });
  viewing.addEventListener('media', () => player.play(viewing.media));
  run(viewing);
}

function run(next) {
  connection = next;
  next.addEventListener('change', () => {
    if (connection === next) become(next.state, next.problem);
  });
  next.run();
  statsTimer = setInterval(readStats, STATS_MS);
}

function stop() {
  clearInterval(statsTimer);
  connection?.stop();
  connection = null;
  source?.stop();
  source = null;
  player.clear();
  if (!['idle', 'failed'].includes(sluice.state)) become('ended', null);
}

function become(state, problem) {
  sluice.state = state;
  showState({ state, mode: sluice.mode, problem });
  if (state === 'live' && sluice.mode === 'watch' && !player.hasPicture) showNoPictureYet();
  if (state !== 'live') clearStats();
  if (['idle', 'failed', 'ended'].includes(state)) showShareLink(null);
  if (state === 'failed') releaseSource();
  if (state === 'starting') {
    showToggle('mute-audio', false, 'Unmute sound', 'Mute sound');
    showToggle('mute-video', false, 'Resume picture', 'Pause picture');
  }
}

function clearStats() {
  reader = null;
  sluice.stats = null;
  showStats(element('stats'), null);
  element('stats-empty').hidden = false;
}

function releaseSource() {
  clearInterval(statsTimer);
  source?.stop();
  source = null;
  player.clear();
}

async function readStats() {
  const { pc, mode } = sluice;
  if (!pc || sluice.state !== 'live') return;
  if (reader?.pc !== pc) reader = Object.assign(new StatsReader(pc, mode), { pc });
  const snapshot = await reader.read().catch(() => null);
  if (!snapshot || pc !== sluice.pc) return;
  sluice.stats = snapshot;
  element('stats-empty').hidden = true;
  showStats(element('stats'), snapshot);
}

function toggle(id, kind, onText, offText) {
  element(id).addEventListener('click', () => {
    const isOff = element(id).getAttribute('aria-pressed') !== 'true';
    connection?.enable(kind, !isOff);
    showToggle(id, isOff, onText, offText);
  });
}

function modeOfForm() {
  return new FormData(form).get('mode');
}

/** `/?watch=NAME` watches at once; `/?publish=NAME` fills in the name, and never starts a camera by itself. */
function followLink() {
  const link = new URLSearchParams(location.search);
  const mode = link.has('watch') ? 'watch' : 'publish';
  form.elements.mode.value = mode;
  form.elements.stream.value = link.get(mode) || form.elements.stream.value;
  for (const name of ['source', 'codec', 'height']) {
    const isKnown = [...form.elements[name].options].some(({ value }) => value === link.get(name));
    if (isKnown) form.elements[name].value = link.get(name);
  }
  form.elements.simulcast.checked = link.get('simulcast') === '1';
  showMode(mode);
  if (link.get('watch') && form.reportValidity()) start();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  start();
});
form.addEventListener('change', () => {
  if (element('settings').disabled) return;
  sluice.mode = modeOfForm();
  showMode(sluice.mode);
});
element('stop').addEventListener('click', stop);
element('copy').addEventListener('click', async () => {
  element('share-link').select();
  await navigator.clipboard?.writeText(element('share-link').value).catch(() => {});
  element('copy').textContent = 'Copied';
  setTimeout(() => (element('copy').textContent = 'Copy'), 1500);
});
toggle('mute-audio', 'audio', 'Unmute sound', 'Mute sound');
toggle('mute-video', 'video', 'Resume picture', 'Pause picture');
player.addEventListener('playing', () => {
  if (sluice.state === 'live') hideCurtain();
});
addEventListener('pagehide', stop);

for (const codec of globalThis.RTCRtpSender ? sendableCodecs() : []) {
  element('codec').add(new Option(codec === 'H264' ? 'H.264' : codec, codec));
}
if (!globalThis.RTCPeerConnection) {
  element('settings').disabled = true;
  element('start').disabled = true;
  showError(new Error('This browser has no WebRTC.'));
}
followLink();

// What the page shows for each state; no protocol here.

const element = (id) => document.getElementById(id);

const CURTAIN = {
  idle: 'Nothing is playing',
  starting: 'Starting…',
  connecting: 'Connecting…',
  reconnecting: 'The connection was lost. Connecting again…',
  waiting: 'Nobody publishes this stream yet. Waiting…',
  failed: 'Nothing is playing',
  ended: 'Nothing is playing',
};

/** Shows the settings that belong to publishing or to watching. */
export function showMode(mode) {
  for (const field of document.querySelectorAll('[data-mode]')) field.hidden = field.dataset.mode !== mode;
  element('start').textContent = mode === 'publish' ? 'Publish' : 'Watch';
}

export function showState({ state, mode, problem }) {
  const isRunning = !['idle', 'ended', 'failed'].includes(state);
  element('settings').disabled = isRunning;
  element('start').hidden = isRunning;
  element('stop').hidden = !isRunning;
  for (const id of ['mute-audio', 'mute-video']) element(id).hidden = !isRunning || mode !== 'publish';
  element('badge').textContent = state;
  element('badge').dataset.state = state;
  element('curtain').hidden = state === 'live' || (mode === 'publish' && isRunning && state !== 'reconnecting');
  element('curtain-text').textContent = CURTAIN[state] ?? '';
  if (!isRunning) element('unmute').hidden = true;
  showError(state === 'waiting' ? null : problem);
}

/** Covers a live session in which no picture has come yet. */
export function showNoPictureYet() {
  element('curtain').hidden = false;
  element('curtain-text').textContent = 'Connected. Waiting for the picture…';
}

export function hideCurtain() {
  element('curtain').hidden = true;
}

/** A Problem or any other Error; null clears. */
export function showError(problem) {
  const text = problem?.title
    ? [problem.title, problem.detail].filter((part) => part && part !== '').join(': ')
    : (problem?.message ?? '');
  element('error').textContent = text;
  element('error').hidden = text === '';
}

/** Offers the link that others open to watch. */
export function showShareLink(link) {
  element('share').hidden = link === null;
  element('share-link').value = link ?? '';
  element('share-open').href = link ?? '';
}

export function showToggle(id, isOn, onText, offText) {
  element(id).setAttribute('aria-pressed', String(isOn));
  element(id).textContent = isOn ? onText : offText;
}

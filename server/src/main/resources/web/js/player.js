// The <video> element: autoplay, silent where the browser insists, until the user turns the sound on.

export class Player extends EventTarget {
  #video;
  #unmute;
  #isSilenced = false;

  constructor(video, unmute) {
    super();
    this.#video = video;
    this.#unmute = unmute;
    unmute.addEventListener('click', () => this.#turnSoundOn());
    video.addEventListener('playing', () => this.dispatchEvent(new Event('playing')));
  }

  /** The user's own picture: never with its sound. */
  preview(media) {
    this.#video.muted = true;
    this.#video.srcObject = media;
    this.#video.play().catch(() => {});
  }

  async play(media) {
    this.#video.muted = this.#isSilenced;
    this.#video.srcObject = media;
    try {
      await this.#video.play();
    } catch (cause) {
      if (cause.name !== 'NotAllowedError') return;
      this.#isSilenced = true;
      this.#video.muted = true;
      this.#unmute.hidden = false;
      this.#video.play().catch(() => {});
    }
  }

  /** Whether a picture is on the screen. */
  get hasPicture() {
    return this.#video.videoWidth > 0 && this.#video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  }

  clear() {
    this.#isSilenced = false;
    this.#video.srcObject = null;
    this.#unmute.hidden = true;
  }

  #turnSoundOn() {
    this.#isSilenced = false;
    this.#video.muted = false;
    this.#video.play().catch(() => {});
    this.#unmute.hidden = true;
  }
}

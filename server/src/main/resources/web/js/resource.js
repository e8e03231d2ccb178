// The HTTP side of one WHIP (RFC 9725) or WHEP session: POST, PATCH and DELETE.

import { Problem } from './problem.js';

const SDP = 'application/sdp';
const SDP_FRAGMENT = 'application/trickle-ice-sdpfrag';

export class SessionResource {
  #token;
  #etag;

  constructor({ url, etag, token, answer, iceServers }) {
    this.url = url;
    this.answer = answer;
    this.iceServers = iceServers;
    this.#etag = etag;
    this.#token = token;
  }

  /** Sends the offer; the session exists when this returns. */
  static async create({ endpoint, token, offer, signal }) {
    const response = await request(endpoint, token, {
      method: 'POST',
      headers: { 'Content-Type': SDP, Accept: SDP },
      body: offer,
      signal,
    });
    return new SessionResource({
      url: new URL(response.headers.get('Location'), response.url).href,
      etag: response.headers.get('ETag'),
      token,
      answer: await response.text(),
      iceServers: iceServersOf(response.headers.get('Link')),
    });
  }

  /** Adds candidates to the current ICE generation. */
  async trickle(fragment) {
    await this.#patch(this.#etag, fragment);
  }

  /** Starts a new ICE generation; returns the fragment with the server's new credentials. */
  async restart(fragment) {
    const response = await this.#patch('*', fragment);
    this.#etag = response.headers.get('ETag') ?? this.#etag;
    return response.text();
  }

  /** Ends the session. It outlives the page, so that a closed tab leaves nothing behind. */
  async end() {
    try {
      await request(this.url, this.#token, { method: 'DELETE', keepalive: true });
    } catch {
      // Gone already, or out of reach: the server notices by itself.
    }
  }

  #patch(ifMatch, fragment) {
    const headers = { 'Content-Type': SDP_FRAGMENT };
    if (ifMatch) headers['If-Match'] = ifMatch;
    return request(this.url, this.#token, { method: 'PATCH', headers, body: fragment });
  }
}

async function request(url, token, options) {
  const headers = { ...options.headers };
  if (token) headers.Authorization = `Bearer ${token}`;
  let response;
  try {
    response = await fetch(url, { ...options, headers, cache: 'no-store' });
  } catch (cause) {
    if (cause.name === 'AbortError') throw cause;
    throw Problem.unreachable(cause);
  }
  if (!response.ok) throw await Problem.of(response);
  return response;
}

/** Reads `<stun:host>; rel="ice-server"; username="..."` links (RFC 9725 section 4.6). */
export function iceServersOf(links) {
  const link = /<([^>]*)>((?:\s*;\s*[\w-]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]+))*)/g;
  const attribute = /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]+))/g;
  const servers = [];
  for (const [, urls, attributes] of (links ?? '').matchAll(link)) {
    const values = {};
    for (const [, name, quoted, plain] of attributes.matchAll(attribute)) {
      values[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? plain;
    }
    if (values.rel !== 'ice-server') continue;
    const { username, credential } = values;
    servers.push(username ? { urls, username, credential } : { urls });
  }
  return servers;
}

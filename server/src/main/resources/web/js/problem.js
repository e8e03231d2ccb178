// Errors in the words of the server: RFC 9457 problem details.

// For answers that come from elsewhere, such as a proxy.
const TITLES = {
  0: 'The server cannot be reached',
  401: 'A token is needed',
  403: 'Not allowed',
  404: 'Nobody publishes this stream',
  409: 'This stream is already being published',
  413: 'The offer is too large',
  422: 'The server cannot accept this offer',
  503: 'The server takes no more sessions now',
};

/** A refused request, or one that got no answer (status 0). */
export class Problem extends Error {
  constructor({ status, title, detail = '', type = 'about:blank', retryAfterMs = null }) {
    super(detail || title);
    this.name = 'Problem';
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.type = type;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether trying again later may help. */
  get isTemporary() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  get isNobodyPublishes() {
    return this.type.endsWith(':nobody-publishes');
  }

  static async of(response) {
    const body = await jsonOf(response);
    return new Problem({
      status: response.status,
      title: body.title ?? TITLES[response.status] ?? `The server answered ${response.status}`,
      detail: body.detail ?? '',
      type: body.type ?? 'about:blank',
      retryAfterMs: secondsToMs(response.headers.get('Retry-After')),
    });
  }

  static unreachable(cause) {
    return new Problem({ status: 0, title: TITLES[0], detail: cause.message });
  }
}

async function jsonOf(response) {
  const type = response.headers.get('Content-Type') ?? '';
  if (!type.includes('json')) return {};
  return response.json().catch(() => ({}));
}

function secondsToMs(text) {
  const seconds = Number.parseInt(text ?? '', 10);
  return Number.isFinite(seconds) ? seconds * 1000 : null;
}

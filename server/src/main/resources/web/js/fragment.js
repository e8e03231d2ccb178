// ICE information cut out of SDP and put back in (RFC 8840 application/trickle-ice-sdpfrag).

const CRLF = '\r\n';

const linesOf = (sdp) => sdp.split(/\r?\n/).filter((line) => line !== '');

/** A fragment of the BUNDLE group's first m= section with these candidates. */
export function fragmentOf(localSdp, candidates, endOfCandidates) {
  const lines = linesOf(localSdp);
  const media = lines.findIndex((line) => line.startsWith('m='));
  const first = (prefix, from = 0) => lines.slice(from).find((line) => line.startsWith(prefix));
  const fragment = [
    first('a=group:BUNDLE'),
    first('a=ice-options:'),
    lines[media],
    first('a=mid:', media),
    first('a=ice-ufrag:'),
    first('a=ice-pwd:'),
    ...candidates.map((candidate) => `a=${candidate}`),
    endOfCandidates ? 'a=end-of-candidates' : undefined,
  ];
  return fragment.filter((line) => line !== undefined).join(CRLF) + CRLF;
}

/** The answer with the ICE credentials and candidates of the fragment in place of its own. */
export function withIceOf(answerSdp, fragment) {
  const isCredential = (line) => /^a=ice-(ufrag|pwd):/.test(line);
  const isCandidate = (line) => /^a=(candidate:|end-of-candidates)/.test(line);
  const fresh = linesOf(fragment);
  const ice = [...fresh.filter(isCredential), ...fresh.filter(isCandidate)];
  const kept = linesOf(answerSdp).filter((line) => !isCredential(line) && !isCandidate(line));
  const sections = kept.flatMap((line) => (line.startsWith('a=mid:') ? [line, ...ice] : [line]));
  return sections.join(CRLF) + CRLF;
}

/** The ICE user name fragment of a description. */
export function ufragOf(sdp) {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? null;
}

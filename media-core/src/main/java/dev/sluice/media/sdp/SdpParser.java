package dev.sluice.media.sdp;

import java.util.ArrayList;
import java.util.List;

/** Reads SDP line by line; strict about form, silent about attributes that it does not know. */
final class SdpParser {

    /** Far above any real offer; a longer text is refused before it is read. */
    static final int MAX_TEXT_CHARS = 128 * 1024;

    /** A meeting's worth of media sections; each costs state once it is answered. */
    static final int MAX_MEDIA_SECTIONS = 64;

    private static final String LINE_TYPES = "vosiuepcbtrzkam";

    private final String text;
    private final boolean isFragment;
    private final List<String> headLines = new ArrayList<>();
    private final List<SdpAttribute> sessionAttributes = new ArrayList<>();
    private final List<MediaDescription> media = new ArrayList<>();
    private int lineNumber;
    private boolean inMedia;
    private String mediaLine = "";
    private int mediaLineNumber;
    private List<String> mediaLines = new ArrayList<>();
    private List<SdpAttribute> mediaAttributes = new ArrayList<>();

    private SdpParser(String text, boolean isFragment) {
        this.text = text;
        this.isFragment = isFragment;
    }

    static SdpParser ofSession(String text) {
        return new SdpParser(text, false);
    }

    /** Of a text that has no {@code v=} and no more of the lines that describe a session. */
    static SdpParser ofFragment(String text) {
        return new SdpParser(text, true);
    }

    SessionDescription parse() throws SdpParseException {
        if (text.length() > MAX_TEXT_CHARS) {
            throw new SdpParseException(1, "longer than " + MAX_TEXT_CHARS + " characters");
        }
        for (String line : text.split("\r?\n", -1)) {
            lineNumber++;
            if (!line.isEmpty()) {
                onLine(line);
            }
        }
        endMedia();
        if (headLines.isEmpty() && !isFragment) {
            throw new SdpParseException(1, "empty; expected v=0");
        }
        return new SessionDescription(headLines, new Attributes(sessionAttributes), media);
    }

    private void onLine(String line) throws SdpParseException {
        if (line.length() < 2 || line.charAt(1) != '=' || LINE_TYPES.indexOf(line.charAt(0)) < 0) {
            throw error("expected a line such as v=, o=, m= or a=, found '" + shorten(line) + "'");
        }
        if (!isFragment && headLines.isEmpty() && !line.equals("v=0")) {
            throw error("expected v=0, found '" + shorten(line) + "'");
        }
        requirePrintable(line);
        switch (line.charAt(0)) {
            case 'm' -> beginMedia(line);
            case 'a' -> attributes().add(SdpAttribute.parse(line.substring(2)));
            default -> (inMedia ? mediaLines : headLines).add(line);
        }
    }

    private void requirePrintable(String line) throws SdpParseException {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < ' ' && line.charAt(i) != '\t') {
                throw error("a control character at column " + (i + 1));
            }
        }
    }

    private List<SdpAttribute> attributes() {
        return inMedia ? mediaAttributes : sessionAttributes;
    }

    private void beginMedia(String line) throws SdpParseException {
        endMedia();
        if (media.size() == MAX_MEDIA_SECTIONS) {
            throw error("more than " + MAX_MEDIA_SECTIONS + " media sections");
        }
        inMedia = true;
        mediaLine = line;
        mediaLineNumber = lineNumber;
    }

    private void endMedia() throws SdpParseException {
        if (inMedia) {
            media.add(mediaDescription());
            mediaLines = new ArrayList<>();
            mediaAttributes = new ArrayList<>();
        }
    }

    private MediaDescription mediaDescription() throws SdpParseException {
        String[] words = mediaLine.substring(2).trim().split(" +", -1);
        if (words.length < 4) {
            throw new SdpParseException(
                    mediaLineNumber,
                    "expected m=<media> <port> <proto> <fmt> …, found '"
                            + shorten(mediaLine)
                            + "'");
        }
        return new MediaDescription(
                words[0],
                port(words[1]),
                words[2],
                List.of(words).subList(3, words.length),
                mediaLines,
                new Attributes(mediaAttributes));
    }

    private int port(String word) throws SdpParseException {
        String digits = word.contains("/") ? word.substring(0, word.indexOf('/')) : word;
        int port = Numbers.parse(digits, 65535);
        if (port < 0) {
            throw new SdpParseException(
                    mediaLineNumber, "expected a port 0 to 65535, found '" + shorten(word) + "'");
        }
        return port;
    }

    private SdpParseException error(String message) {
        return new SdpParseException(lineNumber, message);
    }

    private static String shorten(String line) {
        return line.length() <= 40 ? line : line.substring(0, 40) + "…";
    }
}

package dev.sluice.media.sdp;

import dev.sluice.media.ice.IceCredentials;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An attribute whose value is understood. The parser holds each line of such a name to its form;
 * attributes of other names are kept as they are (RFC 8866 section 5).
 *
 * @param <T> what a value becomes; its {@code toString} is the value as in SDP
 */
public final class AttributeType<T> {

    private static final Map<String, AttributeType<?>> BY_NAME = new HashMap<>();

    private static final int MAX_PORT = 65535;

    public static final AttributeType<RtpMap> RTPMAP =
            of("rtpmap", "<payload type> <encoding name>/<clock rate>[/<channels>]", RtpMap::read);
    public static final AttributeType<Fmtp> FMTP = of("fmtp", "<format> <parameters>", Fmtp::read);
    public static final AttributeType<RtcpFeedback> RTCP_FB =
            of("rtcp-fb", "<payload type or *> <feedback> [<parameters>]", RtcpFeedback::read);
    public static final AttributeType<Extmap> EXTMAP =
            of("extmap", "<id>[/<direction>] <URI> [<attributes>]", Extmap::read);
    public static final AttributeType<Boolean> EXTMAP_ALLOW_MIXED = flag("extmap-allow-mixed");
    public static final AttributeType<Boolean> CRYPTEX = flag("cryptex");

    public static final AttributeType<SsrcAttribute> SSRC =
            of("ssrc", "<SSRC> <attribute>[:<value>]", SsrcAttribute::read);
    public static final AttributeType<SsrcGroup> SSRC_GROUP =
            of("ssrc-group", "<semantics> <SSRC> …", SsrcGroup::read);
    public static final AttributeType<Msid> MSID =
            of("msid", "<stream id> [<track id>]", Msid::read);
    public static final AttributeType<MsidSemantic> MSID_SEMANTIC =
            of("msid-semantic", "<semantics> [<stream id> …]", MsidSemantic::read);
    public static final AttributeType<String> MID = text("mid", "<token>", Numbers::isWord);
    public static final AttributeType<Group> GROUP =
            of("group", "<semantics> [<mid> …]", Group::read);
    public static final AttributeType<Boolean> BUNDLE_ONLY = flag("bundle-only");
    public static final AttributeType<Rid> RID =
            of("rid", "<id> send|recv [pt=<payload type>,…][;<restriction>=<value>…]", Rid::read);
    public static final AttributeType<Simulcast> SIMULCAST =
            of("simulcast", "send|recv <id>[,<id>…][;<id>…] [recv|send …]", Simulcast::read);

    public static final AttributeType<String> ICE_UFRAG =
            text("ice-ufrag", "<4 to 256 letters, digits, + and />", IceCredentials::isUfrag);
    public static final AttributeType<String> ICE_PWD =
            secret("ice-pwd", "<22 to 256 letters, digits, + and />", IceCredentials::isPassword);
    public static final AttributeType<Boolean> ICE_LITE = flag("ice-lite");
    public static final AttributeType<WordList> ICE_OPTIONS =
            of("ice-options", "<option> …", WordList::read);
    public static final AttributeType<CandidateLine> CANDIDATE =
            of(
                    "candidate",
                    "<foundation> <component> <transport> <priority> <address> <port> typ <type> …",
                    CandidateLine::read);
    public static final AttributeType<Boolean> END_OF_CANDIDATES = flag("end-of-candidates");

    public static final AttributeType<Fingerprint> FINGERPRINT =
            of("fingerprint", "<hash> <hexadecimal bytes with colons>", Fingerprint::read);
    public static final AttributeType<SetupRole> SETUP =
            of("setup", "active, passive, actpass or holdconn", SetupRole::read);
    public static final AttributeType<String> TLS_ID =
            text("tls-id", "<20 to 255 letters, digits, +, /, - and _>", AttributeType::isTlsId);
    public static final AttributeType<Boolean> RTCP_MUX = flag("rtcp-mux");
    public static final AttributeType<Boolean> RTCP_MUX_ONLY = flag("rtcp-mux-only");
    public static final AttributeType<Boolean> RTCP_RSIZE = flag("rtcp-rsize");
    public static final AttributeType<RtcpAddress> RTCP =
            of("rtcp", "<port> [IN IP4|IP6 <address>]", RtcpAddress::read);

    public static final AttributeType<Integer> SCTP_PORT =
            of("sctp-port", "<port 0 to 65535>", value -> number(value, MAX_PORT));
    public static final AttributeType<Long> MAX_MESSAGE_SIZE =
            of("max-message-size", "<bytes>", AttributeType::count);

    /** Milliseconds of media in a packet. */
    public static final AttributeType<Double> PTIME =
            of("ptime", "<milliseconds>", AttributeType::decimal);

    /** The most milliseconds of media in a packet. */
    public static final AttributeType<Double> MAXPTIME =
            of("maxptime", "<milliseconds>", AttributeType::decimal);

    /** Pictures a second. */
    public static final AttributeType<Double> FRAMERATE =
            of("framerate", "<frames a second>", AttributeType::decimal);

    public static final AttributeType<SourceFilter> SOURCE_FILTER =
            of(
                    "source-filter",
                    "incl|excl <nettype> <address types> <destination> <source> …",
                    SourceFilter::read);

    /** RFC 4568; the key in it is why it is kept as text and never shown. */
    public static final AttributeType<String> CRYPTO =
            secret("crypto", "<tag> <suite> <key parameters> …", AttributeType::isCrypto);

    public static final AttributeType<Boolean> SENDRECV = flag("sendrecv");
    public static final AttributeType<Boolean> SENDONLY = flag("sendonly");
    public static final AttributeType<Boolean> RECVONLY = flag("recvonly");
    public static final AttributeType<Boolean> INACTIVE = flag("inactive");

    private static final int MIN_TLS_ID_CHARS = 20;
    private static final int MAX_TLS_ID_CHARS = 255;

    /** Reads a value. */
    private interface Reader<T> {
        /** Null for a malformed value. */
        @Nullable T read(String value);
    }

    private final String name;
    private final String form;
    private final boolean isSecret;
    private final Reader<T> reader;

    private AttributeType(String name, String form, boolean isSecret, Reader<T> reader) {
        this.name = name;
        this.form = form;
        this.isSecret = isSecret;
        this.reader = reader;
    }

    private static <T> AttributeType<T> register(AttributeType<T> type) {
        BY_NAME.put(type.name, type);
        return type;
    }

    private static <T> AttributeType<T> of(String name, String form, Reader<T> reader) {
        return register(new AttributeType<>(name, form, false, reader));
    }

    private static AttributeType<String> text(String name, String form, Predicate<String> isRight) {
        return of(name, form, value -> isRight.test(value) ? value : null);
    }

    private static AttributeType<String> secret(
            String name, String form, Predicate<String> isRight) {
        return register(
                new AttributeType<>(name, form, true, value -> isRight.test(value) ? value : null));
    }

    private static AttributeType<Boolean> flag(String name) {
        return of(name, "", value -> value.isEmpty() ? Boolean.TRUE : null);
    }

    private static @Nullable Integer number(String value, int max) {
        int number = Numbers.parse(value.trim(), max);
        return number < 0 ? null : Integer.valueOf(number);
    }

    private static @Nullable Long count(String value) {
        long count = Numbers.parseLongest(value.trim());
        return count < 0 ? null : Long.valueOf(count);
    }

    private static @Nullable Double decimal(String value) {
        return Numbers.isDecimal(value.trim()) ? Double.valueOf(value.trim()) : null;
    }

    private static boolean isCrypto(String value) {
        var words = Numbers.words(value);
        return words.size() >= 3 && Numbers.parseLong(words.getFirst()) >= 0;
    }

    private static boolean isTlsId(String value) {
        return value.length() >= MIN_TLS_ID_CHARS
                && value.length() <= MAX_TLS_ID_CHARS
                && value.chars()
                        .allMatch(
                                c ->
                                        c < 128
                                                && (Character.isLetterOrDigit(c)
                                                        || "+/-_".indexOf(c) >= 0));
    }

    /** The type of a name; null for an attribute that is not understood. */
    static @Nullable AttributeType<?> ofName(String name) {
        return BY_NAME.get(name);
    }

    public String name() {
        return name;
    }

    /** The value in its type; null where it is malformed. */
    public @Nullable T read(String value) {
        return reader.read(value);
    }

    /** The line of a value. */
    public SdpAttribute line(T value) {
        return new SdpAttribute(name, value instanceof Boolean ? "" : String.valueOf(value));
    }

    /** What an error says: the form, and the text unless that is secret. */
    String expectation(String value) {
        String expected = "expected a=" + name + (form.isEmpty() ? " without a value" : ":" + form);
        return isSecret ? expected : expected + ", found " + Quoted.of("a=" + name + ":" + value);
    }

    @Override
    public String toString() {
        return name;
    }
}

package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stream within a media section, with what restricts it (RFC 8851 section 10):
 *
 * <pre>
 * a=rid:id send|recv [pt=97,98][;max-width=1280;…]
 * </pre>
 *
 * @param id letters, digits, {@code -} and {@code _}
 * @param isSent seen from the one who says it
 * @param payloadTypes those that the stream may use; empty for all of the section
 * @param restrictions in order; a value is empty where none is named
 */
public record Rid(
        String id, boolean isSent, List<Integer> payloadTypes, Map<String, String> restrictions) {

    private static final String PAYLOAD_TYPES = "pt";

    public Rid {
        payloadTypes = List.copyOf(payloadTypes);
        restrictions = Collections.unmodifiableMap(new LinkedHashMap<>(restrictions));
    }

    static @Nullable Rid read(String value) {
        String[] words = value.trim().split(" +", 3);
        boolean isSent = words.length > 1 && words[1].equals("send");
        if (!isId(words[0]) || words.length < 2 || (!isSent && !words[1].equals("recv"))) {
            return null;
        }
        List<Integer> payloadTypes = new ArrayList<>();
        Map<String, String> restrictions = new LinkedHashMap<>();
        for (String parameter : words.length == 3 ? words[2].split(";", -1) : new String[0]) {
            if (!readParameter(parameter.trim(), payloadTypes, restrictions)) {
                return null;
            }
        }
        return new Rid(words[0], isSent, payloadTypes, restrictions);
    }

    private static boolean readParameter(
            String parameter, List<Integer> payloadTypes, Map<String, String> restrictions) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        if (name.equals(PAYLOAD_TYPES)) {
            return payloadTypes.isEmpty() && readPayloadTypes(value, payloadTypes);
        }
        boolean isNumber = value.isEmpty() || Numbers.isDecimal(value);
        return Numbers.isWord(name)
                && (isNumber || !name.startsWith("max-"))
                && restrictions.put(name, value) == null;
    }

    private static boolean readPayloadTypes(String list, List<Integer> payloadTypes) {
        for (String digits : list.split(",", -1)) {
            payloadTypes.add(Numbers.parse(digits, 127));
        }
        return !payloadTypes.contains(-1);
    }

    /** Whether the text can be an id. */
    static boolean isId(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(
                                c ->
                                        (c >= 'a' && c <= 'z')
                                                || (c >= 'A' && c <= 'Z')
                                                || (c >= '0' && c <= '9')
                                                || c == '-'
                                                || c == '_');
    }

    @Override
    public String toString() {
        List<String> parameters = new ArrayList<>();
        if (!payloadTypes.isEmpty()) {
            List<String> numbers = payloadTypes.stream().map(String::valueOf).toList();
            parameters.add(PAYLOAD_TYPES + "=" + String.join(",", numbers));
        }
        restrictions.forEach((name, v) -> parameters.add(v.isEmpty() ? name : name + "=" + v));
        String stream = id + (isSent ? " send" : " recv");
        return parameters.isEmpty() ? stream : stream + " " + String.join(";", parameters);
    }
}

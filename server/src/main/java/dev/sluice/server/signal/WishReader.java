package dev.sluice.server.signal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.sluice.server.http.Problem;
import dev.sluice.server.http.ProblemException;
import dev.sluice.server.router.LayerWish;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads wishes for layers from queries and JSON, and says what is wrong with them. */
final class WishReader {

    /** Those that make sense before anything is known of the stream. */
    private static final List<WishFigure> IN_QUERIES =
            List.of(WishFigure.MAX_WIDTH, WishFigure.MAX_HEIGHT, WishFigure.MAX_BITRATE);

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private static final String MEDIA_ID = "mediaId";
    private static final List<String> ENCODING_IDS = List.of("encodingId", "rid");

    /** RFC 8851 section 10; in real offers they are short. */
    private static final Pattern RID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final int MAX_MEDIA_ID_CHARS = 64;

    /**
     * A body.
     *
     * @param mediaId which track it is about; null for the first video
     */
    record Body(@Nullable String mediaId, WishForm form) {}

    private WishReader() {}

    /** The wish in the query of an offer; automatic without one. */
    static LayerWish query(Context ctx) {
        Map<WishFigure, Long> figures = new EnumMap<>(WishFigure.class);
        for (WishFigure figure : IN_QUERIES) {
            List<String> values = ctx.queryParams(figure.member());
            if (values.size() > 1) {
                throw refused(figure.member(), "is given " + values.size() + " times");
            }
            if (!values.isEmpty()) {
                figures.put(figure, number(figure, values.getFirst()));
            }
        }
        return new WishForm(Optional.empty(), figures).wish();
    }

    private static long number(WishFigure figure, String text) {
        boolean isNumber = text.length() <= 18 && text.matches("[0-9]+");
        if (!isNumber || !figure.accepts(Long.parseLong(text))) {
            throw refused(figure, "'" + text + "'");
        }
        return Long.parseLong(text);
    }

    static Body body(String text) {
        JsonNode root = parse(text);
        if (!root.isObject()) {
            throw malformed("The body is no JSON object.", Map.of());
        }
        String mediaId = null;
        Optional<String> encodingId = Optional.empty();
        Map<WishFigure, Long> figures = new EnumMap<>(WishFigure.class);
        for (Map.Entry<String, JsonNode> member : root.properties()) {
            String name = member.getKey();
            WishFigure figure = WishFigure.of(name);
            if (name.equals(MEDIA_ID)) {
                mediaId = mediaId(member.getValue());
            } else if (ENCODING_IDS.contains(name)) {
                encodingId = Optional.of(encodingId(name, member.getValue()));
            } else if (figure != null) {
                figures.put(figure, number(figure, member.getValue()));
            } else {
                throw refused(name, "is not known; accepted: " + accepted());
            }
        }
        return new Body(mediaId, new WishForm(encodingId, figures));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            Map<String, Object> members =
                    place == null
                            ? Map.of()
                            : Map.of("line", place.getLineNr(), "column", place.getColumnNr());
            throw malformed("The body is no JSON: " + e.getOriginalMessage(), members);
        }
    }

    private static @Nullable String mediaId(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        boolean isId = value.isTextual() || value.isIntegralNumber();
        if (!isId || value.asText().isEmpty() || value.asText().length() > MAX_MEDIA_ID_CHARS) {
            throw refused(MEDIA_ID, value, "the mid of a video section");
        }
        return value.asText();
    }

    private static String encodingId(String name, JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        if (!value.isTextual() || !RID.matcher(value.asText()).matches()) {
            throw refused(name, value, "a RID: 1 to 64 letters, digits, hyphens or underscores");
        }
        return value.asText();
    }

    private static long number(WishFigure figure, JsonNode value) {
        if (value.isNull()) {
            return LayerWish.ANY;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || !figure.accepts(value.asLong())) {
            throw refused(figure.member(), value, figure.accepted());
        }
        return value.asLong();
    }

    private static String accepted() {
        return Stream.concat(
                        Stream.of(MEDIA_ID, ENCODING_IDS.getFirst()),
                        Stream.of(WishFigure.values()).map(WishFigure::member))
                .collect(Collectors.joining(", "));
    }

    private static ProblemException refused(WishFigure figure, String found) {
        return refused(figure.member(), "is " + found + "; accepted: " + figure.accepted());
    }

    private static ProblemException refused(String member, JsonNode found, String accepted) {
        String text = found.toString();
        String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        return refused(member, "is " + shown + "; accepted: " + accepted);
    }

    private static ProblemException refused(String member, String explanation) {
        String detail = member + " " + explanation + ".";
        return new ProblemException(
                Problem.of(
                                HttpStatus.BAD_REQUEST,
                                "layer-wish",
                                "This is no wish for layers",
                                detail)
                        .withExtension("member", member));
    }

    private static ProblemException malformed(String detail, Map<String, Object> members) {
        String title = "The body is malformed";
        Problem problem = Problem.of(HttpStatus.BAD_REQUEST, "malformed-json", title, detail);
        return new ProblemException(problem.withExtensions(members));
    }
}

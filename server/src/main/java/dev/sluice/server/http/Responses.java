package dev.sluice.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.javalin.http.Context;

/** Answers in JSON. */
public final class Responses {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Responses() {}

    /** Sets the body; {@code value} is of maps, collections, texts, numbers and flags. */
    public static void json(Context ctx, Object value) {
        ctx.contentType(MediaTypes.JSON).result(text(value));
    }

    /** The value as JSON. */
    static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("this has no form in JSON: " + value, e);
        }
    }
}

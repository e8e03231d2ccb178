package dev.sluice.server.http;

import io.javalin.http.HttpStatus;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refused request, in the terms of RFC 9457.
 *
 * @param name the last part of the problem type's URN, which programs may rely on; empty is {@code
 *     about:blank}
 * @param detail for people: what is wrong and what would be right
 * @param extensions further members of the body
 * @param headers response headers that belong to the status, such as Allow
 */
public record Problem(
        HttpStatus status,
        String name,
        String title,
        String detail,
        Map<String, Object> extensions,
        Map<String, String> headers) {

    public static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPE_PREFIX = "urn:problem-type:sluice:";

    public Problem {
        extensions = Map.copyOf(extensions);
        headers = Map.copyOf(headers);
    }

    /** A problem that its status tells in full. */
    public static Problem of(HttpStatus status, String detail) {
        return new Problem(status, "", status.getMessage(), detail, Map.of(), Map.of());
    }

    public static Problem of(HttpStatus status, String name, String title, String detail) {
        return new Problem(status, name, title, detail, Map.of(), Map.of());
    }

    public Problem withHeader(String header, String value) {
        return new Problem(status, name, title, detail, extensions, Map.of(header, value));
    }

    public Problem withExtension(String member, Object value) {
        return withExtensions(Map.of(member, value));
    }

    public Problem withExtensions(Map<String, Object> members) {
        return new Problem(status, name, title, detail, members, headers);
    }

    /**
     * The members of the body in their usual order.
     *
     * @param instance the path of the request
     */
    public Map<String, Object> body(String instance) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", name.isEmpty() ? "about:blank" : TYPE_PREFIX + name);
        body.put("title", title);
        body.put("status", status.getCode());
        body.put("detail", detail);
        body.put("instance", instance);
        body.putAll(extensions);
        return body;
    }
}

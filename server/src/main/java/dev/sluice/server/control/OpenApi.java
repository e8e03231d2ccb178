package dev.sluice.server.control;

import dev.sluice.server.http.MediaTypes;

import io.javalin.http.Context;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The description of the API, which is a file beside the code. */
final class OpenApi {

    private static final String FILE = "/openapi/control.json";
    private static final String TEXT = read();

    private OpenApi() {}

    static void handle(Context ctx) {
        ctx.contentType(MediaTypes.JSON).result(TEXT);
    }

    private static String read() {
        try (InputStream file = OpenApi.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("The program lacks its file " + FILE);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

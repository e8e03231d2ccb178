package dev.sluice.server.http;

import io.javalin.http.HttpStatus;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** Answers requests that Jetty itself refuses, such as malformed ones, without Jetty's own page. */
final class ProblemErrorHandler extends ErrorHandler {

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            String message,
            @Nullable Throwable cause,
            Callback callback) {
        String instance = request.getHttpURI().getPath();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        Content.Sink.write(response, true, body(code, instance == null ? "" : instance), callback);
    }

    @Override
    @SuppressWarnings("removal") // no successor yet
    public java.nio.ByteBuffer badMessageError(
            int status, String reason, HttpFields.Mutable fields) {
        fields.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        return java.nio.ByteBuffer.wrap(body(status, "").getBytes(StandardCharsets.UTF_8));
    }

    private static String body(int code, String instance) {
        HttpStatus status = HttpStatus.forStatus(code);
        String detail = "The HTTP request could not be understood or came too slowly.";
        return Responses.text(Problem.of(status, detail).body(instance));
    }
}

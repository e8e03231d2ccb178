package dev.sluice.server.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

import org.eclipse.jetty.http.HttpException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads bodies of bounded size, whether their length is announced or not. */
public final class RequestBody {

    /** The largest offer of a browser with many codecs has about 12 KiB. */
    static final int MAX_BYTES = 64 * 1024;

    /**
     * What is read and thrown away of a body that is too large, so that its sender gets to read the
     * refusal.
     */
    private static final int MAX_DISCARDED_BYTES = 1024 * 1024;

    private RequestBody() {}

    public static String text(Context ctx) {
        try {
            return read(ctx);
        } catch (IOException | HttpException.RuntimeException e) {
            String detail = "The body broke off or came too slowly.";
            throw new ProblemException(Problem.of(HttpStatus.BAD_REQUEST, detail));
        }
    }

    private static String read(Context ctx) throws IOException {
        InputStream body = ctx.req().getInputStream();
        byte[] bytes =
                ctx.req().getContentLengthLong() > MAX_BYTES
                        ? new byte[MAX_BYTES + 1]
                        : body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            discard(body);
            String detail = "The body has more than " + MAX_BYTES + " bytes.";
            throw new ProblemException(Problem.of(HttpStatus.CONTENT_TOO_LARGE, detail));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void discard(InputStream body) throws IOException {
        byte[] chunk = new byte[8192];
        int discarded = 0;
        int read = 0;
        while (read >= 0 && discarded < MAX_DISCARDED_BYTES) {
            read = body.read(chunk);
            discarded += Math.max(0, read);
        }
    }
}

package dev.sluice.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One path and the methods it has; all others get 405 with the Allow header. */
public final class Resource {

    private static final List<HandlerType> METHODS =
            List.of(
                    HandlerType.GET,
                    HandlerType.HEAD,
                    HandlerType.POST,
                    HandlerType.PUT,
                    HandlerType.PATCH,
                    HandlerType.DELETE,
                    HandlerType.QUERY,
                    HandlerType.TRACE);

    private Resource() {}

    /**
     * Adds the resource.
     *
     * @param cors answers OPTIONS
     * @param acceptHeaders what OPTIONS says about bodies: Accept-Post or Accept-Patch
     */
    public static void add(
            RoutesConfig routes,
            String path,
            Map<HandlerType, Handler> handlers,
            Cors cors,
            Map<String, String> acceptHeaders) {
        String allow = allowOf(handlers);
        for (HandlerType method : METHODS) {
            Handler handler = handlers.get(method);
            routes.addHttpHandler(
                    method, path, handler == null ? ctx -> refuse(ctx, allow) : handler);
        }
        routes.options(
                path,
                ctx -> {
                    acceptHeaders.forEach(ctx::header);
                    cors.onOptions(ctx, allow);
                });
    }

    private static String allowOf(Map<HandlerType, Handler> handlers) {
        Stream<String> names =
                METHODS.stream().filter(handlers::containsKey).map(HandlerType::name);
        return Stream.concat(names, Stream.of("OPTIONS")).collect(Collectors.joining(", "));
    }

    private static void refuse(Context ctx, String allow) {
        String detail = "%s has no meaning here; allowed: %s.".formatted(ctx.method(), allow);
        throw new ProblemException(
                Problem.of(HttpStatus.METHOD_NOT_ALLOWED, detail).withHeader(Header.ALLOW, allow));
    }
}

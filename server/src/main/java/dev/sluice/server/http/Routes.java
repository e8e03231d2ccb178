package dev.sluice.server.http;

import io.javalin.config.RoutesConfig;

/** A group of resources that the server offers. */
@FunctionalInterface
public interface Routes {

    /**
     * Adds the resources.
     *
     * @param cors answers their preflights
     */
    void addTo(RoutesConfig routes, Cors cors);
}

package dev.sluice.server.network;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;

import dev.sluice.server.browser.Browsers;
import dev.sluice.server.libwebrtc.LossyUdpProxy;

/**
 * Sends a viewer's media through a proxy, by naming the proxy's port in the server's answer.
 *
 * @param mediaPort the server's own
 */
record Detour(LossyUdpProxy network, int mediaPort) {

    /** The answer as the viewer shall see it. */
    String of(String answer) {
        String candidate = " %d typ host".formatted(mediaPort);
        if (!answer.contains(candidate)) {
            throw new IllegalArgumentException("no candidate with" + candidate + " in " + answer);
        }
        return answer.replace(candidate, " %d typ host".formatted(network.port()));
    }

    /** As {@link ScreenPage#watch}, for a viewer on the other side of the proxy. */
    ScreenPage watch(Browsers browsers, String base) {
        Page page = browsers.newPage();
        page.route("**/whep/*", this::answer);
        return ScreenPage.open(page, base);
    }

    private void answer(Route route) {
        if (!route.request().method().equals("POST")) {
            route.resume();
            return;
        }
        APIResponse response = route.fetch();
        Route.FulfillOptions options = new Route.FulfillOptions().setResponse(response);
        route.fulfill(response.ok() ? options.setBody(of(response.text())) : options);
    }
}

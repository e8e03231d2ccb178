package dev.sluice.server.router;

import dev.sluice.server.session.SessionSink;

/** The way back to a publisher, wherever he is: asks him for a key frame. */
@FunctionalInterface
interface PictureRequests {

    void requestPicture(long ssrc, SessionSink out);
}

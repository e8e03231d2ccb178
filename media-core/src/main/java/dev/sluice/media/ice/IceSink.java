package dev.sluice.media.ice;

import io.netty.buffer.ByteBuf;

/** Where an agent puts what follows from a message or a deadline. */
public interface IceSink {

    /** An answer or a check to send; the sink owns the buffer from here on. */
    void sendStun(ByteBuf message, NetworkPath path);

    /** Datagrams of the session may come from here from now on. */
    void onPathValidated(NetworkPath path);

    /** Datagrams from here are nobody's again. */
    void onPathRetired(NetworkPath path);

    /** Everything sent to the peer goes here from now on. */
    void onPathSelected(NetworkPath path);

    /** Checks with this local ufrag are not answered any more: a restart has completed. */
    void onUfragRetired(String localUfrag);

    /** The peer has not renewed its consent to receive in time: the session must stop sending. */
    void onConsentExpired();
}

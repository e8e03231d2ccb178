package dev.sluice.server.net;

/** Receives by one UDP socket. */
interface DatagramReceiver {

    /** Lets datagrams in. */
    void start();

    /** Takes no more of them; returns when the loop is done with the last. */
    void stop();
}

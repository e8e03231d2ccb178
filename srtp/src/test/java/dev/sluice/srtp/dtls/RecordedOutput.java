package dev.sluice.srtp.dtls;

import dev.sluice.srtp.keys.KeyingMaterial;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what an endpoint says, for the test's thread to look at. */
final class RecordedOutput implements DtlsOutput {

    final ConcurrentLinkedQueue<byte[]> datagrams = new ConcurrentLinkedQueue<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    volatile @Nullable KeyingMaterial keys;
    volatile @Nullable DtlsFailure failure;
    volatile String detail = "";

    @Override
    public void transmit(byte[] datagram) {
        datagrams.add(datagram);
    }

    @Override
    public void connected(KeyingMaterial material) {
        keys = material;
        events.add("connected");
    }

    @Override
    public void failed(DtlsFailure reason, String detail) {
        failure = reason;
        this.detail = detail;
        events.add("failed " + reason);
    }

    @Override
    public void closed(String reason) {
        detail = reason;
        events.add("closed");
    }
}

package dev.sluice.media.ice;

import dev.sluice.media.stun.StunMessage;

import io.netty.buffer.ByteBuf;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Keeps what an agent says, as text, and what it sends. */
final class RecordingIceSink implements IceAgentSink {

    final List<String> events = new ArrayList<>();
    final List<ByteBuf> sent = new ArrayList<>();

    @Override
    public void sendStun(ByteBuf answer, NetworkPath path) {
        sent.add(answer);
    }

    @Override
    public void onPathValidated(NetworkPath path) {
        events.add("validated " + path.remote().getPort());
    }

    @Override
    public void onPathRetired(NetworkPath path) {
        events.add("retired " + path.remote().getPort());
    }

    @Override
    public void onPathSelected(NetworkPath path) {
        events.add("selected " + path.remote().getPort());
    }

    @Override
    public void onUfragRetired(String localUfrag) {
        events.add("ufrag retired " + localUfrag);
    }

    @Override
    public void onConsentExpired() {
        events.add("consent expired");
    }

    @Override
    public void onState(IceState state) {
        events.add(state.name());
    }

    @Override
    public void connect(LocalCandidate from, InetSocketAddress to) {
        events.add("connect " + to.getPort());
    }

    StunMessage lastAnswer() {
        var message = new StunMessage();
        if (!message.wrap(sent.getLast())) {
            throw new AssertionError("The answer is not well-formed");
        }
        return message;
    }

    void release() {
        sent.forEach(ByteBuf::release);
    }
}

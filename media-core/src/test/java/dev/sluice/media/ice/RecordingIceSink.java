package dev.sluice.media.ice;

import dev.sluice.media.stun.StunMessage;

import io.netty.buffer.ByteBuf;

import java.util.ArrayList;
import java.util.List;

/** Keeps what an agent says, as text, and its answers. */
final class RecordingIceSink implements IceSink {

    final List<String> events = new ArrayList<>();
    final List<ByteBuf> answers = new ArrayList<>();

    @Override
    public void sendStun(ByteBuf answer, NetworkPath path) {
        answers.add(answer);
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

    StunMessage lastAnswer() {
        var message = new StunMessage();
        if (!message.wrap(answers.getLast())) {
            throw new AssertionError("The answer is not well-formed");
        }
        return message;
    }

    void release() {
        answers.forEach(ByteBuf::release);
    }
}

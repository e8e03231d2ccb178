package dev.sluice.media.ice;

import dev.sluice.media.stun.StunIntegrity;
import dev.sluice.media.stun.StunMessage;

import io.netty.buffer.ByteBufAllocator;

import java.util.List;

/**
 * Answers the peer's checks, and tells the checks of ours of those that are right (RFC 8445,
 * section 7.3).
 */
final class CheckResponder {

    private final BindingAnswers answers;
    private final AgentRole role;
    private final LocalCandidates locals;
    private final CheckGenerations generations;

    CheckResponder(
            AgentRole role,
            LocalCandidates locals,
            CheckGenerations generations,
            ByteBufAllocator allocator) {
        this.role = role;
        this.locals = locals;
        this.generations = generations;
        this.answers = new BindingAnswers(allocator);
    }

    /** Takes a request, which is not authenticated yet. */
    IceStatus onRequest(StunMessage request, NetworkPath path, long nowNanos, IceSink out) {
        IceChecks addressed = generations.addressedBy(request.username());
        if (addressed == null) {
            return IceStatus.WRONG_USERNAME;
        }
        StunIntegrity integrity = addressed.credentials().localIntegrity();
        if (!request.verifyIntegrity(integrity)) {
            return IceStatus.BAD_INTEGRITY;
        }
        LocalCandidate own = locals.receiving(path);
        if (own == null) {
            return IceStatus.NOT_SERVED;
        }
        IceStatus status = answer(request, integrity, path, out);
        if (status == IceStatus.ANSWERED && addressed == generations.current()) {
            addressed.onRequest(request, own, path, nowNanos);
        }
        return status;
    }

    private IceStatus answer(
            StunMessage request, StunIntegrity integrity, NetworkPath path, IceSink out) {
        List<Integer> unknown = request.unknownRequiredAttributes();
        if (!unknown.isEmpty()) {
            return answers.refuseUnknown(request, unknown, integrity, path, out);
        }
        if (request.priority() < 0) {
            return IceStatus.MALFORMED;
        }
        return role.accepts(request)
                ? answers.accept(request, integrity, path, out)
                : answers.refuseRole(request, integrity, path, out);
    }
}

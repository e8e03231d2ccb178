package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

/** How far an exchange of offer and answer is (RFC 8829 section 3.2). */
public enum SignalingState {
    /** Nothing is under way; also the beginning. */
    STABLE,
    HAVE_LOCAL_OFFER,
    HAVE_REMOTE_OFFER,
    /** A remote offer has been answered provisionally by us. */
    HAVE_LOCAL_PRANSWER,
    /** A local offer has been answered provisionally by the other side. */
    HAVE_REMOTE_PRANSWER,
    CLOSED;

    /** The state after a description, or null where it may not come now. */
    @Nullable SignalingState after(boolean isLocal, DescriptionType type) {
        boolean offered = isLocal ? this == HAVE_REMOTE_OFFER : this == HAVE_LOCAL_OFFER;
        boolean provisional = isLocal ? this == HAVE_LOCAL_PRANSWER : this == HAVE_REMOTE_PRANSWER;
        SignalingState offering = isLocal ? HAVE_LOCAL_OFFER : HAVE_REMOTE_OFFER;
        return switch (type) {
            case OFFER -> this == STABLE || this == offering ? offering : null;
            case PRANSWER ->
                    offered || provisional
                            ? (isLocal ? HAVE_LOCAL_PRANSWER : HAVE_REMOTE_PRANSWER)
                            : null;
            case ANSWER -> offered || provisional ? STABLE : null;
        };
    }
}

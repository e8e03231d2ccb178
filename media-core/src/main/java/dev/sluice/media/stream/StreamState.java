package dev.sluice.media.stream;

/**
 * Where a stream is in its life.
 *
 * <pre>
 *   Initializing ──▶ Active ◀──▶ Paused
 *        │            ▲  │         ▲
 *        │            │  │         │
 *        │            ▼  │         │
 *        │          Muted ◀────────┘
 *        └──────▶ Stopped ◀── from each of them
 * </pre>
 */
public sealed interface StreamState {

    /** When the state began. */
    long sinceNanos();

    /** It is agreed on; nothing has come or gone yet. */
    record Initializing(long sinceNanos) implements StreamState {}

    /** It carries media. */
    record Active(long sinceNanos) implements StreamState {}

    /** It carries nothing for now. */
    record Paused(long sinceNanos) implements StreamState {}

    /** It carries packets, but nothing to be heard or seen. */
    record Muted(long sinceNanos) implements StreamState {}

    /** It is over and will not come back. */
    record Stopped(long sinceNanos) implements StreamState {}

    /** Whether the stream may go from this state to that one; never to the same. */
    default boolean mayBecome(StreamState next) {
        return switch (this) {
            case Initializing _ -> next instanceof Active || next instanceof Stopped;
            case Active _ ->
                    next instanceof Paused || next instanceof Muted || next instanceof Stopped;
            case Paused _ ->
                    next instanceof Active || next instanceof Muted || next instanceof Stopped;
            case Muted _ ->
                    next instanceof Active || next instanceof Paused || next instanceof Stopped;
            case Stopped _ -> false;
        };
    }
}

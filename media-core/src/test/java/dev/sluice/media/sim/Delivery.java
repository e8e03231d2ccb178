package dev.sluice.media.sim;

import io.netty.buffer.ByteBuf;

/**
 * A datagram that has arrived. It is an unpooled copy that belongs to whoever polled it, who may
 * change it and need not release it.
 *
 * @param <E> what names an endpoint
 * @param atNanos when it arrived
 */
public record Delivery<E>(E from, E to, ByteBuf datagram, long atNanos) {}

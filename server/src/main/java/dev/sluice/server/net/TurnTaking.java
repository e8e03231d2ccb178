package dev.sluice.server.net;

import dev.sluice.sockets.Transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.RejectedExecutionHandlers;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * How tasks and sockets take turns on a media loop. By itself Netty reads sockets only when no task
 * is left, or after a second.
 */
final class TurnTaking {

    private static final Logger LOG = LoggerFactory.getLogger(TurnTaking.class);

    /** Tasks in turn; Netty looks at the clock after each 64 of them. */
    private static final long TASKS_MILLIS = 5;

    private TurnTaking() {}

    /**
     * One thread of this name. Netty's own queue has the loop wait actively for a task that another
     * thread is about to add, and whose processor a loop in real time may have taken.
     */
    static EventLoopGroup thread(String name, Transport transport) {
        return new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory(name), transport.ioHandler()) {

            @Override
            protected IoEventLoop newChild(
                    Executor executor, IoHandlerFactory handlers, Object... arguments) {
                return new SingleThreadIoEventLoop(
                        this,
                        executor,
                        handlers,
                        Integer.MAX_VALUE,
                        RejectedExecutionHandlers.reject(),
                        TASKS_MILLIS) {

                    @Override
                    protected Queue<Runnable> newTaskQueue(int maxTasks) {
                        return new ConcurrentLinkedQueue<>();
                    }
                };
            }
        };
    }

    /**
     * Runs the task on the loop. What the loop tells itself, mostly to go on later, waits until the
     * sockets were read. What comes when the loop has ended is for nobody.
     */
    static void execute(EventLoop loop, Runnable task) {
        try {
            if (loop.inEventLoop()) {
                var _ = loop.schedule(task, 0, TimeUnit.NANOSECONDS);
            } else {
                loop.execute(task);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("a letter came after the end of the media loop");
        }
    }
}

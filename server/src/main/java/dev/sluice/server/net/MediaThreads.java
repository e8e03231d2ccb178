package dev.sluice.server.net;

import io.netty.util.concurrent.DefaultThreadFactory;

/** Makes the threads of media loops, for which packets shall not wait. */
final class MediaThreads extends DefaultThreadFactory {

    MediaThreads(String name) {
        super(name);
    }

    @Override
    protected Thread newThread(Runnable work, String name) {
        return super.newThread(
                () -> {
                    LinuxScheduler.takeShortTurns();
                    work.run();
                },
                name);
    }
}

package dev.sluice.bench.run;

/**
 * What Sluice holds at one moment.
 *
 * @param heapBytes of objects that live: read after a collection
 * @param heapRoomBytes what the heap has taken of the system, garbage and free room included
 * @param directBytes direct buffers, pools included
 * @param rssBytes resident memory, garbage and code included
 * @param threads of Java
 * @param files open files and sockets
 */
record Footprint(
        double heapBytes,
        double heapRoomBytes,
        double directBytes,
        double rssBytes,
        double threads,
        double files) {

    /** Takes the sample; a collection comes first. */
    static Footprint of(SluiceServer server) throws InterruptedException {
        Jcmd.collect(server.pid());
        MetricsText metrics = server.metrics();
        return new Footprint(
                metrics.sum("jvm_memory_used_bytes", "area=\"heap\""),
                metrics.sum("jvm_memory_committed_bytes", "area=\"heap\""),
                Jcmd.directBytes(server.pid()),
                server.rssBytes(),
                metrics.sum("jvm_threads_live_threads"),
                metrics.sum("process_files_open_files"));
    }

    Footprint withDirectBytes(double other) {
        return new Footprint(heapBytes, heapRoomBytes, other, rssBytes, threads, files);
    }

    Footprint minus(Footprint other) {
        return new Footprint(
                heapBytes - other.heapBytes,
                heapRoomBytes - other.heapRoomBytes,
                directBytes - other.directBytes,
                rssBytes - other.rssBytes,
                threads - other.threads,
                files - other.files);
    }

    Footprint per(int count) {
        return new Footprint(
                heapBytes / count,
                heapRoomBytes / count,
                directBytes / count,
                rssBytes / count,
                threads / count,
                files / count);
    }
}

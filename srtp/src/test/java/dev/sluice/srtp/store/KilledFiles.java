package dev.sluice.srtp.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * File operations of a process that dies at a given step: before it, in its middle or behind it.
 */
final class KilledFiles implements FileOperations {

    /** Where in the step. */
    enum Moment {
        BEFORE,
        HALFWAY,
        AFTER
    }

    /** The process is dead: nothing may catch this and go on. */
    static final class Killed extends Error {

        private static final long serialVersionUID = 1;
    }

    private final FileOperations disk = new DiskFiles();
    private final List<String> steps = new ArrayList<>();
    private final int lastStep;
    private final Moment moment;

    KilledFiles(int lastStep, Moment moment) {
        this.lastStep = lastStep;
        this.moment = moment;
    }

    /** The names of the steps that were begun. */
    List<String> steps() {
        return steps;
    }

    boolean isDead() {
        return steps.size() > lastStep;
    }

    @Override
    public void create(Path file, ByteBuffer content) throws IOException {
        boolean dies = begin("create");
        if (dies && moment == Moment.HALFWAY) {
            disk.create(file, content.slice(0, content.remaining() / 2));
            throw new Killed();
        }
        disk.create(file, content);
        end(dies);
    }

    @Override
    public void sync(Path file) throws IOException {
        boolean dies = begin("sync");
        disk.sync(file);
        end(dies);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        boolean dies = begin("rename");
        disk.rename(from, to);
        end(dies);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        boolean dies = begin("syncDirectory");
        disk.syncDirectory(directory);
        end(dies);
    }

    @Override
    public void delete(Path file) throws IOException {
        boolean dies = begin("delete");
        disk.delete(file);
        end(dies);
    }

    private boolean begin(String step) {
        if (isDead()) {
            throw new Killed();
        }
        steps.add(step);
        boolean dies = isDead();
        if (dies && moment == Moment.BEFORE) {
            throw new Killed();
        }
        return dies;
    }

    private static void end(boolean dies) {
        if (dies) {
            throw new Killed();
        }
    }
}

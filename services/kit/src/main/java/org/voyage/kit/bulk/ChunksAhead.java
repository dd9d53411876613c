package org.voyage.kit.bulk;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Refusal;

/**
 * Reads the next chunk of a file while the last one is stored: the database works then, and nobody here. The file is
 * read by one thread at a time.
 */
final class ChunksAhead implements AutoCloseable {
    private final Chunk.Cutter cutter;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("bulk-reader").daemon().factory());
    private @Nullable Future<Chunk> ahead;

    ChunksAhead(Chunk.Cutter cutter) {
        this.cutter = cutter;
    }

    boolean done() {
        return ahead == null && cutter.done();
    }

    /** How many rows the file has; known at its end. */
    long rows() {
        return cutter.rows();
    }

    /** The keys of the file; known at its end. */
    KeysOfFile keys() {
        return cutter.keys();
    }

    /** @throws RuntimeException what reading it failed with, when it is this chunk's turn and not before */
    Chunk next() {
        var chunk = ahead == null ? cutter.cut() : await(ahead);
        ahead = cutter.done() ? null : reader.submit(cutter::cut);
        return chunk;
    }

    private static Chunk await(Future<Chunk> ahead) {
        try {
            return ahead.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException why ? why : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(5);
        }
    }

    /** Nobody reads the file any more when this returns. */
    @Override
    public void close() {
        reader.close();
    }
}

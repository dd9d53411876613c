package org.voyage.kit.bulk.format;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;

/**
 * Reads the next chunk of a file while the last one is stored: the database works then, and nobody here. The file is
 * read by one thread at a time.
 */
public final class ChunkPrefetcher implements AutoCloseable {
    private final Chunk.ChunkCutter cutter;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("bulk-reader").daemon().factory());
    private @Nullable Future<Chunk> ahead;

    public ChunkPrefetcher(Chunk.ChunkCutter cutter) {
        this.cutter = cutter;
    }

    public boolean isDone() {
        return ahead == null && cutter.isDone();
    }

    /** How many rows the file has; known at its end. */
    public long rowCount() {
        return cutter.rowCount();
    }

    /** The keys of the file; known at its end. */
    public FileKeyIndex keys() {
        return cutter.keys();
    }

    /** @throws RuntimeException what reading it failed with, when it is this chunk's turn and not before */
    public Chunk nextChunk() {
        var chunk = ahead == null ? cutter.nextChunk() : awaitChunk(ahead);
        ahead = cutter.isDone() ? null : reader.submit(cutter::nextChunk);
        return chunk;
    }

    private static Chunk awaitChunk(Future<Chunk> ahead) {
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

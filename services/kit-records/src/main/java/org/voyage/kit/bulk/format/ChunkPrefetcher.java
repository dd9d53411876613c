package org.voyage.kit.bulk.format;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * Prefetcher that reads the next chunk of a file while the database stores the last one. One thread at a time reads the
 * file.
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

    /** Returns the number of rows of the file; known at its end. */
    public long rowCount() {
        return cutter.rowCount();
    }

    /** Returns warnings about the parts of the file that are no record, with the number of their rows; known at its end. */
    public Map<Finding, Long> ignoredParts() {
        return cutter.ignoredParts();
    }

    /** Returns the keys of the file; known at its end. */
    public FileKeyIndex keys() {
        return cutter.keys();
    }

    /**
     * Returns the next chunk.
     *
     * @throws RuntimeException the failure of reading this chunk, not before its turn
     */
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

    /** Closes the prefetcher; no thread reads the file after that. */
    @Override
    public void close() {
        reader.close();
    }
}

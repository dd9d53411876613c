package org.voyage.kit.bulk.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;

/**
 * Consecutive rows that are handled together; no two with the same source id.
 *
 * @param bytesRead position in the file behind the last of the rows
 */
public record Chunk(List<ParsedRow> rows, long bytesRead) {

    public long firstRow() {
        return rows.getFirst().number();
    }

    public Chunk subChunk(int from, int to) {
        return new Chunk(rows.subList(from, to), bytesRead);
    }

    /** Returns the keys that look like a person, of the rows that can be read. */
    public Set<String> personalKeys() {
        return rows.stream()
                .filter(ParsedRow::hasPersonalKey)
                .map(row -> String.valueOf(row.sourceId()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns this chunk with each row refused whose key looks like a person, unless an active record has the key. */
    public Chunk withPersonalKeysRefused(Set<String> active) {
        return new Chunk(
                rows.stream()
                        .map(row -> row.hasPersonalKey() && !active.contains(String.valueOf(row.sourceId()))
                                ? row.asRefused()
                                : row)
                        .toList(),
                bytesRead);
    }

    /** Cutter of rows into chunks. */
    public static final class ChunkCutter {
        private final RowSource source;
        private final int maxRows;
        private final long maxBytes;
        private final FileKeyIndex keysOfFile;
        private @Nullable ParsedRow next;
        private long rows;
        /** Start of {@code next}. */
        private long position;

        /** @param keysOfFile empty index, which receives the keys of the file */
        public ChunkCutter(RowSource source, int maxRows, long maxBytes, FileKeyIndex keysOfFile) {
            this.keysOfFile = keysOfFile;
            this.source = source;
            this.maxRows = maxRows;
            this.maxBytes = maxBytes;
            this.next = readRow();
        }

        public boolean isDone() {
            return next == null;
        }

        /** Returns the number of the last row read; at the end, the number of all rows. */
        long rowCount() {
            return rows;
        }

        /** Returns the warnings of {@link RowSource#ignoredParts}. */
        Map<Finding, Long> ignoredParts() {
            return source.ignoredParts();
        }

        /** Returns the keys of all rows read. */
        FileKeyIndex keys() {
            return keysOfFile;
        }

        /** Skips the rows up to this number, which have their outcome from an earlier attempt at the batch. */
        public void skipThrough(long row) {
            for (var it = next; it != null && it.number() <= row; it = next) {
                next = readRow();
            }
        }

        Chunk nextChunk() {
            var rows = new ArrayList<ParsedRow>();
            var keys = new HashSet<String>();
            long bytes = 0;
            for (var row = next; row != null; row = readRow()) {
                bytes += row.raw().length;
                boolean full = rows.size() == maxRows || !rows.isEmpty() && bytes > maxBytes;
                if (full || row.row() != null && !keys.add(row.row().sourceId())) {
                    next = row;
                    return new Chunk(rows, position);
                }
                rows.add(row);
            }
            next = null;
            return new Chunk(rows, position);
        }

        private @Nullable ParsedRow readRow() {
            try {
                position = source.position();
                var row = source.nextRow();
                if (row == null) {
                    position = source.position();
                    return null;
                }
                rows = row.number();
                return row.comparedWith(keysOfFile);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

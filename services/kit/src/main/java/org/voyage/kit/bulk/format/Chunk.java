package org.voyage.kit.bulk.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive rows that are handled together; no two with the same source id.
 *
 * @param bytesRead how far the file has been read behind the last of them
 */
public record Chunk(List<ParsedRow> rows, long bytesRead) {

    public long firstRow() {
        return rows.getFirst().number();
    }

    public Chunk subChunk(int from, int to) {
        return new Chunk(rows.subList(from, to), bytesRead);
    }

    /** Cuts rows into chunks. */
    public static final class ChunkCutter {
        private final RowSource source;
        private final int maxRows;
        private final long maxBytes;
        private final FileKeyIndex keysOfFile = new FileKeyIndex();
        private @Nullable ParsedRow next;
        private long rows;
        /** Where {@code next} begins. */
        private long position;

        public ChunkCutter(RowSource source, int maxRows, long maxBytes) {
            this.source = source;
            this.maxRows = maxRows;
            this.maxBytes = maxBytes;
            this.next = readRow();
        }

        public boolean isDone() {
            return next == null;
        }

        /** Number of the last row that was read; at the end, how many there are. */
        long rowCount() {
            return rows;
        }

        /** Those of all rows that were read. */
        FileKeyIndex keys() {
            return keysOfFile;
        }

        /** Leaves out the rows up to this number, which have their outcome from an earlier life of the batch. */
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

package org.voyage.kit.bulk;

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
record Chunk(List<ReadRow> rows, long bytesRead) {

    long firstRow() {
        return rows.getFirst().number();
    }

    Chunk part(int from, int to) {
        return new Chunk(rows.subList(from, to), bytesRead);
    }

    /** Cuts rows into chunks. */
    static final class Cutter {
        private final RowSource source;
        private final int maxRows;
        private final long maxBytes;
        private final KeysOfFile keysOfFile = new KeysOfFile();
        private @Nullable ReadRow next;
        private long rows;
        /** Where {@code next} begins. */
        private long position;

        Cutter(RowSource source, int maxRows, long maxBytes) {
            this.source = source;
            this.maxRows = maxRows;
            this.maxBytes = maxBytes;
            this.next = read();
        }

        boolean done() {
            return next == null;
        }

        /** Number of the last row that was read; at the end, how many there are. */
        long rows() {
            return rows;
        }

        /** Those of all rows that were read. */
        KeysOfFile keys() {
            return keysOfFile;
        }

        /** Leaves out the rows up to this number, which have their outcome from an earlier life of the batch. */
        void after(long row) {
            for (var it = next; it != null && it.number() <= row; it = next) {
                next = read();
            }
        }

        Chunk cut() {
            var rows = new ArrayList<ReadRow>();
            var keys = new HashSet<String>();
            long bytes = 0;
            for (var row = next; row != null; row = read()) {
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

        private @Nullable ReadRow read() {
            try {
                position = source.position();
                var row = source.next();
                if (row == null) {
                    position = source.position();
                    return null;
                }
                rows = row.number();
                return row.amongThose(keysOfFile);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

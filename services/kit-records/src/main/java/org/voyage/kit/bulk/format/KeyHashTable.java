package org.voyage.kit.bulk.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;

/**
 * Table of hashes, none of them 0, with the row of each if it stores rows. Each hash is at the place that its lower bits
 * name, or at the next free one. The table is in memory up to a limit, then in a file. Not safe for threads.
 */
final class KeyHashTable implements Closeable {
    /** Answer for a hash that the table does not have. */
    static final long ABSENT = -1;

    private static final int INITIAL_CAPACITY = 1 << 10;
    /** The first file is this many times as large as the last table in memory, as a file is slow to fill again. */
    private static final int FIRST_FILE_GROWTH = 8;

    private static final int RETRY_AFTER_SECONDS = 60;

    private final Path folder;
    private final long memoryBytes;
    private final int entryBytes;
    private TableSlots slots;
    private long size;

    /** @param memoryBytes maximum memory of the table, also while it grows */
    KeyHashTable(Path folder, long memoryBytes, boolean ofRows) {
        this.folder = folder;
        this.memoryBytes = memoryBytes;
        this.entryBytes = ofRows ? Long.BYTES + Integer.BYTES : Long.BYTES;
        this.slots = new MemorySlots(INITIAL_CAPACITY, ofRows);
    }

    /**
     * Adds a hash.
     *
     * @param row from 0 to 2^32 - 1
     * @return row of the hash if the table had it already, 0 in a table without rows; {@link #ABSENT} if it was added
     */
    long add(long hash, long row) {
        try {
            long there = slots.insert(hash, (int) row);
            if (there == ABSENT && ++size > slots.capacity() / 4 * 3) {
                growTable();
            }
            return there;
        } catch (IOException e) {
            throw diskFull();
        }
    }

    /** Returns the row of a hash, 0 in a table without rows; {@link #ABSENT} if the table does not have it. */
    long find(long hash) {
        try {
            return slots.find(hash);
        } catch (IOException e) {
            throw diskFull();
        }
    }

    long memoryBytes() {
        return slots instanceof MemorySlots ? slots.capacity() * entryBytes : 0;
    }

    private static Refusal diskFull() {
        return new Refusal.Unavailable(RETRY_AFTER_SECONDS);
    }

    private void growTable() throws IOException {
        var old = slots;
        long doubled = 2 * old.capacity();
        boolean ofRows = entryBytes > Long.BYTES;
        // Both tables are in memory while one is copied into the other.
        boolean inMemory = old instanceof MemorySlots && (old.capacity() + doubled) * entryBytes <= memoryBytes;
        var larger = inMemory
                ? new MemorySlots((int) doubled, ofRows)
                : new DiskSlots(
                        folder, old instanceof MemorySlots ? FIRST_FILE_GROWTH * old.capacity() : doubled, entryBytes);
        try (old) {
            old.copyTo(larger);
            slots = larger;
        } catch (IOException | RuntimeException e) {
            larger.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        slots.close();
    }

    /** Places of a table; their number is a power of two. */
    private interface TableSlots extends Closeable {
        long capacity();

        long insert(long hash, int row) throws IOException;

        long find(long hash) throws IOException;

        void copyTo(TableSlots other) throws IOException;
    }

    private static final class MemorySlots implements TableSlots {
        private final long[] hashes;
        /** Row of each hash, unsigned; null if the table stores no rows. */
        private final int @Nullable [] rows;

        MemorySlots(int capacity, boolean ofRows) {
            hashes = new long[capacity];
            rows = ofRows ? new int[capacity] : null;
        }

        @Override
        public long capacity() {
            return hashes.length;
        }

        @Override
        public long insert(long hash, int row) {
            int place = placeOf(hash);
            if (hashes[place] != 0) {
                return rowAt(place);
            }
            hashes[place] = hash;
            if (rows != null) {
                rows[place] = row;
            }
            return ABSENT;
        }

        @Override
        public long find(long hash) {
            int place = placeOf(hash);
            return hashes[place] == 0 ? ABSENT : rowAt(place);
        }

        /** Returns the place of the hash, or the free one where it belongs. */
        private int placeOf(long hash) {
            int place = (int) hash & hashes.length - 1;
            while (hashes[place] != 0 && hashes[place] != hash) {
                place = place + 1 & hashes.length - 1;
            }
            return place;
        }

        private long rowAt(int place) {
            return rows == null ? 0 : Integer.toUnsignedLong(rows[place]);
        }

        @Override
        public void copyTo(TableSlots other) throws IOException {
            for (int i = 0; i < hashes.length; i++) {
                if (hashes[i] != 0) {
                    other.insert(hashes[i], rows == null ? 0 : rows[i]);
                }
            }
        }

        @Override
        public void close() {}
    }

    private static final class DiskSlots implements TableSlots {
        /** Number of entries of one read: nearly every hash is found among them. */
        private static final int ENTRIES_READ = 16;

        private static final int ENTRIES_COPIED = 1 << 13;

        private final FileChannel file;
        private final long capacity;
        private final int entryBytes;
        private final ByteBuffer read;
        private final ByteBuffer written;
        private long place;

        /** Opens a file that has no name any more: no other process can read it, and it does not outlive this process. */
        DiskSlots(Path folder, long capacity, int entryBytes) throws IOException {
            var path = folder.resolve("keys-" + UUID.randomUUID());
            this.file = FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(path);
            this.capacity = capacity;
            this.entryBytes = entryBytes;
            this.read = ByteBuffer.allocateDirect(ENTRIES_READ * entryBytes);
            this.written = ByteBuffer.allocateDirect(entryBytes);
        }

        @Override
        public long capacity() {
            return capacity;
        }

        @Override
        public long insert(long hash, int row) throws IOException {
            long there = find(hash);
            if (there == ABSENT) {
                written.clear().putLong(hash);
                if (entryBytes > Long.BYTES) {
                    written.putInt(row);
                }
                written.flip();
                long at = place * entryBytes;
                while (written.hasRemaining()) {
                    at += file.write(written, at);
                }
            }
            return there;
        }

        /** Also moves {@code place} to the place of the hash, or to the free one where it belongs. */
        @Override
        public long find(long hash) throws IOException {
            place = hash & capacity - 1;
            while (true) {
                long first = place;
                fill(read, first, ENTRIES_READ);
                for (; place < Math.min(capacity, first + ENTRIES_READ); place++) {
                    int at = (int) (place - first) * entryBytes;
                    long found = read.getLong(at);
                    if (found == 0) {
                        return ABSENT;
                    }
                    if (found == hash) {
                        return entryBytes > Long.BYTES ? Integer.toUnsignedLong(read.getInt(at + Long.BYTES)) : 0;
                    }
                }
                place = place & capacity - 1;
            }
        }

        /** Fills the buffer with entries; those behind the end of the file are free ones. */
        private void fill(ByteBuffer buffer, long first, int entries) throws IOException {
            buffer.clear().limit(entries * entryBytes);
            long at = first * entryBytes;
            int count = 0;
            while (buffer.hasRemaining() && count >= 0) {
                count = file.read(buffer, at + buffer.position());
            }
            while (buffer.hasRemaining()) {
                buffer.put((byte) 0);
            }
        }

        @Override
        public void copyTo(TableSlots other) throws IOException {
            var block = ByteBuffer.allocateDirect(ENTRIES_COPIED * entryBytes);
            for (long first = 0; first < capacity; first += ENTRIES_COPIED) {
                fill(block, first, ENTRIES_COPIED);
                for (int i = 0; i < ENTRIES_COPIED; i++) {
                    long hash = block.getLong(i * entryBytes);
                    if (hash != 0) {
                        other.insert(hash, entryBytes > Long.BYTES ? block.getInt(i * entryBytes + Long.BYTES) : 0);
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

package org.voyage.prove;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.voyage.prove.RunHistory.AcknowledgedWrite;

/** Journal of acknowledged writes. A write counts once its line is on the disk. Safe for several threads. */
final class WriteJournal implements Closeable {

    private final FileChannel file;
    private final List<AcknowledgedWrite> writes = new ArrayList<>();

    WriteJournal(Path folder) throws IOException {
        file = FileChannel.open(
                folder.resolve(RunHistory.JOURNAL), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Appends a write and forces it to the disk. @throws IOException when the disk refuses */
    synchronized void append(AcknowledgedWrite write) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(RunHistory.toLine(write).getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            file.write(line);
        }
        file.force(false);
        writes.add(write);
    }

    synchronized List<AcknowledgedWrite> writes() {
        return List.copyOf(writes);
    }

    synchronized int countWrites() {
        return writes.size();
    }

    /** Returns the longest time of a write, in milliseconds, of those that ended after a moment. */
    synchronized long findLongestSince(long moment) {
        return writes.stream()
                .filter(write -> write.ended() >= moment)
                .mapToLong(write -> write.ended() - Math.max(moment, write.begun()))
                .max()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

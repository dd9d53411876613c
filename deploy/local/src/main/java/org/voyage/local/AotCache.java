package org.voyage.local;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a JVM learned of a service while it ran: its classes as they were loaded and linked, and which methods were hot (JEP
 * 514, 515; docs/adr/0022). The first run of a build writes it when it ends in order, the next ones begin with it. Of a
 * process that is killed nothing is kept, and the next one learns anew.
 */
final class AotCache {
    private final Path folder;
    private final Path jar;
    private volatile boolean learns;

    AotCache(Path folder, Path jar) {
        this.folder = folder;
        this.jar = jar;
    }

    /** With what a JVM is started now: with what was learned of this very build, or to learn it. */
    String jvmOption() {
        try {
            Path of = folder.resolve(Files.getLastModifiedTime(jar).toMillis() + "-" + Runtime.version() + ".aot");
            learns = !isComplete(of);
            Files.createDirectories(folder);
            for (Path old : listFiles()) {
                if (learns || !old.equals(of)) {
                    Files.delete(old);
                }
            }
            return (learns ? "-XX:AOTCacheOutput=" : "-XX:AOTCache=") + of;
        } catch (IOException e) {
            throw new StartFailedException(
                    "Voyage cannot keep what a JVM learns in " + folder + ": " + e.getMessage() + ".", e);
        }
    }

    /** Whether the last start was one to learn from: its end takes longer. */
    boolean isRecording() {
        return learns;
    }

    /** The head of such a file is written last. */
    private static boolean isComplete(Path of) throws IOException {
        if (!Files.exists(of)) {
            return false;
        }
        try (DataInputStream head = new DataInputStream(Files.newInputStream(of))) {
            return head.readInt() != 0;
        } catch (EOFException e) {
            return false;
        }
    }

    /** Of this build and others, whole or half written, and what a JVM that was killed left beside. */
    private List<Path> listFiles() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}

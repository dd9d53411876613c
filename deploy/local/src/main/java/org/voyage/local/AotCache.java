package org.voyage.local;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Cache of a JVM's training data for one build of a service: loaded and linked classes and hot methods (JEP 514, 515;
 * docs/adr/0022). The first run of a build writes it at its orderly end, and later runs start with it. A killed process
 * leaves no cache, and the next one records again.
 */
final class AotCache {
    private final Path folder;
    private final Path jar;
    private volatile boolean learns;

    AotCache(Path folder, Path jar) {
        this.folder = folder;
        this.jar = jar;
    }

    /** Returns the JVM option of the next start: use this build's cache, or record it. */
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

    /** Returns whether the last start recorded the cache: its end takes longer. */
    boolean isRecording() {
        return learns;
    }

    /** Returns whether a cache file is complete: its head is written last. */
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

    /** Returns the files of this and other builds, complete or partial, and the leftovers of a killed JVM. */
    private List<Path> listFiles() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}

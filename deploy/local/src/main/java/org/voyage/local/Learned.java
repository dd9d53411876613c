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
final class Learned {
    private final Path folder;
    private final Path jar;

    Learned(Path folder, Path jar) {
        this.folder = folder;
        this.jar = jar;
    }

    /** With what a JVM is started now: with what was learned of this very build, or to learn it. */
    String option() {
        try {
            Path of = folder.resolve(Files.getLastModifiedTime(jar).toMillis() + "-" + Runtime.version() + ".aot");
            if (whole(of)) {
                return "-XX:AOTCache=" + of;
            }
            Files.createDirectories(folder);
            for (Path old : files()) {
                Files.delete(old);
            }
            return "-XX:AOTCacheOutput=" + of;
        } catch (IOException e) {
            throw new CannotStart("Voyage cannot keep what a JVM learns in " + folder + ": " + e.getMessage() + ".", e);
        }
    }

    /** The head of such a file is written last. */
    private static boolean whole(Path of) throws IOException {
        if (!Files.exists(of)) {
            return false;
        }
        try (DataInputStream head = new DataInputStream(Files.newInputStream(of))) {
            return head.readInt() != 0;
        } catch (EOFException e) {
            return false;
        }
    }

    /** Of other builds, or half written. */
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}

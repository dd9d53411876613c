package org.voyage.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ids of the sessions that people of the local issuer have ended, kept in a file, so that none lives again. */
final class EndedSessions {
    private final Path file;
    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    private EndedSessions(Path file) {
        this.file = file;
    }

    static EndedSessions load(Path folder) throws IOException {
        EndedSessions loaded = new EndedSessions(folder.resolve("ended-sessions"));
        if (Files.exists(loaded.file)) {
            loaded.ids.addAll(Files.readAllLines(loaded.file));
        }
        return loaded;
    }

    void endSession(String id) {
        if (ids.add(id)) {
            try {
                Files.writeString(file, id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    boolean hasEnded(String id) {
        return ids.contains(id);
    }
}

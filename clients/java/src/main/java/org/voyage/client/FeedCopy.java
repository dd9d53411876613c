package org.voyage.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** Copy of the records of a feed. Position, chain and records are one file, which is replaced as a whole. */
public final class FeedCopy {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_TRIES = 10;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path file;
    private final Map<String, JsonNode> records = new TreeMap<>();
    private Optional<String> position = Optional.empty();
    /** Empty after a snapshot, until the next event states it. */
    private String chain = FeedVerifier.START_OF_CHAIN;

    private boolean isChanged;

    /** Where an event lies, seen from the copy: the copy has it, lacks only it, or lacks earlier ones. */
    enum EventPlace {
        PAST,
        NEXT,
        GAP
    }

    /** @param folder gets the file copy.json */
    public FeedCopy(Path folder) {
        this.file = folder.toAbsolutePath().resolve("copy.json");
        if (Files.exists(file)) {
            try {
                JsonNode all = JSON.readTree(file.toFile());
                position = Optional.ofNullable(all.path("position").textValue());
                chain = all.path("chain").asText();
                all.path("records").properties().forEach(entry -> records.put(entry.getKey(), entry.getValue()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns the id of the last event in the copy. */
    public Optional<String> position() {
        return position;
    }

    /** Returns the chain after that event, in hexadecimal digits. */
    public String chain() {
        return chain;
    }

    /** Returns the state of each record, by its name. */
    public Map<String, JsonNode> records() {
        return records;
    }

    EventPlace findPlace(JsonNode event) {
        String[] last = position.orElse("0-0").split("-");
        String[] place = event.path("id").asText().split("-");
        int epochs = Long.compare(Long.parseLong(place[0]), Long.parseLong(last[0]));
        long distance = Long.parseLong(place[1]) - (epochs == 0 ? Long.parseLong(last[1]) : 0);
        if (epochs < 0 || (epochs == 0 && distance <= 0)) {
            return EventPlace.PAST;
        }
        return distance == 1 ? EventPlace.NEXT : EventPlace.GAP;
    }

    /**
     * Verifies and applies the next event.
     *
     * @return false for one that the copy has
     * @throws BrokenFeedException when a proof fails; the copy stays as it was
     */
    public boolean accept(JsonNode event, FeedVerifier verifier) {
        String id = event.path("id").asText();
        EventPlace place = findPlace(event);
        if (place == EventPlace.GAP) {
            throw new FeedGapException("a gap: after " + position.orElse("nothing") + " comes " + id);
        }
        if (place == EventPlace.PAST) {
            return false;
        }
        boolean isFirst = id.endsWith("-0000000000000001");
        chain = verifier.verifyEvent(event, isFirst ? FeedVerifier.START_OF_CHAIN : chain);
        position = Optional.of(id);
        isChanged = true;
        JsonNode data = event.path("data");
        String record = data.path("record").asText(event.path("subject").asText());
        switch (FeedVerifier.operationOf(event)) {
            case "put" -> records.put(record, data.path("state"));
            case "delete" -> records.remove(record);
            case "reset" -> records.clear();
            default -> {}
        }
        return true;
    }

    /** Starts again from all records at a position. */
    public void startFrom(String snapshot, Map<String, JsonNode> all) {
        records.clear();
        records.putAll(all);
        position = Optional.of(snapshot);
        chain = "";
        isChanged = true;
    }

    /** Replaces the file after the new one is on the disk. Without a change it does nothing. */
    public void save() {
        if (!isChanged) {
            return;
        }
        ObjectNode all = JSON.createObjectNode();
        position.ifPresent(it -> all.put("position", it));
        all.put("chain", chain);
        ObjectNode kept = all.putObject("records");
        records.forEach(kept::set);
        Path next = file.resolveSibling("copy.json.new");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel out = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(all));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            replaceFile(next);
            isChanged = false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Windows replaces no file that another program reads, so it is tried for a second. */
    private void replaceFile(Path next) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return;
            } catch (IOException e) {
                if (tries == MAX_TRIES) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}

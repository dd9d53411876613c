package org.voyage.demo;

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
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Copy of the records of a feed, with the position up to which it is complete, and the events that came before earlier
 * ones. All are one file, which is replaced as a whole: a kill at any moment loses nothing and doubles nothing.
 */
final class FeedCopy {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HASH_BYTES = 32;
    private static final byte[] UNKNOWN_CHAIN = {};

    private final Path file;
    private final Map<String, JsonNode> records = new TreeMap<>();
    private final Map<String, JsonNode> waiting = new TreeMap<>();
    private Optional<String> position = Optional.empty();
    private byte[] chain = new byte[HASH_BYTES];
    private boolean isSaved = true;

    FeedCopy(Path folder) {
        this.file = folder.resolve("copy.json");
        if (Files.exists(file)) {
            load();
        }
    }

    /** Starts again from all records at a position. The chain is not known until the next event. */
    void startFrom(String snapshot, Map<String, JsonNode> all) {
        records.clear();
        records.putAll(all);
        moveTo(snapshot, UNKNOWN_CHAIN);
    }

    /** Applies the data of an event that was verified. */
    void applyEvent(JsonNode event) {
        JsonNode data = event.path("data");
        String record = event.path("subject").asText();
        String type = event.path("type").asText();
        if (type.equals("org.voyage.feed.reset.v1")) {
            records.clear();
        } else if (data.path("withheld").asBoolean()
                || type.endsWith(".withdrawn.v1")
                || type.endsWith(".left-scope.v1")) {
            records.remove(record);
        } else if (data.has("state")) {
            records.put(record, data.path("state"));
        }
        isSaved = false;
    }

    /** Sets how far the copy is. @param after chain after the event at the position */
    void moveTo(String event, byte[] after) {
        position = Optional.of(event);
        chain = after;
        isSaved = false;
    }

    /** Returns whether an event is part of the copy. */
    boolean isPast(JsonNode event) {
        long epoch = event.path("epoch").asLong();
        return epoch < epoch() || (epoch == epoch() && event.path("sequence").asLong() <= sequence());
    }

    /** Returns whether an event is the next one: of this epoch, or the first of a later one. */
    boolean isNext(JsonNode event) {
        long epoch = event.path("epoch").asLong();
        long sequence = event.path("sequence").asLong();
        return epoch == epoch() ? sequence == sequence() + 1 : epoch > epoch() && sequence == 1;
    }

    /** Keeps an event until the earlier ones are there. */
    void addWaiting(JsonNode event) {
        waiting.put(event.path("id").asText(), event);
        isSaved = false;
    }

    /** Removes and returns the waiting event that is the next one. Those that are part of the copy by now are forgotten. */
    Optional<JsonNode> takeNextWaiting() {
        waiting.values().removeIf(this::isPast);
        Optional<JsonNode> next = waiting.values().stream().filter(this::isNext).findFirst();
        next.ifPresent(event -> waiting.remove(event.path("id").asText()));
        return next;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** Writes copy and position as a whole, unless the file has them. */
    void save() {
        if (isSaved) {
            return;
        }
        ObjectNode all = JSON.createObjectNode();
        position.ifPresent(it -> all.put("position", it));
        all.put("chain", HexFormat.of().formatHex(chain));
        ObjectNode kept = all.putObject("records");
        records.forEach(kept::set);
        ObjectNode early = all.putObject("waiting");
        waiting.forEach(early::set);
        Path next = file.resolveSibling(file.getFileName() + ".new");
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
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            isSaved = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<String> position() {
        return position;
    }

    byte[] chain() {
        return chain;
    }

    boolean knowsChain() {
        return chain.length > 0;
    }

    Map<String, JsonNode> records() {
        return records;
    }

    private long epoch() {
        return position.map(it -> Long.parseLong(it.split("-")[0])).orElse(0L);
    }

    private long sequence() {
        return position.map(it -> Long.parseLong(it.split("-")[1])).orElse(0L);
    }

    private void load() {
        try {
            JsonNode all = JSON.readTree(file.toFile());
            position = Optional.ofNullable(all.path("position").textValue());
            chain = HexFormat.of().parseHex(all.path("chain").asText());
            all.path("records").properties().forEach(entry -> records.put(entry.getKey(), entry.getValue()));
            all.path("waiting").properties().forEach(entry -> waiting.put(entry.getKey(), entry.getValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

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
 * Copy of the records of a feed, with the position up to which it is complete. Both are one file, which is replaced as a
 * whole: a kill at any moment loses nothing and doubles nothing.
 */
final class FeedCopy {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HASH_BYTES = 32;

    private final Path file;
    private final Map<String, JsonNode> records = new TreeMap<>();
    private Optional<String> position = Optional.empty();
    private byte[] chain = new byte[HASH_BYTES];

    FeedCopy(Path folder) {
        this.file = folder.resolve("copy.json");
        if (Files.exists(file)) {
            load();
        }
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
    }

    /** Sets how far the copy is. @param after chain after the event at the position */
    void moveTo(String event, byte[] after) {
        position = Optional.of(event);
        chain = after;
    }

    /** Writes copy and position as a whole. */
    void save() {
        ObjectNode all = JSON.createObjectNode();
        position.ifPresent(it -> all.put("position", it));
        all.put("chain", HexFormat.of().formatHex(chain));
        ObjectNode kept = all.putObject("records");
        records.forEach(kept::set);
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel out = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(JSON.writeValueAsBytes(all)));
                out.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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

    Map<String, JsonNode> records() {
        return records;
    }

    private void load() {
        try {
            JsonNode all = JSON.readTree(file.toFile());
            position = Optional.ofNullable(all.path("position").textValue());
            chain = HexFormat.of().parseHex(all.path("chain").asText());
            all.path("records").properties().forEach(entry -> records.put(entry.getKey(), entry.getValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

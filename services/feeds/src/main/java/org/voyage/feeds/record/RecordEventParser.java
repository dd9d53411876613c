package org.voyage.feeds.record;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.log.LogMessage;
import org.voyage.kit.log.VersionOrder;

/**
 * Parser of the events of records: strict about what the feeds need, indifferent to the rest. It keeps no field that can never
 * leave.
 */
public final class RecordEventParser {

    private static final int MAX_KEY_LENGTH = 500;
    private static final int SCHEMA_VERSION = 1;
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private final RecordPseudonym outsideIds;

    /** An event that the feeds cannot read; the message says why, without its content. */
    public static final class UnreadableRecordException extends Exception {
        UnreadableRecordException(String reason) {
            super(reason, null, false, false);
        }
    }

    public RecordEventParser(RecordPseudonym outsideIds) {
        this.outsideIds = outsideIds;
    }

    /**
     * Parses a message.
     *
     * @throws UnreadableRecordException if it is no event of a record of its topic
     */
    public RecordUpdate parse(LogMessage message) throws UnreadableRecordException {
        FeedRecord record = FeedRecord.of(message.record());
        if (message.schemaVersion() != SCHEMA_VERSION) {
            throw new UnreadableRecordException("its type is not version 1 of a change of its record");
        }
        JsonNode event = parseJson(message.value());
        String province = requireText(event, "province");
        String sourceId = requireText(event, "sourceId");
        requireKey(message.key(), province, sourceId);
        JsonNode after = event.path("after");
        RecordUpdateKind change = RecordUpdateKind.find(requireText(event, "change"))
                .orElseThrow(() -> new UnreadableRecordException("its change is unknown"));
        if (!after.isNull() && !after.isObject()) {
            throw new UnreadableRecordException("after is neither a record nor null");
        }
        if (after.isNull() != (change == RecordUpdateKind.WITHDRAWN) && change != RecordUpdateKind.REPUBLISHED) {
            throw new UnreadableRecordException("change and after contradict each other");
        }
        requireStorableTexts(after);
        requireKnownCodes(record, after);
        return new RecordUpdate(
                change,
                new RecordState(
                        record,
                        province,
                        sourceId,
                        outsideIds.of(record, province, sourceId),
                        requireOrder(event, message.epoch()),
                        after instanceof ObjectNode state ? FieldClasses.withoutHidden(record, state) : null,
                        findParent(record, province, after),
                        findDestination(record, event)),
                message.time(),
                message.traceparent());
    }

    private static JsonNode parseJson(@Nullable ByteBuffer value) throws UnreadableRecordException {
        if (value == null) {
            throw new UnreadableRecordException("it has no content");
        }
        try {
            JsonNode event = JSON.readTree(value.array(), value.arrayOffset() + value.position(), value.remaining());
            if (!event.isObject()) {
                throw new UnreadableRecordException("it is not an object");
            }
            return event;
        } catch (JacksonException e) {
            throw new UnreadableRecordException("it is not JSON");
        } catch (IOException e) {
            throw new UnreadableRecordException("it cannot be read");
        }
    }

    private static String requireText(JsonNode event, String field) throws UnreadableRecordException {
        String text = event.path(field).textValue();
        if (text == null || text.isEmpty()) {
            throw new UnreadableRecordException(field + " is not a text");
        }
        return text;
    }

    private static void requireKey(@Nullable String key, String province, String sourceId)
            throws UnreadableRecordException {
        if (key == null
                || !(province + "/" + sourceId).equals(key)
                || key.length() > MAX_KEY_LENGTH
                || province.indexOf('/') >= 0
                || !isStorable(key)) {
            throw new UnreadableRecordException("its key is not province/sourceId");
        }
    }

    private static int requireOrder(JsonNode event, int epoch) throws UnreadableRecordException {
        JsonNode version = event.path("version");
        if (!version.canConvertToInt()
                || !version.isIntegralNumber()
                || !VersionOrder.isValid(epoch, version.asInt())) {
            throw new UnreadableRecordException("its version or epoch is not one");
        }
        return VersionOrder.toOrder(epoch, version.asInt());
    }

    private @Nullable String findParent(FeedRecord record, String province, JsonNode after)
            throws UnreadableRecordException {
        return record == FeedRecord.RECOGNITION && after.isObject()
                ? outsideIds.of(FeedRecord.STANDARD, province, requireText(after, "standard"))
                : null;
    }

    private @Nullable String findDestination(FeedRecord record, JsonNode event) throws UnreadableRecordException {
        JsonNode movedTo = event.path("movedTo");
        if (movedTo.isMissingNode() || movedTo.isNull()) {
            return null;
        }
        String key = requireText(event, "movedTo");
        int slash = key.indexOf('/');
        if (slash < 1 || slash == key.length() - 1) {
            throw new UnreadableRecordException("movedTo is not a key");
        }
        return outsideIds.of(record, key.substring(0, slash), key.substring(slash + 1));
    }

    private static void requireKnownCodes(FeedRecord record, JsonNode after) throws UnreadableRecordException {
        Optional<String> unknown = RecordCodes.findUnknown(record, after);
        if (unknown.isPresent()) {
            throw new UnreadableRecordException("the code of " + unknown.get() + " is unknown");
        }
    }

    /** PostgreSQL stores no NUL, and half of a surrogate pair is no text. */
    private static void requireStorableTexts(JsonNode node) throws UnreadableRecordException {
        if (node.isTextual() && !isStorable(node.textValue())) {
            throw new UnreadableRecordException("a text of it has characters that are none");
        }
        for (var property : node.properties()) {
            if (!isStorable(property.getKey())) {
                throw new UnreadableRecordException("a name of it has characters that are none");
            }
        }
        for (JsonNode each : node) {
            requireStorableTexts(each);
        }
    }

    private static boolean isStorable(String text) {
        return text.codePoints().noneMatch(each -> each == 0 || each >= 0xD800 && each <= 0xDFFF);
    }
}

package org.voyage.kit.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.reference.InstantFormat;

/** Mapper from a change to its event: full state before and after, as {@code contracts/events} describes it. */
public class ChangeEventMapper<T> {

    private static final JsonFactory JSON = new JsonFactory();

    private final String topic;
    private final String type;
    private final RecordJson<T> json;

    public ChangeEventMapper(RecordType<T> type) {
        this.topic = type.topic();
        this.type = type.eventType();
        this.json = type.json();
    }

    public OutgoingEvent toEvent(RecordChange<T> change) {
        RecordVersion<T> after = change.after();
        return new OutgoingEvent(
                topic,
                after.key().text(),
                UUID.randomUUID(),
                type,
                after.recordedAt(),
                toJson(change),
                after.cause().traceparent());
    }

    private String toJson(RecordChange<T> change) {
        RecordVersion<T> after = change.after();
        StringWriter text = new StringWriter(1_024);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("province", after.key().province().code());
            out.writeStringField("sourceId", after.key().sourceId());
            out.writeNumberField("version", after.number());
            out.writeStringField("change", change.kind().code());
            out.writeObjectFieldStart("cause");
            out.writeStringField("kind", after.cause().kind().code());
            out.writeStringField("id", after.cause().id());
            out.writeStringField("actor", after.cause().actor());
            out.writeStringField("reason", after.reason());
            out.writeEndObject();
            out.writeStringField("recordedAt", InstantFormat.formatInstant(after.recordedAt()));
            if (after.movedTo() != null) {
                out.writeStringField("movedTo", new RecordKey(after.key().province(), after.movedTo()).text());
            }
            writeState("before", change.before(), out);
            writeState("after", after, out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void writeState(String name, @Nullable RecordVersion<T> version, JsonGenerator out) throws IOException {
        if (version == null || version.isWithdrawn()) {
            out.writeNullField(name);
            return;
        }
        out.writeObjectFieldStart(name);
        json.writeRecord(version.record(), out);
        out.writeEndObject();
    }
}

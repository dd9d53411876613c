package org.voyage.kit.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.reference.InstantFormat;

/** JSON of a record version in a response: the bureau's record in the envelope of the platform. */
public class VersionJson<T> {

    private static final JsonFactory JSON = new JsonFactory();
    /** Typical size of a record in a page. */
    private static final int TYPICAL_RECORD_BYTES = 600;

    private final RecordJson<T> json;

    public VersionJson(RecordJson<T> json) {
        this.json = json;
    }

    public String toJson(RecordVersion<T> version) {
        return toJson(version, List.of());
    }

    /** Returns the JSON of a version, with its warnings if there are any. */
    public String toJson(RecordVersion<T> version, List<Finding> warnings) {
        return writeDocument(out -> writeVersion(version, this::writeRecord, warnings, out));
    }

    /**
     * Returns the JSON of a page.
     *
     * @param next cursor of the next page, null on the last
     * @param completeUntil null for a list that is not ordered by time
     */
    public String pageJson(List<RecordVersion<T>> versions, @Nullable String next, @Nullable Instant completeUntil) {
        return writeDocument(pageJson(versions, this::writeRecord, next, completeUntil));
    }

    /** Returns the JSON of a page in UTF-8, of records in their stored form. */
    public static byte[] writeStoredPage(
            List<RecordVersion<byte[]>> versions, @Nullable String next, Instant completeUntil) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(versions.size() * TYPICAL_RECORD_BYTES);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            pageJson(versions, (record, to) -> writeRaw(record, to, text), next, completeUntil)
                    .write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }

    private static void writeRaw(byte[] json, JsonGenerator out, OutputStream under) throws IOException {
        // Announces a value to the generator and flushes the earlier output.
        out.writeRawValue("");
        out.flush();
        under.write(json);
    }

    /** Writer of a record as the value of a property. */
    private interface RecordJsonWriter<R> {
        void write(R record, JsonGenerator out) throws IOException;
    }

    private void writeRecord(T record, JsonGenerator out) throws IOException {
        out.writeStartObject();
        json.writeRecord(record, out);
        out.writeEndObject();
    }

    private static <R> JsonDocumentWriter pageJson(
            List<RecordVersion<R>> versions,
            RecordJsonWriter<R> records,
            @Nullable String next,
            @Nullable Instant completeUntil) {
        return out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("items");
            for (RecordVersion<R> version : versions) {
                writeVersion(version, records, List.of(), out);
            }
            out.writeEndArray();
            out.writeStringField("next", next);
            if (completeUntil != null) {
                out.writeStringField("completeUntil", InstantFormat.formatInstant(completeUntil));
            }
            out.writeEndObject();
        };
    }

    public static String writeDocument(JsonDocumentWriter writer) {
        StringWriter text = new StringWriter(1_024);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    public interface JsonDocumentWriter {
        void write(JsonGenerator out) throws IOException;
    }

    private static <R> void writeVersion(
            RecordVersion<R> version, RecordJsonWriter<R> records, List<Finding> warnings, JsonGenerator out)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("province", version.key().province().code());
        out.writeStringField("sourceId", version.key().sourceId());
        out.writeNumberField("version", version.number());
        out.writeStringField("recordedAt", InstantFormat.formatInstant(version.recordedAt()));
        out.writeObjectFieldStart("cause");
        out.writeStringField("kind", version.cause().kind().code());
        out.writeStringField("id", version.cause().id());
        out.writeStringField("actor", version.cause().actor());
        out.writeEndObject();
        out.writeBooleanField("withdrawn", version.isWithdrawn());
        out.writeStringField("reason", version.reason());
        if (version.movedTo() != null) {
            out.writeStringField("movedTo", version.movedTo());
        }
        out.writeFieldName("fields");
        records.write(version.record(), out);
        if (!warnings.isEmpty()) {
            writeWarnings(warnings, out);
        }
        out.writeEndObject();
    }

    public static void writeWarnings(List<Finding> warnings, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("warnings");
        for (Finding warning : warnings) {
            out.writeStartObject();
            out.writeStringField("pointer", warning.pointer());
            out.writeStringField("rule", warning.rule());
            out.writeStringField("detail", warning.detail());
            out.writeStringField("detailZh", warning.detailZh());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}

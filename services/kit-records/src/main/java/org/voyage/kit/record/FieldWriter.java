package org.voyage.kit.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CodeSet;

/** Writer of a record's fields; absent and empty ones are left out. */
public class FieldWriter {

    private final JsonGenerator out;

    public FieldWriter(JsonGenerator out) {
        this.out = out;
    }

    public void writeText(String name, @Nullable String text) throws IOException {
        if (text != null) {
            out.writeStringField(name, text);
        }
    }

    public void writeCode(String name, @Nullable Enum<?> code) throws IOException {
        if (code != null) {
            out.writeStringField(name, CodeSet.toKebab(code));
        }
    }

    public void writeDate(String name, @Nullable LocalDate date) throws IOException {
        if (date != null) {
            out.writeStringField(name, date.toString());
        }
    }

    public void writeNumber(String name, long number) throws IOException {
        out.writeNumberField(name, number);
    }

    public void writeNumber(String name, @Nullable Long number) throws IOException {
        if (number != null) {
            out.writeNumberField(name, number);
        }
    }

    public void writeFlag(String name, boolean flag) throws IOException {
        out.writeBooleanField(name, flag);
    }

    public void writeTexts(String name, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            out.writeArrayFieldStart(name);
            for (String text : texts) {
                out.writeString(text);
            }
            out.writeEndArray();
        }
    }
}

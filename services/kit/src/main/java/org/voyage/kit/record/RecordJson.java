package org.voyage.kit.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.reference.ChinaTime;
import org.voyage.kit.web.FieldReader;

/** A record's wire form: the one shape that requests, files, answers, events and the table share. */
public interface RecordJson<T> {

    /** Reads the fields to the last. @throws org.voyage.kit.web.Refusal.Invalid naming everything that is wrong */
    default T read(FieldReader in) {
        T record = fields(in);
        if (in.sound()) {
            LocalDate day = day(record);
            in.requireCodesOn(day == null ? ChinaTime.today() : day);
            check(in, record);
        }
        in.finish();
        return record;
    }

    /** Reads each field by itself. */
    T fields(FieldReader in);

    /** The day that the record is about: its codes are those that hold on it. Null: today. */
    @Nullable
    LocalDate day(T record);

    /** The rules between fields, each of which is sound. */
    default void check(FieldReader in, T record) {}

    /** Writes the fields into an object already begun; absent and empty ones are left out. */
    void write(T record, JsonGenerator out) throws IOException;
}

package org.voyage.kit.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.reference.ChinaTime;

/** A record's wire form: the one shape that requests, files, answers, events and the table share. */
public interface RecordJson<T> {

    /** Reads the fields to the last. @throws org.voyage.kit.problem.Refusal.Invalid naming everything that is wrong */
    default T readRecord(FieldReader in) {
        T record = readFields(in);
        if (in.isSound()) {
            LocalDate day = referenceDay(record);
            in.requireCodesOn(day == null ? ChinaTime.today() : day);
            checkFields(in, record);
        }
        in.requireNoFindings();
        return record;
    }

    /** Reads each field by itself. */
    T readFields(FieldReader in);

    /** The day that the record is about: its codes are those that hold on it. Null: today. */
    @Nullable
    LocalDate referenceDay(T record);

    /** The rules between fields, each of which is sound. */
    default void checkFields(FieldReader in, T record) {}

    /** Writes the fields into an object already begun; absent and empty ones are left out. */
    void writeRecord(T record, JsonGenerator out) throws IOException;
}

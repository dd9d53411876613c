package org.voyage.kit.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.reference.ChinaTime;

/** Wire form of a record: the one shape that requests, files, answers, events and the table share. */
public interface RecordJson<T> {

    /** Reads the whole record. @throws org.voyage.kit.problem.Refusal.Invalid with all findings */
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

    /** Reads each field independently of the others. */
    T readFields(FieldReader in);

    /** Returns the day at which the record's codes must be valid. Null: today. */
    @Nullable
    LocalDate referenceDay(T record);

    /** Checks the rules between fields, each of which is valid. */
    default void checkFields(FieldReader in, T record) {}

    /** Writes the fields into an open object; absent and empty ones are left out. */
    void writeRecord(T record, JsonGenerator out) throws IOException;
}

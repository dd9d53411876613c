package org.voyage.kit.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.voyage.kit.web.FieldReader;

/** A record's wire form: the one shape that requests, files, answers, events and the table share. */
public interface RecordJson<T> {

    /** Reads the fields to the last. @throws org.voyage.kit.web.Refusal.Invalid naming everything that is wrong */
    T read(FieldReader in);

    /** Writes the fields into an object already begun; absent and empty ones are left out. */
    void write(T record, JsonGenerator out) throws IOException;
}

package org.voyage.kit.year;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;

/** Wire form of a year close. */
class YearCloseJson implements RecordJson<YearClose> {

    static final CodeSet<YearState> STATES = CodeSet.of("state", YearState.class);
    private static final int MAX_REASON_LENGTH = 500;

    @Override
    public YearClose readFields(FieldReader in) {
        return new YearClose(in.readCode("state", STATES), in.readOptionalText("reason", MAX_REASON_LENGTH));
    }

    @Override
    public @Nullable LocalDate referenceDay(YearClose year) {
        return null;
    }

    @Override
    public void writeRecord(YearClose year, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.writeCode("state", year.state());
        out.writeText("reason", year.reason());
    }
}

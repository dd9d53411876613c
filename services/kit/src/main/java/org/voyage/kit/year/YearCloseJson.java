package org.voyage.kit.year;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.FieldReader;

/** The wire form of a year. */
class YearCloseJson implements RecordJson<YearClose> {

    static final Codes<YearState> STATES = Codes.of("state", YearState.class);
    private static final int LONGEST_REASON = 500;

    @Override
    public YearClose fields(FieldReader in) {
        return new YearClose(in.code("state", STATES), in.optionalText("reason", LONGEST_REASON));
    }

    @Override
    public @Nullable LocalDate day(YearClose year) {
        return null;
    }

    @Override
    public void write(YearClose year, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.code("state", year.state());
        out.text("reason", year.reason());
    }
}

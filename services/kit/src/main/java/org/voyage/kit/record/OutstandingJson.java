package org.voyage.kit.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.FieldReader;

/** The wire form of what is outstanding. */
class OutstandingJson implements RecordJson<Outstanding> {

    private static final List<String> FIELDS = List.of("year", "waiting", "refused");
    private static final int FIRST_YEAR = 1940;
    private static final int LAST_YEAR = 2099;
    private static final int MOST_YEARS = LAST_YEAR - FIRST_YEAR + 2;

    @Override
    public Outstanding fields(FieldReader in) {
        return new Outstanding(in.objects("years", FIELDS, 0, MOST_YEARS, OutstandingJson::year));
    }

    private static Outstanding.OfYear year(FieldReader in) {
        Long year = in.optionalInteger("year", FIRST_YEAR, LAST_YEAR);
        return new Outstanding.OfYear(
                year == null ? null : year.intValue(),
                in.integer("waiting", 0, Long.MAX_VALUE),
                in.integer("refused", 0, Long.MAX_VALUE));
    }

    @Override
    public @Nullable LocalDate day(Outstanding outstanding) {
        return null;
    }

    @Override
    public void write(Outstanding outstanding, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        generator.writeArrayFieldStart("years");
        for (Outstanding.OfYear each : outstanding.years()) {
            generator.writeStartObject();
            out.number("year", each.year() == null ? null : Long.valueOf(each.year()));
            out.number("waiting", each.waiting());
            out.number("refused", each.refused());
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }
}

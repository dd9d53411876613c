package org.voyage.kit.record.pending;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;

/** Wire form of pending submissions. */
class PendingSubmissionsJson implements RecordJson<PendingSubmissions> {

    private static final List<String> FIELDS = List.of("year", "waiting", "refused");
    private static final int FIRST_YEAR = 1940;
    private static final int LAST_YEAR = 2099;
    private static final int MAX_YEARS = LAST_YEAR - FIRST_YEAR + 2;

    @Override
    public PendingSubmissions readFields(FieldReader in) {
        return new PendingSubmissions(in.readObjects("years", FIELDS, 0, MAX_YEARS, PendingSubmissionsJson::readYear));
    }

    private static PendingSubmissions.PendingYear readYear(FieldReader in) {
        Long year = in.readOptionalInteger("year", FIRST_YEAR, LAST_YEAR);
        return new PendingSubmissions.PendingYear(
                year == null ? null : year.intValue(),
                in.readInteger("waiting", 0, Long.MAX_VALUE),
                in.readInteger("refused", 0, Long.MAX_VALUE));
    }

    @Override
    public @Nullable LocalDate referenceDay(PendingSubmissions outstanding) {
        return null;
    }

    @Override
    public void writeRecord(PendingSubmissions outstanding, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        generator.writeArrayFieldStart("years");
        for (PendingSubmissions.PendingYear each : outstanding.years()) {
            generator.writeStartObject();
            out.writeNumber("year", each.year() == null ? null : Long.valueOf(each.year()));
            out.writeNumber("waiting", each.waiting());
            out.writeNumber("refused", each.refused());
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }
}

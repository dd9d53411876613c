package org.voyage.overseas.training;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.web.FieldReader;
import org.voyage.kit.web.SourceId;

/** The wire form of an overseas training. */
public class OverseasTrainingJson implements RecordJson<OverseasTraining> {

    private static final int LONGEST_NAME = 200;
    private static final int MOST_PEOPLE = 1_000_000;
    private static final int MOST_DAYS = 3_660;

    @Override
    public OverseasTraining fields(FieldReader in) {
        return new OverseasTraining(
                in.text("school", SourceId.SHAPE),
                in.text("enterprise", LONGEST_NAME),
                in.integer("people", 1, MOST_PEOPLE),
                in.integer("days", 1, MOST_DAYS),
                in.date("startedOn"));
    }

    @Override
    public LocalDate day(OverseasTraining training) {
        return training.startedOn();
    }

    @Override
    public void write(OverseasTraining training, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.text("school", training.school());
        out.text("enterprise", training.enterprise());
        out.number("people", training.people());
        out.number("days", training.days());
        out.date("startedOn", training.startedOn());
    }
}

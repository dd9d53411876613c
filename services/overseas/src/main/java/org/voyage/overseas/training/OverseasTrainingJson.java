package org.voyage.overseas.training;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.SourceId;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;

/** Wire form of an overseas training. */
public class OverseasTrainingJson implements RecordJson<OverseasTraining> {

    private static final int MAX_NAME_LENGTH = 200;
    private static final int MAX_PEOPLE = 1_000_000;
    private static final int MAX_DAYS = 3_660;

    @Override
    public OverseasTraining readFields(FieldReader in) {
        return new OverseasTraining(
                in.readText("school", SourceId.FORMAT),
                in.readText("enterprise", MAX_NAME_LENGTH),
                in.readInteger("people", 1, MAX_PEOPLE),
                in.readInteger("days", 1, MAX_DAYS),
                in.readDate("startedOn"));
    }

    @Override
    public LocalDate referenceDay(OverseasTraining training) {
        return training.startedOn();
    }

    @Override
    public void writeRecord(OverseasTraining training, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.writeText("school", training.school());
        out.writeText("enterprise", training.enterprise());
        out.writeNumber("people", training.people());
        out.writeNumber("days", training.days());
        out.writeDate("startedOn", training.startedOn());
    }
}

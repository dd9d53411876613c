package org.voyage.mobility.placement;

import static org.voyage.mobility.Reference.ABROAD;
import static org.voyage.mobility.Reference.COLLEGE;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.ReferenceFile;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.FieldReader;

/** The wire form of an outbound placement. */
public class OutboundPlacementJson implements RecordJson<OutboundPlacement> {

    static final Codes<Purpose> PURPOSES = ReferenceFile.codes("purpose", "purposes", Purpose.class);

    private static final int LONGEST_NAME = 200;
    private static final int MOST_PARTICIPANTS = 100_000;
    private static final int MOST_DAYS = 3_660;

    @Override
    public OutboundPlacement fields(FieldReader in) {
        return new OutboundPlacement(
                in.text("college", COLLEGE),
                in.code("hostCountry", ABROAD),
                in.text("hostOrganisation", LONGEST_NAME),
                in.code("purpose", PURPOSES),
                in.integer("participants", 1, MOST_PARTICIPANTS),
                in.integer("days", 1, MOST_DAYS),
                in.date("startedOn"));
    }

    @Override
    public LocalDate day(OutboundPlacement placement) {
        return placement.startedOn();
    }

    @Override
    public void write(OutboundPlacement placement, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.text("college", placement.college());
        out.text("hostCountry", placement.hostCountry());
        out.text("hostOrganisation", placement.hostOrganisation());
        out.code("purpose", placement.purpose());
        out.number("participants", placement.participants());
        out.number("days", placement.days());
        out.date("startedOn", placement.startedOn());
    }
}

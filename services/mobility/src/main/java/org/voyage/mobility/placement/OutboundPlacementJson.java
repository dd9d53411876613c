package org.voyage.mobility.placement;

import static org.voyage.mobility.MobilityCodes.COLLEGE_CODE;
import static org.voyage.mobility.MobilityCodes.FOREIGN_COUNTRIES;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.CodeListFile;

/** Wire form of an outbound placement. */
public class OutboundPlacementJson implements RecordJson<OutboundPlacement> {

    static final CodeSet<PlacementPurpose> PURPOSES = CodeListFile.codes("purpose", "purposes", PlacementPurpose.class);

    private static final int MAX_NAME_LENGTH = 200;
    private static final int MAX_PARTICIPANTS = 100_000;
    private static final int MAX_DAYS = 3_660;

    @Override
    public OutboundPlacement readFields(FieldReader in) {
        return new OutboundPlacement(
                in.readText("college", COLLEGE_CODE),
                in.readCode("hostCountry", FOREIGN_COUNTRIES),
                in.readText("hostOrganisation", MAX_NAME_LENGTH),
                in.readCode("purpose", PURPOSES),
                in.readInteger("participants", 1, MAX_PARTICIPANTS),
                in.readInteger("days", 1, MAX_DAYS),
                in.readDate("startedOn"));
    }

    @Override
    public LocalDate referenceDay(OutboundPlacement placement) {
        return placement.startedOn();
    }

    @Override
    public void writeRecord(OutboundPlacement placement, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.writeText("college", placement.college());
        out.writeText("hostCountry", placement.hostCountry());
        out.writeText("hostOrganisation", placement.hostOrganisation());
        out.writeCode("purpose", placement.purpose());
        out.writeNumber("participants", placement.participants());
        out.writeNumber("days", placement.days());
        out.writeDate("startedOn", placement.startedOn());
    }
}

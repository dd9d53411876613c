package org.voyage.overseas.school;

import static org.voyage.overseas.Reference.COLLEGE;
import static org.voyage.overseas.Reference.COUNTRIES;
import static org.voyage.overseas.Reference.MAJOR;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.CodeListFile;

/** The wire form of an overseas school. */
public class OverseasSchoolJson implements RecordJson<OverseasSchool> {

    static final CodeSet<Brand> BRANDS = CodeListFile.codes("brand", "brands", Brand.class);
    static final CodeSet<Tier> TIERS = CodeListFile.codes("tier", "tiers", Tier.class);
    static final CodeSet<Form> FORMS = CodeListFile.codes("form", "forms", Form.class);
    static final CodeSet<OverseasSchoolStatus> STATUSES =
            CodeListFile.codes("status", "statuses", OverseasSchoolStatus.class);

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_LIST = 200;

    @Override
    public OverseasSchool readFields(FieldReader in) {
        return new OverseasSchool(
                in.readText("name", LONGEST_NAME),
                in.readOptionalText("nameEn", LONGEST_NAME),
                in.readCode("brand", BRANDS),
                in.readCode("tier", TIERS),
                in.readCode("form", FORMS),
                hostCountry(in),
                in.readOptionalText("hostCity", LONGEST_NAME),
                in.readTexts("foundingColleges", COLLEGE, 1, LONGEST_LIST),
                in.readObjects("foreignPartners", List.of("name", "country"), 0, LONGEST_LIST, OverseasSchoolJson::partner),
                in.readTexts("enterprises", TextFormat.upTo(LONGEST_NAME), 0, LONGEST_LIST),
                in.readTexts("majors", MAJOR, 0, LONGEST_LIST),
                in.readCode("status", STATUSES),
                in.readOptionalDate("openedOn"),
                in.readOptionalDate("closedOn"));
    }

    @Override
    public @Nullable LocalDate referenceDay(OverseasSchool school) {
        return school.openedOn();
    }

    @Override
    public void checkFields(FieldReader in, OverseasSchool school) {
        checkDates(in, school.status(), school.openedOn(), school.closedOn());
    }

    private static String hostCountry(FieldReader in) {
        String country = in.readOptionalCode("hostCountry", COUNTRIES);
        if (!in.hasField("hostCountry")) {
            in.refuseField(
                    "hostCountry",
                    "host-country-required",
                    "An overseas school, such as a Luban Workshop, needs the country that it stands in.",
                    "境外办学机构（如鲁班工坊）必须填写所在国家（地区）。");
        }
        return country == null ? "" : country;
    }

    private static ForeignPartner partner(FieldReader in) {
        return new ForeignPartner(in.readText("name", LONGEST_NAME), in.readCode("country", COUNTRIES));
    }

    private static void checkDates(
            FieldReader in, OverseasSchoolStatus status, @Nullable LocalDate opened, @Nullable LocalDate closed) {
        if (opened == null && status != OverseasSchoolStatus.PLANNED) {
            in.refuseField(
                    "openedOn", "opened-on-required", "Only a planned school has no opening date.", "除筹建状态外，必须填写开办日期。");
        }
        if ((closed != null) != (status == OverseasSchoolStatus.CLOSED)) {
            in.refuseField(
                    "closedOn",
                    "closed-on-when-closed",
                    "A closing date is given exactly when the status is closed.",
                    "状态为 closed 时必须填写关闭日期，其他状态不得填写。");
        }
        if (opened != null && closed != null && closed.isBefore(opened)) {
            in.refuseField("closedOn", "closed-after-opened", "It closes before it opens.", "关闭日期早于开办日期。");
        }
    }

    @Override
    public void writeRecord(OverseasSchool school, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.writeText("name", school.name());
        out.writeText("nameEn", school.nameEn());
        out.writeCode("brand", school.brand());
        out.writeCode("tier", school.tier());
        out.writeCode("form", school.form());
        out.writeText("hostCountry", school.hostCountry());
        out.writeText("hostCity", school.hostCity());
        out.writeTexts("foundingColleges", school.foundingColleges());
        if (!school.foreignPartners().isEmpty()) {
            generator.writeArrayFieldStart("foreignPartners");
            for (ForeignPartner partner : school.foreignPartners()) {
                generator.writeStartObject();
                out.writeText("name", partner.name());
                out.writeText("country", partner.country());
                generator.writeEndObject();
            }
            generator.writeEndArray();
        }
        out.writeTexts("enterprises", school.enterprises());
        out.writeTexts("majors", school.majors());
        out.writeCode("status", school.status());
        out.writeDate("openedOn", school.openedOn());
        out.writeDate("closedOn", school.closedOn());
    }
}

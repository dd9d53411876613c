package org.voyage.overseas.school;

import static org.voyage.overseas.OverseasCodes.COLLEGE_CODE;
import static org.voyage.overseas.OverseasCodes.FOREIGN_COUNTRIES;
import static org.voyage.overseas.OverseasCodes.MAJOR_CODE;

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

/** Wire form of an overseas school. */
public class OverseasSchoolJson implements RecordJson<OverseasSchool> {

    static final CodeSet<SchoolBrand> BRANDS = CodeListFile.codes("brand", "brands", SchoolBrand.class);
    static final CodeSet<SchoolTier> TIERS = CodeListFile.codes("tier", "tiers", SchoolTier.class);
    static final CodeSet<SchoolForm> FORMS = CodeListFile.codes("form", "forms", SchoolForm.class);
    static final CodeSet<OverseasSchoolStatus> STATUSES =
            CodeListFile.codes("status", "statuses", OverseasSchoolStatus.class);

    private static final int MAX_NAME_LENGTH = 200;
    private static final int MAX_LIST_SIZE = 200;

    @Override
    public OverseasSchool readFields(FieldReader in) {
        return new OverseasSchool(
                in.readText("name", MAX_NAME_LENGTH),
                in.readOptionalText("nameEn", MAX_NAME_LENGTH),
                in.readCode("brand", BRANDS),
                in.readCode("tier", TIERS),
                in.readCode("form", FORMS),
                readHostCountry(in),
                in.readOptionalText("hostCity", MAX_NAME_LENGTH),
                in.readTexts("foundingColleges", COLLEGE_CODE, 1, MAX_LIST_SIZE),
                in.readObjects(
                        "foreignPartners",
                        List.of("name", "country"),
                        0,
                        MAX_LIST_SIZE,
                        OverseasSchoolJson::readPartner),
                in.readTexts("enterprises", TextFormat.upTo(MAX_NAME_LENGTH), 0, MAX_LIST_SIZE),
                in.readTexts("majors", MAJOR_CODE, 0, MAX_LIST_SIZE),
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

    private static String readHostCountry(FieldReader in) {
        String country = in.readOptionalCode("hostCountry", FOREIGN_COUNTRIES);
        if (!in.hasField("hostCountry")) {
            in.refuseField(
                    "hostCountry",
                    "host-country-required",
                    "An overseas school, such as a Luban Workshop, needs its host country.",
                    "境外办学机构（如鲁班工坊）必须填写所在国家（地区）。");
        }
        return country == null ? "" : country;
    }

    private static SchoolPartner readPartner(FieldReader in) {
        return new SchoolPartner(in.readText("name", MAX_NAME_LENGTH), in.readCode("country", FOREIGN_COUNTRIES));
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
                    "状态为“关闭”时必须填写关闭日期，其他状态不得填写。");
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
            for (SchoolPartner partner : school.foreignPartners()) {
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

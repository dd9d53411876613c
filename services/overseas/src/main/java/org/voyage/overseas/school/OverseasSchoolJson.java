package org.voyage.overseas.school;

import static org.voyage.overseas.Reference.COLLEGE;
import static org.voyage.overseas.Reference.COUNTRIES;
import static org.voyage.overseas.Reference.MAJOR;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.ReferenceFile;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.FieldReader;
import org.voyage.kit.web.Shape;

/** The wire form of an overseas school. */
public class OverseasSchoolJson implements RecordJson<OverseasSchool> {

    static final Codes<Brand> BRANDS = ReferenceFile.codes("brand", "brands", Brand.class);
    static final Codes<Tier> TIERS = ReferenceFile.codes("tier", "tiers", Tier.class);
    static final Codes<Form> FORMS = ReferenceFile.codes("form", "forms", Form.class);
    static final Codes<OverseasSchoolStatus> STATUSES =
            ReferenceFile.codes("status", "statuses", OverseasSchoolStatus.class);

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_LIST = 200;

    @Override
    public OverseasSchool fields(FieldReader in) {
        return new OverseasSchool(
                in.text("name", LONGEST_NAME),
                in.optionalText("nameEn", LONGEST_NAME),
                in.code("brand", BRANDS),
                in.code("tier", TIERS),
                in.code("form", FORMS),
                hostCountry(in),
                in.optionalText("hostCity", LONGEST_NAME),
                in.texts("foundingColleges", COLLEGE, 1, LONGEST_LIST),
                in.objects("foreignPartners", List.of("name", "country"), 0, LONGEST_LIST, OverseasSchoolJson::partner),
                in.texts("enterprises", Shape.upTo(LONGEST_NAME), 0, LONGEST_LIST),
                in.texts("majors", MAJOR, 0, LONGEST_LIST),
                in.code("status", STATUSES),
                in.optionalDate("openedOn"),
                in.optionalDate("closedOn"));
    }

    @Override
    public @Nullable LocalDate day(OverseasSchool school) {
        return school.openedOn();
    }

    @Override
    public void check(FieldReader in, OverseasSchool school) {
        checkDates(in, school.status(), school.openedOn(), school.closedOn());
    }

    private static String hostCountry(FieldReader in) {
        String country = in.optionalCode("hostCountry", COUNTRIES);
        if (!in.has("hostCountry")) {
            in.refuse(
                    "hostCountry",
                    "host-country-required",
                    "An overseas school, such as a Luban Workshop, needs the country that it stands in.",
                    "境外办学机构（如鲁班工坊）必须填写所在国家（地区）。");
        }
        return country == null ? "" : country;
    }

    private static ForeignPartner partner(FieldReader in) {
        return new ForeignPartner(in.text("name", LONGEST_NAME), in.code("country", COUNTRIES));
    }

    private static void checkDates(
            FieldReader in, OverseasSchoolStatus status, @Nullable LocalDate opened, @Nullable LocalDate closed) {
        if (opened == null && status != OverseasSchoolStatus.PLANNED) {
            in.refuse(
                    "openedOn", "opened-on-required", "Only a planned school has no opening date.", "除筹建状态外，必须填写开办日期。");
        }
        if ((closed != null) != (status == OverseasSchoolStatus.CLOSED)) {
            in.refuse(
                    "closedOn",
                    "closed-on-when-closed",
                    "A closing date is given exactly when the status is closed.",
                    "状态为 closed 时必须填写关闭日期，其他状态不得填写。");
        }
        if (opened != null && closed != null && closed.isBefore(opened)) {
            in.refuse("closedOn", "closed-after-opened", "It closes before it opens.", "关闭日期早于开办日期。");
        }
    }

    @Override
    public void write(OverseasSchool school, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.text("name", school.name());
        out.text("nameEn", school.nameEn());
        out.code("brand", school.brand());
        out.code("tier", school.tier());
        out.code("form", school.form());
        out.text("hostCountry", school.hostCountry());
        out.text("hostCity", school.hostCity());
        out.texts("foundingColleges", school.foundingColleges());
        if (!school.foreignPartners().isEmpty()) {
            generator.writeArrayFieldStart("foreignPartners");
            for (ForeignPartner partner : school.foreignPartners()) {
                generator.writeStartObject();
                out.text("name", partner.name());
                out.text("country", partner.country());
                generator.writeEndObject();
            }
            generator.writeEndArray();
        }
        out.texts("enterprises", school.enterprises());
        out.texts("majors", school.majors());
        out.code("status", school.status());
        out.date("openedOn", school.openedOn());
        out.date("closedOn", school.closedOn());
    }
}

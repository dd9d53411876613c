package org.voyage.demo;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Record of an overseas school; {@code openedOn} is absent while planned, {@code closedOn} present exactly when closed.
 */
record OverseasSchool(
        String province,
        String sourceId,
        String name,
        String nameEn,
        String brand,
        String tier,
        String form,
        String hostCountry,
        String hostCity,
        List<String> foundingColleges,
        List<?> foreignPartners,
        List<String> enterprises,
        List<String> majors,
        String status,
        @Nullable LocalDate openedOn,
        @Nullable LocalDate closedOn)
        implements BureauRecord {

    static List<OverseasSchool> readSchools(DemoHistory history) {
        return history.rowsOf(DemoRecordType.SCHOOLS).map(OverseasSchool::of).toList();
    }

    private static OverseasSchool of(RecordRow row) {
        return new OverseasSchool(
                row.province(),
                row.sourceId(),
                row.text("name"),
                row.text("nameEn"),
                row.text("brand"),
                row.text("tier"),
                row.text("form"),
                row.text("hostCountry"),
                row.text("hostCity"),
                textsOf(row, "foundingColleges"),
                (List<?>) row.fields().getOrDefault("foreignPartners", List.of()),
                textsOf(row, "enterprises"),
                textsOf(row, "majors"),
                row.text("status"),
                row.date("openedOn"),
                row.date("closedOn"));
    }

    private static List<String> textsOf(RecordRow row, String field) {
        return ((List<?>) row.fields().getOrDefault(field, List.of()))
                .stream().map(String::valueOf).toList();
    }

    @Override
    public DemoRecordType type() {
        return DemoRecordType.SCHOOLS;
    }

    OverseasSchool withStatus(String changed, @Nullable LocalDate opened, @Nullable LocalDate closed) {
        return new OverseasSchool(
                province,
                sourceId,
                name,
                nameEn,
                brand,
                tier,
                form,
                hostCountry,
                hostCity,
                foundingColleges,
                foreignPartners,
                enterprises,
                majors,
                changed,
                opened,
                closed);
    }

    OverseasSchool withSourceId(String changed) {
        return new OverseasSchool(
                province,
                changed,
                name,
                nameEn,
                brand,
                tier,
                form,
                hostCountry,
                hostCity,
                foundingColleges,
                foreignPartners,
                enterprises,
                majors,
                status,
                openedOn,
                closedOn);
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("nameEn", nameEn);
        fields.put("brand", brand);
        fields.put("tier", tier);
        fields.put("form", form);
        fields.put("hostCountry", hostCountry);
        fields.put("hostCity", hostCity);
        fields.put("foundingColleges", foundingColleges);
        if (!foreignPartners.isEmpty()) {
            fields.put("foreignPartners", foreignPartners);
        }
        if (!enterprises.isEmpty()) {
            fields.put("enterprises", enterprises);
        }
        fields.put("majors", majors);
        fields.put("status", status);
        if (openedOn != null) {
            fields.put("openedOn", openedOn.toString());
        }
        if (closedOn != null) {
            fields.put("closedOn", closedOn.toString());
        }
        return fields;
    }
}

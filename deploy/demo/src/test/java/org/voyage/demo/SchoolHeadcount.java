package org.voyage.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Record of a headcount: students of one school and major in one year. */
record SchoolHeadcount(String province, String school, int year, String major, int students) implements BureauRecord {

    static List<SchoolHeadcount> readHeadcounts(DemoHistory history) {
        return history.rowsOf(DemoRecordType.HEADCOUNTS)
                .map(row -> new SchoolHeadcount(
                        row.province(),
                        row.text("school"),
                        row.number("year"),
                        row.text("major"),
                        row.number("students")))
                .toList();
    }

    @Override
    public DemoRecordType type() {
        return DemoRecordType.HEADCOUNTS;
    }

    @Override
    public String sourceId() {
        return school + "-" + year + "-" + major;
    }

    SchoolHeadcount withStudents(int changed) {
        return new SchoolHeadcount(province, school, year, major, changed);
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("school", school);
        fields.put("year", year);
        fields.put("major", major);
        fields.put("students", students);
        return fields;
    }
}

package org.voyage.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/** Students of one school and major in one year. */
record Headcount(String province, String school, int year, String major, int students) implements Entry {

    @Override
    public RecordType type() {
        return RecordType.HEADCOUNTS;
    }

    @Override
    public String sourceId() {
        return school + "-" + year + "-" + major;
    }

    Headcount withStudents(int changed) {
        return new Headcount(province, school, year, major, changed);
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

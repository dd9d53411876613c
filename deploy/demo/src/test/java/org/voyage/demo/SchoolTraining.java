package org.voyage.demo;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** Record of a training that a school gave to the staff of an enterprise. */
record SchoolTraining(
        String province, String sourceId, String school, String enterprise, int people, int days, LocalDate startedOn)
        implements BureauRecord {

    @Override
    public DemoRecordType type() {
        return DemoRecordType.TRAININGS;
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("school", school);
        fields.put("enterprise", enterprise);
        fields.put("people", people);
        fields.put("days", days);
        fields.put("startedOn", startedOn.toString());
        return fields;
    }
}

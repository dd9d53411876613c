package org.voyage.prove;

import java.util.Arrays;
import java.util.List;

/** Kinds of records that the load writes, one of each of three services. Each write has a number in a field of its own. */
enum RecordKind {
    SCHOOL("overseas", "overseas-school", "name", "overseas-schools", """
            {"name":"%s","brand":"luban-workshop","tier":"workshop","form":"training-centre","hostCountry":"THA",\
            "foundingColleges":["4112900001"],"majors":["460301"],"status":"open","openedOn":"2025-11-01"}"""),
    PLACEMENT("mobility", "outbound-placement", "hostOrganisation", "outbound-participants", """
            {"hostOrganisation":"%s","college":"4112900001","hostCountry":"THA","purpose":"internship","participants":3,\
            "days":30,"startedOn":"2025-03-01"}"""),
    RECOGNITION("standards", "credential-recognition", "course", "credential-recognitions", """
            {"course":"%s","credential":"证明","delivery":"online","college":"4112900001","country":"THA",\
            "submittedOn":"2025-02-01","decision":"recognised","decidedOn":"2025-03-01"}""");

    /** Province of all records. */
    static final String PROVINCE = "12";

    /** Year to which all records belong. */
    static final int YEAR = 2025;

    final String service;
    final String record;
    /** Field with the number of the write. */
    final String field;

    final String figure;
    private final String body;

    RecordKind(String service, String record, String field, String figure, String body) {
        this.service = service;
        this.record = record;
        this.field = field;
        this.figure = figure;
        this.body = body;
    }

    /** Returns the kind of a name of {@code contracts/records}. */
    static RecordKind ofRecord(String record) {
        return Arrays.stream(values())
                .filter(kind -> kind.record.equals(record))
                .findFirst()
                .orElseThrow();
    }

    String toBody(String key, long number) {
        return body.formatted(key + " " + number);
    }

    String pathOf(String key) {
        return "/api/" + service + "/v1/" + record + "s/" + PROVINCE + "/" + key;
    }

    String topic() {
        return service + "." + record;
    }

    String table() {
        return record.replace('-', '_');
    }

    /** Returns how much a record adds to the figure. */
    int weight() {
        return this == PLACEMENT ? 3 : 1;
    }

    static List<RecordKind> all() {
        return List.of(values());
    }
}

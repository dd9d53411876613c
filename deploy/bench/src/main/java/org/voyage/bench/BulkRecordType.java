package org.voyage.bench;

import java.util.Locale;

/**
 * Record type of a measured upload.
 *
 * @param line one row as NDJSON, by province and number
 */
record BulkRecordType(String service, String collection, String table, LineGenerator line) {

    interface LineGenerator {
        String lineOf(String province, int number);
    }

    static final BulkRecordType SCHOOLS =
            new BulkRecordType("overseas", "overseas-schools", "overseas_school", BulkRecordType::schoolLine);
    static final BulkRecordType ENROLMENTS = new BulkRecordType(
            "mobility", "inbound-enrolments", "inbound_enrolment", (province, i) -> enrolmentLine(province, i));

    String topic() {
        return service + "." + table.replace('_', '-');
    }

    private static final String[] NATIONALITIES = {"THA", "LAO", "VNM", "IDN", "KAZ", "KEN", "NGA", "PAK", "RUS", "DEU"
    };
    private static final String[] MAJORS = {"460301", "500101", "510201", "530701", "590302"};

    private static String schoolLine(String province, int i) {
        return String.format(Locale.ROOT, """
                {"sourceId":"BENCH-%1$d","name":"境外办学机构%1$d","nameEn":"Overseas School %1$d","brand":"luban-workshop",\
                "tier":"workshop","form":"training-centre","hostCountry":"THA","hostCity":"大城",\
                "foundingColleges":["41%2$s0%3$05d"],"foreignPartners":[{"name":"大城技术学院","country":"THA"}],\
                "majors":["460301","500101"],"status":"open","openedOn":"2016-03-08"}
                """, i, province, i % 100_000);
    }

    private static String enrolmentLine(String province, int i) {
        return "{\"sourceId\":\"BENCH-" + i + "\"," + enrolmentFields(province, i) + "}\n";
    }

    /** Returns the fields of one student, without name and passport: those are encrypted, which no baseline does. */
    static String enrolmentFields(String province, int i) {
        boolean left = i % 3 == 0;
        return "\"nationality\":\"" + NATIONALITIES[i % NATIONALITIES.length] + "\",\"college\":\"41" + province
                + String.format(Locale.ROOT, "%06d", i % 60)
                + "\",\"level\":\"higher-vocational\",\"category\":\"degree\","
                + "\"major\":\"" + MAJORS[i % MAJORS.length] + "\",\"chineseWithSkills\":" + (i % 2 == 0)
                + ",\"funding\":\"provincial-government\",\"chineseLevel\":" + i % 7
                + ",\"assessed\":true,\"startedOn\":\"2021-09-0" + (1 + i % 9) + "\""
                + (left ? ",\"endedOn\":\"2024-06-30\",\"outcome\":\"graduated\"" : ",\"outcome\":\"enrolled\"");
    }
}

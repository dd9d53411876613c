package org.voyage.demo;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fictitious persons of the few enrolments that demonstrate personal data. */
final class FictitiousPersons {

    private FictitiousPersons() {}

    /** Returns the same fictitious student at two colleges of two bureaus, after the time of all published figures. */
    static List<RecordRow> changeOfCollege() {
        LocalDate change = LocalDate.of(2024, 9, 1);
        RecordRow first = withPerson(
                RecordRow.of(RecordType.ENROLMENTS, "45", "IE-2024-MOVED")
                        .withField("nationality", "LAO")
                        .withField("college", "4145900001")
                        .withField("level", "higher-vocational")
                        .withField("category", "degree")
                        .withField("major", "460301")
                        .withField("chineseWithSkills", true)
                        .withField("funding", "provincial-government")
                        .withField("chineseLevel", 3)
                        .withField("assessed", true)
                        .withField("startedOn", LocalDate.of(2024, 2, 29))
                        .withField("endedOn", change)
                        .withField("outcome", "transferred"),
                999);
        Map<String, Object> fields = new LinkedHashMap<>(first.fields());
        fields.put("college", "4153900001");
        fields.put("startedOn", change.toString());
        fields.put("outcome", "enrolled");
        fields.remove("endedOn");
        return List.of(first, new RecordRow(RecordType.ENROLMENTS, "53", "IE-2024-MOVED", fields));
    }

    static RecordRow withPerson(RecordRow row, int number) {
        return row.withField("name", "示例学生%03d Example Student (fictitious)".formatted(number))
                .withField("passportNumber", "EXAMPLE%05d".formatted(number))
                .withField(
                        "birthDate",
                        number % 5 == 0 ? LocalDate.of(1984, 2, 29) : LocalDate.of(1985, 1, 1 + number % 28));
    }
}

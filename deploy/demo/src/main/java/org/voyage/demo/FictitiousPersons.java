package org.voyage.demo;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The few enrolments that carry the fictitious persons which personal data is shown with. */
final class FictitiousPersons {

    private FictitiousPersons() {}

    /** The same fictitious student at two colleges of two bureaus, after everything that was published. */
    static List<Row> changeOfCollege() {
        LocalDate change = LocalDate.of(2024, 9, 1);
        Row first = in(
                Row.of(RecordType.ENROLMENTS, "45", "IE-2024-MOVED")
                        .with("nationality", "LAO")
                        .with("college", "4145900001")
                        .with("level", "higher-vocational")
                        .with("category", "degree")
                        .with("major", "460301")
                        .with("chineseWithSkills", true)
                        .with("funding", "provincial-government")
                        .with("chineseLevel", 3)
                        .with("assessed", true)
                        .with("startedOn", LocalDate.of(2024, 2, 29))
                        .with("endedOn", change)
                        .with("outcome", "transferred"),
                999);
        Map<String, Object> fields = new LinkedHashMap<>(first.fields());
        fields.put("college", "4153900001");
        fields.put("startedOn", change.toString());
        fields.put("outcome", "enrolled");
        fields.remove("endedOn");
        return List.of(first, new Row(RecordType.ENROLMENTS, "53", "IE-2024-MOVED", fields));
    }

    static Row in(Row row, int number) {
        return row.with("name", "示例学生%03d Example Student (fictitious)".formatted(number))
                .with("passportNumber", "EXAMPLE%05d".formatted(number))
                .with(
                        "birthDate",
                        number % 5 == 0 ? LocalDate.of(1984, 2, 29) : LocalDate.of(1985, 1, 1 + number % 28));
    }
}

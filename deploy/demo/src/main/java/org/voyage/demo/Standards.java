package org.voyage.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The standards that were adopted, with invented titles. */
final class Standards {

    private static final int FIRST_FIELD = 41;
    private static final int FIELDS = 19;

    private static final Map<String, String> ZH =
            Map.of("instruction", "专业教学标准", "curriculum", "课程标准", "occupational", "职业标准");
    private static final Map<String, String> EN = Map.of(
            "instruction", "Instruction standard",
            "curriculum", "Curriculum standard",
            "occupational", "Occupational standard");

    private Standards() {}

    static List<Row> build(List<Adoption> adoptions) {
        List<Row> rows = new ArrayList<>();
        for (Adoption adoption : adoptions) {
            int number = rows.size() + 1;
            String field = String.valueOf(FIRST_FIELD + (number * 7 + number / FIELDS) % FIELDS);
            rows.add(Row.of(RecordType.STANDARDS, adoption.province(), adoption.sourceId())
                    .with("title", "示例%s%s第%d号".formatted(Majors.field(field), ZH.get(adoption.kind()), number))
                    .with(
                            "titleEn",
                            number % 4 == 0
                                    ? null
                                    : "%s no. %d for %s (example)"
                                            .formatted(EN.get(adoption.kind()), number, Majors.fieldEn(field)))
                    .with("kind", adoption.kind())
                    .with("developingColleges", adoption.developingColleges())
                    .with("field", field)
                    .with("edition", String.valueOf(adoption.held().openedOn().getYear())));
        }
        return rows;
    }
}

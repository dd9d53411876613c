package org.voyage.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Generator of the adopted standards, with invented titles. */
final class StandardGenerator {

    private static final int FIRST_FIELD = 41;
    private static final int FIELD_COUNT = 19;

    private static final Map<String, String> CHINESE_KINDS =
            Map.of("instruction", "专业教学标准", "curriculum", "课程标准", "occupational", "职业标准");
    private static final Map<String, String> ENGLISH_KINDS = Map.of(
            "instruction", "Instruction standard",
            "curriculum", "Curriculum standard",
            "occupational", "Occupational standard");

    private StandardGenerator() {}

    static List<RecordRow> buildRows(List<StandardAdoption> adoptions) {
        List<RecordRow> rows = new ArrayList<>();
        for (StandardAdoption adoption : adoptions) {
            int number = rows.size() + 1;
            String field = String.valueOf(FIRST_FIELD + (number * 7 + number / FIELD_COUNT) % FIELD_COUNT);
            rows.add(RecordRow.of(RecordType.STANDARDS, adoption.province(), adoption.sourceId())
                    .withField(
                            "title",
                            "示例%s%s第%d号"
                                    .formatted(
                                            MajorCatalogue.fieldOf(field), CHINESE_KINDS.get(adoption.kind()), number))
                    .withField(
                            "titleEn",
                            number % 4 == 0
                                    ? null
                                    : "%s no. %d for %s (example)"
                                            .formatted(
                                                    ENGLISH_KINDS.get(adoption.kind()),
                                                    number,
                                                    MajorCatalogue.englishFieldOf(field)))
                    .withField("kind", adoption.kind())
                    .withField("developingColleges", adoption.developingColleges())
                    .withField("field", field)
                    .withField(
                            "edition", String.valueOf(adoption.held().openedOn().getYear())));
        }
        return rows;
    }
}

package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class BulkFileTest {

    private final School school = History.build().schools().getFirst();

    @Test
    void a_line_of_ndjson_is_the_key_and_the_fields() {
        BulkFile file = BulkFile.ndjson(List.of(school));
        assertThat(file.text())
                .startsWith("{\"sourceId\":\"LB-01\",\"name\":\"")
                .endsWith("}\n");
    }

    @Test
    void a_cell_with_a_comma_is_quoted_and_lists_are_parted_by_bars() {
        Training training =
                new Training("12", "T", school.sourceId(), "Works, \"Ltd\"", 2, 3, LocalDate.of(2024, 2, 29));
        assertThat(BulkFile.csv(List.of(training)).text())
                .isEqualTo("sourceId,school,enterprise,people,days,startedOn\r\n"
                        + "T,LB-01,\"Works, \"\"Ltd\"\"\",2,3,2024-02-29\r\n");
        assertThat(BulkFile.csv(List.of(school)).text()).contains("Ayutthaya Technical College:THA", "460301|460305");
    }

    @Test
    void a_column_that_only_some_rows_have_is_empty_in_the_others() {
        School planned = school.withStatus("planned", null, null).withSourceId("P");
        String text = BulkFile.csv(List.of(planned, school)).text();
        assertThat(text.lines()
                        .map(line -> line.chars().filter(c -> c == ',').count())
                        .distinct())
                .hasSize(1);
    }
}

package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkFileTest {

    private final OverseasSchool school =
            OverseasSchool.readSchools(DemoHistory.readHistory()).getFirst();

    @Test
    void a_line_of_ndjson_is_the_key_and_the_fields() {
        BulkFile file = BulkFile.ndjson(List.of(school));
        assertThat(text(file)).startsWith("{\"sourceId\":\"LB-01\",\"name\":\"").endsWith("}\n");
    }

    @Test
    void a_cell_with_a_comma_is_quoted_and_lists_are_parted_by_bars() {
        SchoolTraining training =
                new SchoolTraining("12", "T", school.sourceId(), "Works, \"Ltd\"", 2, 3, LocalDate.of(2024, 2, 29));
        assertThat(text(BulkFile.csv(List.of(training))))
                .isEqualTo("sourceId,school,enterprise,people,days,startedOn\r\n"
                        + "T,LB-01,\"Works, \"\"Ltd\"\"\",2,3,2024-02-29\r\n");
        assertThat(text(BulkFile.csv(List.of(school)))).contains("Ayutthaya Technical College:THA", "460301|460305");
    }

    @Test
    void a_column_that_only_some_rows_have_is_empty_in_the_others() {
        OverseasSchool planned = school.withStatus("planned", null, null).withSourceId("P");
        String text = text(BulkFile.csv(List.of(planned, school)));
        assertThat(text.lines()
                        .map(line -> line.chars().filter(c -> c == ',').count())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void a_chinese_table_has_the_headings_of_the_template_in_its_own_encoding() {
        BulkFile file = BulkFile.gb18030(List.of(school));
        assertThat(file.contentType()).isEqualTo("text/csv; charset=gb18030");
        assertThat(new String(file.bytes(), Charset.forName("GB18030")))
                .startsWith("记录编号,")
                .contains("所在国家", school.name());
    }

    @Test
    void a_spreadsheet_has_the_headings_of_the_template(@TempDir Path folder) throws Exception {
        RecordRow teacher =
                RecordRow.of(DemoRecordType.ASSIGNMENTS, "53", "T-1").withField("teachers", 3);
        Path path = Files.write(
                folder.resolve("file.xlsx"), BulkFile.xlsx(List.of(teacher)).bytes());
        StringBuilder text = new StringBuilder();
        try (ZipFile zip = new ZipFile(path.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().matches("xl/(sharedStrings|worksheets/sheet1)\\.xml")) {
                    text.append(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(zip.getInputStream(entry))
                            .getDocumentElement()
                            .getTextContent());
                }
            }
        }
        assertThat(text).contains("记录编号", "教师人数", "T-1", "3");
    }

    private static String text(BulkFile file) {
        return new String(file.bytes(), StandardCharsets.UTF_8);
    }
}

package org.voyage.kit.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class TemplateFileTest {
    @TempDir
    Path folder;

    private String readPart(String name) throws IOException {
        var path = Files.write(folder.resolve("t.xlsx"), TemplateFile.toBytes(RecordForm.of("thing")));
        try (var zip = new ZipFile(path.toFile());
                var part = zip.getInputStream(zip.getEntry(name))) {
            return new String(part.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void its_headings_are_read_back_without_doubt_and_nothing_stands_below_them() throws IOException {
        var path = Files.write(folder.resolve("t.xlsx"), TemplateFile.toBytes(RecordForm.of("thing")));
        var headings = RecordForm.of("thing").headings();
        try (var file = XlsxFile.open(path)) {
            assertThat(file.sheets())
                    .extracting(XlsxFile.WorkbookSheet::name)
                    .containsExactly("物品", "说明 Explanation", "代码 Codes");
            var rows = file.openRows(file.sheets().getFirst(), 10_000);
            var first = rows.nextRow();
            assertThat(first).isNotNull();
            var cells = java.util.Objects.requireNonNull(first).texts();
            assertThat(HeadingRows.findHeadings(List.of(new HeadingRows.HeadingRow(1, cells)), headings))
                    .isNotNull()
                    .satisfies(found -> assertThat(found.isCertain()).isTrue());
            assertThat(TableColumns.of(cells, RecordForm.of("thing")).names())
                    .containsExactly(
                            "sourceId", "name", "size", "kind", "madeOn", "fragile", "owners", "withdraw", "reason");
            assertThat(cells).startsWith("记录编号 *\nRecord id", "名称 *\nName", "大小\nSize");
            assertThat(rows.nextRow()).isNull();
        }
    }

    @Test
    void codes_are_chosen_from_a_list_and_no_cell_eats_leading_zeros() throws IOException {
        var sheet = readPart("xl/worksheets/sheet1.xml");
        assertThat(sheet).contains("sqref=\"D2:D20001\"", "Codes'!$A$3:$A$5", "是,否");
        assertThat(sheet).contains("topLeftCell=\"B2\"");
        assertThat(readPart("xl/styles.xml")).contains("yyyy-mm-dd");
    }

    @Test
    void what_the_record_refuses_is_not_offered() throws IOException {
        var path = Files.write(folder.resolve("t.xlsx"), TemplateFile.toBytes(RecordForm.of("guest")));
        var offered = new ArrayList<String>();
        try (var file = XlsxFile.open(path)) {
            var rows = file.openRows(file.sheets().getLast(), 10_000);
            for (var row = rows.nextRow(); row != null; row = rows.nextRow()) {
                offered.addAll(row.texts());
            }
        }
        assertThat(offered).contains("泰国", "THA").doesNotContain("中国", "CHN");
        assertThat(RecordForm.of("guest").findCode("country", "中国")).isNull();
        assertThat(RecordForm.of("fourteen").findCode("hostCountry", "中国")).isEqualTo("CHN");
    }

    @Test
    void codes_stand_with_their_days_and_those_that_ended_are_not_chosen_from() throws IOException {
        var path = Files.write(folder.resolve("c.xlsx"), TemplateFile.toBytes(RecordForm.of("crop")));
        var lines = new ArrayList<String>();
        try (var file = XlsxFile.open(path)) {
            var rows = file.openRows(file.sheets().getLast(), 10_000);
            for (var row = rows.nextRow(); row != null; row = rows.nextRow()) {
                lines.add(String.join("|", row.texts()));
            }
        }
        assertThat(lines)
                .contains(
                        "名称|Name|代码 Code|有效期 Valid||名称|Name|代码 Code",
                        "雨季|Rain|rain|||锅|Pot|pot",
                        "收获季|Harvest|harvest|2019-09-01 –||碗|Bowl|bowl",
                        "霜季|Frost|frost|– 2009-12-31||杯|Cup|cup",
                        "旱季|Drought|drought|1990-01-01 – 2004-12-31");
        try (var zip = new ZipFile(path.toFile());
                var part = zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml"))) {
            assertThat(new String(part.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Codes'!$A$3:$A$4", "Codes'!$F$3:$F$5");
        }
    }

    @Test
    void the_example_of_a_code_is_one_that_may_be_written() throws IOException {
        var path = Files.write(folder.resolve("t.xlsx"), TemplateFile.toBytes(RecordForm.of("thing")));
        var form = RecordForm.of("thing");
        var tried = new ArrayList<String>();
        try (var file = XlsxFile.open(path)) {
            var rows = file.openRows(file.sheets().get(1), 10_000);
            for (var row = rows.nextRow(); row != null; row = rows.nextRow()) {
                var cells = row.texts();
                var field = cells.size() < 8 ? null : form.field(cells.get(2));
                if (field != null && field.codes() != null) {
                    tried.add(cells.get(7));
                    assertThat(form.findCode(field.name(), cells.get(7)))
                            .as(cells.get(7))
                            .isEqualTo(field.example());
                }
            }
        }
        assertThat(tried).containsExactly("锅（pot）");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "madeOn",
                "MADEON",
                "制造日期",
                "Made on",
                "made  ON",
                "制造日期*",
                "＊制造日期",
                "制造日期（必填）",
                "制造日期 (必填)",
                "制造日期 Made on",
                "制造日期\nMade on",
                "制造日期/Made on",
                "　制造日期：",
                "ｍａｄｅ ｏｎ",
                "制造日期 *\nMade on"
            })
    void a_heading_is_known_however_a_clerk_writes_it(String heading) {
        assertThat(RecordForm.of("thing").headings().findField(heading)).isEqualTo("madeOn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"制造", "名称\n大小", "", "made", "日期"})
    void a_heading_that_may_mean_another_column_is_unknown(String heading) {
        assertThat(RecordForm.of("thing").headings().findField(heading)).isNull();
    }

    @Test
    void codes_are_known_by_their_names() {
        var form = RecordForm.of("thing");
        assertThat(form.findCode("kind", "锅")).isEqualTo("pot");
        assertThat(form.findCode("kind", " pOT ")).isEqualTo("pot");
        assertThat(form.findCode("kind", "盆")).isNull();
        assertThat(form.findCode("name", "锅")).isNull();
        assertThat(RecordForm.of("fourteen").findCode("foreignPartners/country", "泰国"))
                .isEqualTo("THA");
        assertThat(RecordForm.of("guest").findCode("country", "刚果(布)")).isEqualTo("COG");
    }
}

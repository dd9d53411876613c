package org.voyage.kit.bulk.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kit.access.Province;
import org.voyage.kit.bulk.spool.SpoolFile;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.sheet.RecordForm;

/** Test of tables as clerks write them. */
@SuppressWarnings("NullAway.Init")
class TableSourceTest {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final CodeSet<String> KINDS = CodeSet.of("kind", List.of("pot", "bowl", "cup"));

    @TempDir
    Path folder;

    private interface SheetFiller {
        void write(Workbook book) throws IOException;
    }

    private Path writeXlsx(SheetFiller sheets) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var book = new Workbook(out, "Clerk", null)) {
            sheets.write(book);
        }
        return Files.write(folder.resolve("clerk.xlsx"), out.toByteArray());
    }

    private static void writeRow(Worksheet sheet, int row, Object... cells) {
        for (int c = 0; c < cells.length; c++) {
            switch (cells[c]) {
                case String text -> sheet.value(row, c, text);
                case LocalDate day -> {
                    sheet.value(row, c, day);
                    sheet.style(row, c).format("yyyy/m/d").set();
                }
                case Number number -> sheet.value(row, c, number);
                case Boolean flag -> sheet.value(row, c, flag);
                default -> throw new IllegalArgumentException();
            }
        }
    }

    private static RowSource openSource(BatchFormat format, Path file, String record) throws IOException {
        var sent = new SpoolFile(file, null);
        var charset = format == BatchFormat.CSV ? CsvCharsetDetector.detect(sent, null) : null;
        var source = RowSourceFactory.open(format, charset, sent, RecordForm.of(record), Province.of("12"), 10_000);
        source.requireReadableColumns();
        return source;
    }

    /** Returns the row number in the file, then the fields as read, or the broken rules. */
    private static List<String> readThings(BatchFormat format, Path file) throws IOException {
        var shown = new ArrayList<String>();
        try (var source = openSource(format, file, "thing")) {
            for (var row = source.nextRow(); row != null; row = source.nextRow()) {
                shown.add(row.line() + " " + (row.row() == null ? rulesOf(row.findings()) : describeThing(row.row())));
            }
        }
        return shown;
    }

    private static String rulesOf(List<Finding> findings) {
        return String.join(
                " ", findings.stream().map(it -> it.pointer() + "!" + it.rule()).toList());
    }

    private static String describeThing(SubmittedRow row) {
        if (row.isWithdrawal()) {
            return row.sourceId() + " withdrawn: " + row.withdrawReason();
        }
        var in = row.fields();
        var text = row.sourceId() + " " + in.readText("name", 20) + " " + in.readOptionalInteger("size", 0, 1_000_000)
                + " "
                + in.readOptionalCode("kind", KINDS) + " " + in.readOptionalDate("madeOn") + " "
                + in.readFlag("fragile", false)
                + " "
                + in.readTexts("owners", TextFormat.upTo(20), 0, 9);
        return in.collectFindings().isEmpty() ? text : row.sourceId() + " " + rulesOf(in.collectFindings());
    }

    @Test
    void a_sheet_under_a_title_with_gaps_names_and_days_of_all_kinds_is_read() throws IOException {
        var file = writeXlsx(book -> {
            var sheet = book.newWorksheet("2024年上报（定稿）");
            sheet.value(0, 0, "2024年物品统计表");
            sheet.range(0, 0, 0, 6).merge();
            sheet.value(1, 0, "填报单位：某某学校");
            writeRow(sheet, 3, "记录编号 ", "名称（必填）", "大 小", "种类*", "制造日期\nMade on", "Fragile", "所有者");
            writeRow(sheet, 4, "A-1", "铁锅", 1200, "锅", LocalDate.of(2019, 9, 1), "是", "甲、乙");
            writeRow(sheet, 6, "A-2", "大碗", "1,200", "BOWL", "2019/9/1", false, "甲|乙");
            writeRow(sheet, 7, "A-3", " 茶杯　", 12.0, "cup", "2019年9月1日");
            writeRow(sheet, 8, "", "", " ", "");
            writeRow(sheet, 9, 7, "数字编号", 3, "Pot", "2019.9.1", "NO");
            writeRow(sheet, 10, "A-4", "坏", "很多", "盆", "43709", "也许");
            writeRow(sheet, 11, "", "填表人：张三");
            book.newWorksheet("Sheet2");
            book.newWorksheet("备注").value(0, 0, "无");
        });
        assertThat(readThings(BatchFormat.XLSX, file))
                .containsExactly(
                        "5 A-1 铁锅 1200 pot 2019-09-01 true [甲, 乙]",
                        "7 A-2 大碗 1200 bowl 2019-09-01 false [甲, 乙]",
                        "8 A-3 茶杯 12 cup 2019-09-01 false []",
                        "10 7 数字编号 3 pot 2019-09-01 false []",
                        "11 A-4 /size!integer /kind!kind-unknown /madeOn!date /fragile!type");
    }

    @Test
    void a_day_that_became_a_number_and_a_formula_without_its_value_are_reported_as_such() throws IOException {
        var file = writeXlsx(book -> {
            var sheet = book.newWorksheet("表");
            writeRow(sheet, 0, "记录编号", "名称", "大小", "制造日期");
            writeRow(sheet, 1, "A", "锅", 1, 45352);
            writeRow(sheet, 2, "B", "碗", 1, 20240301);
            writeRow(sheet, 3, "C", "杯");
            sheet.formula(3, 2, "1+2");
        });
        assertThat(readThings(BatchFormat.XLSX, file))
                .containsExactly(
                        "2 /madeOn!cell-is-number", "3 B 碗 1 null 2024-03-01 false []", "4 /size!cell-formula");
    }

    @Test
    void totals_notes_and_signatures_are_passed_over_and_counted() throws IOException {
        var xlsx = writeXlsx(book -> {
            var sheet = book.newWorksheet("表");
            writeRow(sheet, 0, "名称", "记录编号", "大小", "种类");
            writeRow(sheet, 1, "合计牌铁锅", "A", 3, "锅");
            writeRow(sheet, 2, "合　计：", "", 3);
            writeRow(sheet, 3, "合计", "B", 3);
            writeRow(sheet, 4, "", "Total", 3);
            writeRow(sheet, 5, "注：数据截至2025年12月31日");
        });
        assertThat(readThings(BatchFormat.XLSX, xlsx))
                .containsExactly("2 A 合计牌铁锅 3 pot null false []", "4 B 合计 3 null null false []");
        var csv = Files.writeString(folder.resolve("clerk.csv"), """
                记录编号,名称,大小
                A,锅,3
                总计,,3
                填表人：张三 2025年12月
                """);
        assertThat(readThings(BatchFormat.CSV, csv)).containsExactly("2 A 锅 3 null null false []");
        try (var source = openSource(BatchFormat.CSV, csv, "thing")) {
            assertThat(source.ignoredParts()).isEmpty();
            while (source.nextRow() != null) {
                assertThat(source.hasByteOrderMark()).isFalse();
            }
            assertThat(source.ignoredParts()).hasSize(1).allSatisfy((finding, rows) -> {
                assertThat(finding.rule()).isEqualTo("row-ignored");
                assertThat(finding.detailZh()).contains("第 3、4 行").doesNotContain("张三");
                assertThat(rows).isEqualTo(2);
            });
        }
    }

    /** They hold phone numbers and names of clerks. */
    @ParameterizedTest
    @ValueSource(strings = {"CSV", "XLSX"})
    void columns_of_the_sender_are_ignored_and_nothing_of_them_is_kept(String format) throws IOException {
        var file = format.equals("XLSX")
                ? writeXlsx(book -> {
                    var sheet = book.newWorksheet("表");
                    writeRow(sheet, 0, "序号", "记录编号", "名称", "备注", "种类");
                    writeRow(sheet, 1, 1, "A", "锅", "问王五", "锅");
                    writeRow(sheet, 2, 2, "B", "碗", "问王五", "盆");
                    writeRow(sheet, 3, 3);
                })
                : Files.writeString(folder.resolve("own.csv"), "序号,记录编号,名称,备注,种类\n1,A,锅,问王五,锅\n2,B,碗,问王五,盆\n3,,,,\n");
        try (var source = openSource(BatchFormat.valueOf(format), file, "thing")) {
            var rows = new ArrayList<ParsedRow>();
            for (var row = source.nextRow(); row != null; row = source.nextRow()) {
                rows.add(row);
            }
            assertThat(rows).extracting(ParsedRow::sourceId).containsExactly("A", "B");
            assertThat(rows)
                    .allSatisfy(row -> assertThat(new String(row.raw(), StandardCharsets.UTF_8))
                            .doesNotContain("王五"));
            assertThat(source.header()).contains("名称").doesNotContain("备注", "序号");
            assertThat(source.retain(rows.get(1), (name, value) -> name.equals("kind"))
                            .raw())
                    .contains("碗")
                    .doesNotContain("盆", "王五");
            assertThat(source.ignoredParts().keySet())
                    .extracting(Finding::rule)
                    .containsExactly("column-ignored", "column-ignored");
        }
    }

    @Test
    void keys_that_look_the_same_are_the_same() throws IOException {
        var csv = Files.writeString(folder.resolve("keys.csv"), """
                记录编号,名称
                FW-100,锅
                ＦＷ－１００,锅
                FW-１00\u3000,锅
                FW\u200b-100,锅
                """);
        assertThat(readThings(BatchFormat.CSV, csv))
                .containsExactly(
                        "2 FW-100 锅 null null null false []",
                        "3 FW-100 锅 null null null false []",
                        "4 FW-100 锅 null null null false []",
                        "5 /sourceId!invisible-character");
    }

    @Test
    void a_merged_value_is_read_in_each_of_its_rows() throws IOException {
        var file = writeXlsx(book -> {
            var sheet = book.newWorksheet("表");
            writeRow(sheet, 0, "记录编号", "名称", "大小", "种类", "制造日期");
            writeRow(sheet, 1, "A", "铁锅", 1, "锅", LocalDate.of(2019, 9, 1));
            writeRow(sheet, 2, "B", "", 2, "碗");
            writeRow(sheet, 4, "C");
            writeRow(sheet, 5, "D", "茶杯", 4, "杯", "2020/1/1");
            writeRow(sheet, 6, "E", "盘");
            sheet.range(1, 1, 4, 1).merge();
            sheet.range(1, 4, 4, 4).merge();
            sheet.range(5, 1, 5, 2).merge();
            sheet.range(6, 1, 6, 2).merge();
        });
        assertThat(readThings(BatchFormat.XLSX, file))
                .containsExactly(
                        "2 A 铁锅 1 pot 2019-09-01 false []",
                        "3 B 铁锅 2 bowl 2019-09-01 false []",
                        "5 C 铁锅 null null 2019-09-01 false []",
                        "6 D 茶杯 4 cup 2020-01-01 false []",
                        "7 E 盘 null null null false []");
    }

    @Test
    void a_value_outside_the_named_columns_is_refused_and_not_dropped() throws IOException {
        var file = writeXlsx(book -> {
            var sheet = book.newWorksheet("表");
            writeRow(sheet, 0, "sourceId", "name", "", "");
            writeRow(sheet, 1, "A", "锅", "", "");
            writeRow(sheet, 2, "B", "碗", "", "备注");
            writeRow(sheet, 3, LocalDate.of(2024, 1, 2), "杯");
            sheet.value(4, 0, "C");
            sheet.value(4, 60, "far away");
        });
        assertThat(readThings(BatchFormat.XLSX, file))
                .containsExactly(
                        "2 A 锅 null null null false []",
                        "3 !column-nameless",
                        "4 2024-01-02 杯 null null null false []",
                        "5 !column-nameless");
        var two = writeXlsx(book -> {
            for (var name : List.of("一月", "二月")) {
                var sheet = book.newWorksheet(name);
                writeRow(sheet, 0, "记录编号", "名称");
                writeRow(sheet, 1, name, "锅");
            }
        });
        assertThatThrownBy(() -> readThings(BatchFormat.XLSX, two))
                .isInstanceOf(Refusal.Malformed.class)
                .hasMessageContaining("Several sheets");
        var none = writeXlsx(book -> writeRow(book.newWorksheet("表"), 0, "编码", "名称"));
        assertThatThrownBy(() -> readThings(BatchFormat.XLSX, none)).hasMessageContaining("记录编号");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CSV", "XLSX"})
    void unknown_columns_are_named_once_for_the_file_with_what_was_meant(String format) throws IOException {
        var file = format.equals("XLSX")
                ? writeXlsx(book -> {
                    writeRow(book.newWorksheet("表"), 0, "记录编号", "名稱", "制造日其", "备注");
                    writeRow(book.newWorksheet("说明"), 0, "随便");
                })
                : Files.writeString(folder.resolve("a.csv"), "记录编号,名稱,制造日其,备注\nA,锅,2019-1-1,x\n");
        assertThatThrownBy(() -> readThings(BatchFormat.valueOf(format), file))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        refusal -> assertThat(refusal.findings())
                                .extracting(Finding::rule, Finding::pointer)
                                .containsExactly(
                                        org.assertj.core.groups.Tuple.tuple("column-unknown", "/名稱"),
                                        org.assertj.core.groups.Tuple.tuple("column-unknown", "/制造日其"),
                                        org.assertj.core.groups.Tuple.tuple("column-missing", "/name")))
                .satisfies(refusal -> assertThat(
                                ((Refusal) refusal).findings().get(1).detailZh())
                        .contains("制造日期"));
    }

    @Test
    void csv_is_read_in_the_encoding_that_it_is_written_in() throws IOException {
        var text = "某校物品表,,\r\n记录编号,名称,种类,,\r\nA,铁锅𠮷,锅,,\r\nB,大碗,碗\r\nC,,,,\r\n,,,,\r\n";
        for (var bytes : List.of(
                text.getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8),
                text.getBytes(GB18030))) {
            var file = Files.write(folder.resolve("a.csv"), bytes);
            assertThat(readThings(BatchFormat.CSV, file))
                    .containsExactly(
                            "3 A 铁锅𠮷 null pot null false []", "4 B 大碗 null bowl null false []", "5 C /name!required");
        }
    }

    /** Returns a title with the other separators in it, a quoted cell with its own separator, and a broken row. */
    private static String textSeparatedBy(char own) {
        return "物品表, 2024; 定稿\r\n记录编号|名称|种类|\r\nA|\"铁|锅\"|锅\r\nB|大碗|碗|\r\nC|a,b;c\td\r\nD|\"x\"y|锅\r\n"
                .replace('|', own);
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", ","})
    void csv_of_other_regional_settings_is_read_by_the_separator_of_its_headings(String separator) throws IOException {
        char own = separator.charAt(0);
        for (var charset : List.of(StandardCharsets.UTF_8, GB18030)) {
            var file = Files.write(folder.resolve("r.csv"), textSeparatedBy(own).getBytes(charset));
            // A tab is not allowed in a text; its refusal shows that the cell was read as one.
            var first = own == '\t' ? "/name!control-character" : "铁" + own + "锅 null pot null false []";
            assertThat(readThings(BatchFormat.CSV, file))
                    .startsWith("3 A " + first, "4 B 大碗 null bowl null false []")
                    .hasSize(4)
                    .last()
                    .isEqualTo("6 !malformed");
        }
    }

    @Test
    void a_list_in_a_cell_is_no_reason_to_take_semicolons_for_separators() throws IOException {
        var file = Files.writeString(folder.resolve("l.csv"), "说明;请勿修改;多项以分号分隔\nsourceId,name,owners\nA,锅,甲;乙\n");
        assertThat(readThings(BatchFormat.CSV, file)).containsExactly("3 A 锅 null null null false [甲, 乙]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void unicode_text_of_a_spreadsheet_is_read_row_by_row(String order) throws IOException {
        var charset = Charset.forName(order);
        var text = "\uFEFF记录编号\t名称\t种类\r\nA\t铁锅𠮷\t锅\r\nB\t断\uD842字\t锅\r\nC\t断\uD842\t锅\r\nD\t茶杯\t杯\r\n";
        var bytes = new ByteArrayOutputStream();
        for (char c : text.toCharArray()) {
            bytes.write(order.endsWith("BE") ? c >> 8 : c);
            bytes.write(order.endsWith("BE") ? c : c >> 8);
        }
        var file = Files.write(folder.resolve("u.txt"), bytes.toByteArray());
        assertThat(CsvCharsetDetector.detect(new SpoolFile(file, null), StandardCharsets.UTF_8))
                .isEqualTo(charset);
        assertThat(readThings(BatchFormat.CSV, file))
                .containsExactly(
                        "2 A 铁锅𠮷 null pot null false []",
                        "3 !not-utf-16",
                        "4 !not-utf-16",
                        "5 D 茶杯 null cup null false []");
        bytes.write('E');
        Files.write(file, bytes.toByteArray());
        assertThat(readThings(BatchFormat.CSV, file)).hasSize(5).last().isEqualTo("6 !not-utf-16");
    }

    @Test
    void a_large_file_of_utf16_ends_at_its_size_and_loses_no_character_where_buffers_meet() throws IOException {
        var text = new StringBuilder("\uFEFFsourceId\tname\r\n");
        for (int i = 0; i < 20_000; i++) {
            text.append(i)
                    .append("\t")
                    .append("𠮷".repeat(1 + i % 7))
                    .append(i % 2 == 0 ? "锅" : "")
                    .append("\r\n");
        }
        var file = Files.write(folder.resolve("l.txt"), text.toString().getBytes(StandardCharsets.UTF_16LE));
        try (var source = openSource(BatchFormat.CSV, file, "thing")) {
            int i = 0;
            for (var row = source.nextRow(); row != null; row = source.nextRow(), i++) {
                assertThat(Objects.requireNonNull(row.row())
                                .value()
                                .path("name")
                                .asText())
                        .isEqualTo("𠮷".repeat(1 + i % 7) + (i % 2 == 0 ? "锅" : ""));
                assertThat(source.position()).isBetween(0L, Files.size(file));
            }
            assertThat(i).isEqualTo(20_000);
            assertThat(source.hasByteOrderMark()).isTrue();
            assertThat(source.position()).isEqualTo(Files.size(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CSV", "XLSX"})
    void headings_in_two_languages_or_in_two_rows_are_found_and_are_no_data(String format) throws IOException {
        var bilingual = writeTable(
                format,
                "物品表",
                "",
                "记录编号,名称,大小,种类",
                "Record id,Name,Size,Kind",
                "sourceId,name,size,kind",
                "A,锅,1,锅",
                "B,碗,2,碗");
        assertThat(readThings(BatchFormat.valueOf(format), bilingual))
                .containsExactly("6 A 锅 1 pot null false []", "7 B 碗 2 bowl null false []");
        var grouped = writeTable(format, "填报单位：某校,,,日期：2024", "记录编号,基本信息,,规格", ",名称,种类,大小", "A,锅,锅,1");
        assertThat(readThings(BatchFormat.valueOf(format), grouped)).containsExactly("4 A 锅 1 pot null false []");
        var unknownChinese = writeTable(format, "编码,名称,规格", "sourceId,name,size", "A,锅,1");
        assertThat(readThings(BatchFormat.valueOf(format), unknownChinese))
                .containsExactly("3 A 锅 1 null null false []");
        var mistyped = writeTable(format, "记录编号,基本信息,,规格", ",名称,种累,大小", "A,锅,锅,1");
        assertThatThrownBy(() -> readThings(BatchFormat.valueOf(format), mistyped))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        refusal -> assertThat(refusal.findings())
                                .extracting(Finding::pointer)
                                .containsExactly("/种累"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CSV", "XLSX"})
    void headings_that_stand_a_second_time_below_rows_take_none_of_them_away(String format) throws IOException {
        var pasted = writeTable(format, "记录编号,名称,大小", "A,锅,1", "B,碗,2", "记录编号,名称,大小,种类,reason", "C,杯,3,杯,更正");
        assertThat(readThings(BatchFormat.valueOf(format), pasted))
                .hasSize(4)
                .startsWith("2 A 锅 1 null null false []", "3 B 碗 2 null null false []")
                .element(2)
                .asString()
                .startsWith("4 !");
    }

    @Test
    void a_cell_beyond_the_headings_that_only_looks_empty_is_empty() throws IOException {
        var file = writeXlsx(book -> {
            var sheet = book.newWorksheet("表");
            writeRow(sheet, 0, "记录编号", "名称", "大小");
            writeRow(sheet, 1, "A", "锅", 1, "\u00a0", "\u200b");
        });
        assertThat(readThings(BatchFormat.XLSX, file)).containsExactly("2 A 锅 1 null null false []");
    }

    @Test
    void a_row_with_a_broken_quote_below_the_headings_is_reported_and_not_skipped() throws IOException {
        var file = Files.writeString(folder.resolve("t.csv"), "记录编号,名称,大小\nA,\"锅\"x,1\nsourceId,name,size\nB,碗,2\n");
        assertThat(readThings(BatchFormat.CSV, file))
                .hasSize(3)
                .first()
                .asString()
                .startsWith("2 ");
    }

    /** Writes rows, given as lines with commas, in either format. */
    private Path writeTable(String format, String... rows) throws IOException {
        if (format.equals("CSV")) {
            return Files.writeString(folder.resolve("t.csv"), String.join("\n", rows) + "\n");
        }
        return writeXlsx(book -> {
            var sheet = book.newWorksheet("表");
            for (int r = 0; r < rows.length; r++) {
                if (!rows[r].isEmpty()) {
                    writeRow(sheet, r, (Object[]) rows[r].split(",", -1));
                }
            }
        });
    }

    @Test
    void headings_that_are_merged_downwards_and_groups_that_are_merged_sideways_are_one_row_of_headings()
            throws IOException {
        var file = writeXlsx(book -> {
            var sheet = book.newWorksheet("表");
            sheet.value(0, 0, "2024年物品统计表");
            sheet.range(0, 0, 0, 4).merge();
            writeRow(sheet, 1, "记录编号", "规格", "", "备件", "制造日期");
            writeRow(sheet, 2, "", "大小", "种类", "名称");
            writeRow(sheet, 3, "A", 7, "锅", "铁锅", LocalDate.of(2019, 9, 1));
            writeRow(sheet, 4, "B", 8, "很", "大碗");
            sheet.range(1, 0, 2, 0).merge();
            sheet.range(1, 1, 1, 2).merge();
            sheet.range(1, 4, 2, 4).merge();
        });
        assertThat(readThings(BatchFormat.XLSX, file))
                .containsExactly("4 A 铁锅 7 pot 2019-09-01 false []", "5 B /kind!kind-unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CSV", "XLSX"})
    void where_no_headings_are_found_it_is_said_what_was_looked_for_and_which_row_came_nearest(String format)
            throws IOException {
        var file = writeTable(format, "物品表", "", "编码,名称,大小", "A,锅,1");
        assertThatThrownBy(() -> readThings(BatchFormat.valueOf(format), file))
                .isInstanceOf(Refusal.Malformed.class)
                .hasMessageContaining("Row 3 comes nearest: it has name, size, and no sourceId.")
                .satisfies(refusal -> assertThat(((Refusal) refusal).detailZh())
                        .contains("“记录编号”", "此外应有“名称”", "第 3 行最接近：已识别“名称”、“大小”，缺少“记录编号”。"));
    }

    @Test
    void a_file_of_an_old_macintosh_is_refused_as_such() throws IOException {
        var file = Files.writeString(folder.resolve("mac.csv"), "记录编号,名称\rA,锅\rB,锅\r");
        assertThatThrownBy(() -> readThings(BatchFormat.CSV, file))
                .isInstanceOf(Refusal.Malformed.class)
                .hasMessageContaining("Macintosh");
        var quoted = Files.writeString(folder.resolve("two.csv"), "记录编号,\"名称\r\nName\"\r\nA,锅\r\n");
        assertThat(readThings(BatchFormat.CSV, quoted)).containsExactly("3 A 锅 null null null false []");
    }

    @Test
    void valid_utf8_is_never_taken_for_anything_else() throws IOException {
        var random = new java.util.Random(7);
        for (int round = 0; round < 300; round++) {
            var text = new StringBuilder("sourceId,name\n");
            for (int i = 0; i < 20; i++) {
                text.append(i).append(',');
                for (int c = random.nextInt(5); c >= 0; c--) {
                    text.appendCodePoint(
                            random.nextInt(4) == 0 ? 0xC0 + random.nextInt(0x200) : 0x4E00 + random.nextInt(20_000));
                }
                text.append('\n');
            }
            var file = Files.write(folder.resolve("u.csv"), text.toString().getBytes(StandardCharsets.UTF_8));
            assertThat(CsvCharsetDetector.detect(new SpoolFile(file, null), null))
                    .isEqualTo(StandardCharsets.UTF_8);
            Files.write(file, text.toString().getBytes(GB18030));
            assertThat(CsvCharsetDetector.detect(new SpoolFile(file, null), null))
                    .isEqualTo(GB18030);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "带队教师, true",
        "单位负责人, true",
        "任课教师姓名, true",
        "住宿费（万元）, true",
        "Contact phone, true",
        "王小明, false",
        "王小明老师, false",
        "张三电话, false",
        "联系人（张三）, false",
        "学号(Zephyrine Quokka), false",
        "入学日期（1999-11-23）, false",
        "Teacher Zephyrine Quokka, false"
    })
    void a_heading_with_the_name_of_a_person_is_not_shown(String heading, boolean shown) {
        assertThat(RecordForm.of("guest").mayShowHeading(heading)).isEqualTo(shown);
    }

    @Test
    void a_heading_that_may_be_a_person_is_reported_by_its_place() throws IOException {
        var unknown = Files.writeString(folder.resolve("h.csv"), "sourceId,张三丰,countri\nA,x,THA\n");
        assertThatThrownBy(() -> openSource(BatchFormat.CSV, unknown, "guest"))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        refusal -> assertThat(refusal.findings())
                                .noneMatch(finding -> finding.toString().contains("张三丰"))
                                .satisfiesExactly(
                                        first -> assertThat(first.detail())
                                                .contains("column 3")
                                                .containsIgnoringCase("country"),
                                        second -> assertThat(second.detail()).contains("column 2"),
                                        missing -> assertThat(missing.pointer()).isEqualTo("/country"),
                                        missing -> assertThat(missing.pointer()).isEqualTo("/nights")));
        var twice = Files.writeString(folder.resolve("t.csv"), "sourceId,张三丰,张三丰\nA,x,THA\n");
        assertThatThrownBy(() -> openSource(BatchFormat.CSV, twice, "guest"))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        refusal -> assertThat(refusal.findings())
                                .noneMatch(finding -> finding.toString().contains("张三丰")));
    }

    @Test
    void utf8_with_some_broken_lines_stays_utf8() throws IOException {
        var good = "sourceId,name\nA,锅\nB,碗\nC,杯\n".getBytes(StandardCharsets.UTF_8);
        var bad = "D,盘子\n".getBytes(GB18030);
        var bytes = java.util.Arrays.copyOf(good, good.length + bad.length);
        System.arraycopy(bad, 0, bytes, good.length, bad.length);
        var file = Files.write(folder.resolve("b.csv"), bytes);
        assertThat(readThings(BatchFormat.CSV, file)).hasSize(4).last().isEqualTo("5 !not-utf-8");
    }

    /** Surplus cells and rows of other records held names in clear, also where a record has no personal field. */
    @Test
    void nothing_is_kept_of_a_row_that_cannot_be_placed() throws IOException {
        var csv = Files.writeString(
                folder.resolve("u.csv"), "sourceId,name,size\nA,x,1,张三\nB,y\n张三 电话 1\nC,\"z\"张三,1\nD,锅,many\n,碗,3\n");
        assertThat(keptOf(csv, BatchFormat.CSV)).containsExactly("", "", "", "", "D,锅,many", ",碗,3");
        var ndjson = Files.writeString(
                folder.resolve("u.ndjson"),
                "{\"sourceId\":\"A\",\"name\":\"x\",\"passportNumber\":\"E1\"}\n{\"sourceId\":\"B\",\"nmae\":7}\n张三\n");
        assertThat(keptOf(ndjson, BatchFormat.NDJSON)).containsExactly("", "{\"sourceId\":\"B\",\"nmae\":7}", "");
    }

    private static List<String> keptOf(Path file, BatchFormat format) throws IOException {
        var kept = new ArrayList<String>();
        try (var source = openSource(format, file, "thing")) {
            var keeper = new RowRedactor(source, RecordForm.of("thing"));
            for (var row = source.nextRow(); row != null; row = source.nextRow()) {
                kept.add(keeper.retain(row, row.findings()).raw());
                if (!row.placed()) {
                    assertThat(keeper.keyOf(row, true)).isNull();
                    assertThat(keeper.sourceId(row, row.findings())).isNull();
                }
            }
        }
        return kept;
    }

    @Test
    void personal_values_are_hidden_in_what_is_kept_and_must_be_written_again() throws IOException {
        var file = Files.writeString(
                folder.resolve("g.csv"),
                "refusedBecause,姓名,sourceId,护照号,country,nights\n,张三丰,A,E1,THA,3\n\"x,y\",\"李, 四\",B,,ROC,2\n,***,C,E3,THA,1\n,王五,D\n");
        try (var source = openSource(BatchFormat.CSV, file, "guest")) {
            var kept = new ArrayList<String>();
            var rows = new ArrayList<ParsedRow>();
            for (var row = source.nextRow(); row != null; row = source.nextRow()) {
                kept.add(new RowRedactor(source, RecordForm.of("guest"))
                        .retain(row, row.findings())
                        .raw());
                rows.add(row);
            }
            assertThat(kept).containsExactly("***,A,***,THA,3", "***,B,,ROC,2", "***,C,***,THA,1", "");
            assertThat(rulesOf(rows.get(2).findings())).isEqualTo("/name!hidden");
            var keeper = new RowRedactor(source, RecordForm.of("guest"));
            assertThat(keeper.redactFindings(
                                    rows.getFirst(),
                                    List.of(new Finding(
                                            "/country",
                                            "country-unknown",
                                            "\"张三丰\" or \"ROC\" or 张三丰 is not known.",
                                            "“张三丰”“ROC”")))
                            .getFirst())
                    .extracting(Finding::detail, Finding::detailZh)
                    .containsExactly("\"***\" or \"ROC\" or *** is not known.", "“***”“ROC”");
        }
        var keys = Files.writeString(
                folder.resolve("k.csv"),
                "sourceId,姓名,护照号,country,nights\nG-e123-4567,张三,E123 4567,THA,3\nG-2,张三,E2,THA,1\n");
        try (var source = openSource(BatchFormat.CSV, keys, "guest")) {
            var keeper = new RowRedactor(source, RecordForm.of("guest"));
            var named = Objects.requireNonNull(source.nextRow());
            assertThat(keeper.retain(named, List.of()).raw()).isEqualTo("***,***,***,THA,3");
            assertThat(keeper.sourceId(named, named.findings())).isNull();
            var silent = Objects.requireNonNull(source.nextRow());
            assertThat(keeper.retain(silent, List.of()).raw()).isEqualTo("G-2,***,***,THA,1");
            assertThat(keeper.sourceId(silent, silent.findings())).isEqualTo("G-2");
        }
        var ndjson = Files.writeString(
                folder.resolve("g.ndjson"), "{\"sourceId\":\"A\",\"name\":\"张三\",\"nights\":1}\n张三\n");
        try (var source = openSource(BatchFormat.NDJSON, ndjson, "guest")) {
            var keeper = new RowRedactor(source, RecordForm.of("guest"));
            assertThat(keeper.retain(Objects.requireNonNull(source.nextRow()), List.of())
                            .raw())
                    .isEqualTo("{\"sourceId\":\"A\",\"name\":\"***\",\"nights\":1}");
            assertThat(keeper.retain(Objects.requireNonNull(source.nextRow()), List.of())
                            .raw())
                    .isEmpty();
        }
    }
}

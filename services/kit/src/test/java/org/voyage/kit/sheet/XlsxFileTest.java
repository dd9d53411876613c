package org.voyage.kit.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kit.problem.Refusal;
import org.voyage.kittest.RawXlsxBuilder;

@SuppressWarnings("NullAway.Init")
class XlsxFileTest {
    @TempDir
    Path folder;

    private static List<String> readRows(Path path) throws IOException {
        try (var file = XlsxFile.open(path)) {
            var rows = file.openRows(file.sheets().getFirst(), 100_000);
            var read = new ArrayList<String>();
            for (var row = rows.nextRow(); row != null; row = rows.nextRow()) {
                read.add(row.number() + ":" + String.join(",", row.texts()) + (row.whole() ? "" : "…"));
            }
            return read;
        }
    }

    @Test
    void cells_of_every_kind_are_read_as_a_person_sees_them() throws IOException {
        var sheet = new RawXlsxBuilder("", """
                <row r='2'><c r='A2' t='s'><v>0</v></c><c r='C2' t='s'><v>1</v></c><c r='D2' t='inlineStr'><is><t>内</t></is></c></row>
                <row r='3'><c r='A3'/><c r='B3' t='s'><v>2</v></c></row>
                <row r='5'><c r='A5'><v>12.0</v></c><c r='B5'><f>A5*2</f><v>24</v></c><c r='C5' t='str'><f>"a"&amp;"b"</f><v>ab</v></c>
                  <c r='D5' t='b'><v>1</v></c><c r='E5' t='e'><v>#N/A</v></c><c r='F5' s='1'><v>7</v></c><c r='G5'><v>4.3E9</v></c></row>
                """)
                .addTexts(
                        "<si><t>鲁班</t></si><si><r><t>两</t></r><r><t xml:space='preserve'>段 </t></r><rPh sb='0' eb='1'><t>ruby</t></rPh></si><si><t> </t></si>")
                .addStyles(
                        "<numFmts><numFmt numFmtId='170' formatCode='000'/></numFmts>"
                                + "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='170'/></cellXfs>");
        assertThat(readRows(sheet.writeTo(folder)))
                .containsExactly("2:鲁班,,两段 ,内", "5:12,24,ab,true,#N/A,007,4300000000");
    }

    @ParameterizedTest
    @CsvSource({
        "43709, '', 2019-09-01",
        "43709.0000000001, '', 2019-09-01",
        "43709.6041666667, '', 2019-09-01 14:30",
        "1, '', 1900-01-01",
        "59, '', 1900-02-28",
        "61, '', 1900-03-01",
        "60, '', 60",
        "42247, <workbookPr date1904='1'/>, 2019-09-01",
        "42247, <workbookPr date1904='true'/>, 2019-09-01"
    })
    void days_are_days_in_both_date_systems(String serial, String properties, String expected) throws IOException {
        for (var format : List.of("14", "31", "57", "170", "171", "172")) {
            var sheet = new RawXlsxBuilder(properties, "<row><c s='0'><v>" + serial + "</v></c></row>")
                    .addStyles(
                            "<numFmts><numFmt numFmtId='170' formatCode='yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;'/>"
                                    + "<numFmt numFmtId='171' formatCode='[$-804]yyyy/m/d;@'/><numFmt numFmtId='172' formatCode='m/d'/>"
                                    + "</numFmts><cellXfs><xf numFmtId='" + format + "'/></cellXfs>");
            assertThat(readRows(sheet.writeTo(folder))).as(format).containsExactly("1:" + expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.00", "#,##0", "General", "\"Standard day\" 0", "[Red]0", "h:mm", "@"})
    void other_formats_are_no_days(String code) {
        assertThat(XlsxStyles.toFormat(170, code).day()).isFalse();
    }

    @Test
    void a_number_that_lost_digits_and_a_word_that_became_a_day_are_reported() {
        var text = FormField.ofPlatform("id", "编号", "Id", FormField.FieldType.TEXT, "", "");
        var number = XlsxCell.number("1.10101199001011E+17", new XlsxStyles.CellFormat(false, 0), false);
        assertThat(number.findProblem(text)).extracting("rule").isEqualTo("cell-lost-digits");
        var day = XlsxCell.number("43709", new XlsxStyles.CellFormat(true, 0), false);
        assertThat(day.findProblem(text)).extracting("rule").isEqualTo("cell-is-day");
        var date = FormField.ofPlatform("on", "日期", "On", FormField.FieldType.DATE, "", "");
        assertThat(day.findProblem(date)).isNull();
        assertThat(new XlsxCell("#REF!", XlsxCell.XlsxCellKind.ERROR).findProblem(date))
                .extracting("rule")
                .isEqualTo("cell-error");
    }

    private void assertRefused(byte[] bytes, String because) throws IOException {
        var file = Files.write(folder.resolve("x.xlsx"), bytes);
        assertThatThrownBy(() -> readRows(file))
                .isInstanceOf(Refusal.Malformed.class)
                .hasMessageContaining(because);
    }

    @Test
    void what_is_no_spreadsheet_of_today_is_refused_with_what_to_do() throws IOException {
        var old = new byte[2048];
        byte[] magic = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1};
        System.arraycopy(magic, 0, old, 0, 8);
        assertRefused(old, ".xls)");
        var name = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, old, 1024, name.length);
        assertRefused(old, "password");
        assertRefused("<html><table>".getBytes(StandardCharsets.UTF_8), "no whole .xlsx");
        assertRefused("PK".getBytes(StandardCharsets.UTF_8), "no whole .xlsx");
        var whole = Files.readAllBytes(new RawXlsxBuilder("", "<row><c><v>1</v></c></row>").writeTo(folder));
        assertRefused(java.util.Arrays.copyOf(whole, whole.length - 30), "no whole .xlsx");
    }

    /** Some programs write every file like this, and an attacker can too: the directory has a second end. */
    @Test
    void a_zip_written_for_sizes_beyond_four_gigabytes_is_read_unless_its_contents_are_without_measure()
            throws IOException {
        var small = new RawXlsxBuilder("", "<row><c><v>1</v></c></row>");
        assertThat(readRows(enlargeSheet(small.writeTo(folder), 0))).containsExactly("1:1");
        var endless = Files.readAllBytes(enlargeSheet(small.writeTo(folder), 15_000));
        // The first end, which is the last of the file, says that the directory is short.
        Arrays.fill(endless, endless.length - 10, endless.length - 6, (byte) 1);
        endless[endless.length - 7] = 0;
        assertRefused(endless, "no whole .xlsx");
    }

    private Path enlargeSheet(Path sheet, int more) throws IOException {
        var large = folder.resolve("large.xlsx");
        try (var parts = new ZipFile(sheet.toFile());
                var zip = new ZipArchiveOutputStream(large)) {
            zip.setUseZip64(Zip64Mode.Always);
            for (var part : Collections.list(parts.entries())) {
                zip.putArchiveEntry(new ZipArchiveEntry(part.getName()));
                parts.getInputStream(part).transferTo(zip);
                zip.closeArchiveEntry();
            }
            for (int i = 0; i < more; i++) {
                zip.putArchiveEntry(new ZipArchiveEntry("part-" + i));
                zip.closeArchiveEntry();
            }
        }
        return large;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<row><c t='s'><v>2000000000</v></c></row>",
                "<row><c t='s'><v>5</v></c></row>",
                "<row><c><v>1</v>",
                "<row><c><v>1</v></d></row>",
                "<row><c><v>&unknown;</v></c></row>"
            })
    void a_sheet_that_lies_is_refused(String rows) throws IOException {
        var file = new RawXlsxBuilder("", rows).writeTo(folder);
        assertThatThrownBy(() -> readRows(file)).isInstanceOf(Refusal.class);
    }

    @Test
    void a_document_type_is_refused_and_nothing_is_fetched() throws IOException {
        var file = new RawXlsxBuilder("", "")
                .addPart(
                        "xl/worksheets/sheet1.xml",
                        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
                                + "<worksheet><sheetData><row><c t='str'><v>&e;</v></c></row></sheetData></worksheet>")
                .writeTo(folder);
        assertThatThrownBy(() -> readRows(file)).isInstanceOf(Refusal.Malformed.class);
    }

    @Test
    @Timeout(60)
    void a_bomb_costs_little() throws IOException {
        var text = new RawXlsxBuilder("", "<row><c t='str'><v>" + "x".repeat(50_000_000) + "</v></c></row>")
                .writeTo(folder);
        assertThat(Files.size(text)).isLessThan(100_000);
        assertThatThrownBy(() -> readRows(text)).isInstanceOf(Refusal.Malformed.class);
        var shared = new RawXlsxBuilder("", "<row><c t='s'><v>0</v></c></row>")
                .addTexts("<si><t>x</t></si>".repeat(3_000_000))
                .writeTo(folder);
        assertThatThrownBy(() -> readRows(shared))
                .isInstanceOf(Refusal.Malformed.class)
                .hasMessageContaining("CSV");
        var wide = new RawXlsxBuilder(
                        "",
                        "<row>" + "<c t='str'><v>abcdefgh</v></c>".repeat(16_000)
                                + "</row><row><c r='XFD2'><v>1</v></c><c r='ZZZZZZ2'><v>1</v></c></row>")
                .writeTo(folder);
        assertThat(readRows(wide)).hasSize(2).allMatch(row -> row.endsWith("…"));
        var wider = new RawXlsxBuilder("", "<row>" + "<c><v>1</v></c>".repeat(500_000) + "</row>").writeTo(folder);
        assertThatThrownBy(() -> readRows(wider)).isInstanceOf(Refusal.Malformed.class);
    }

    /** Tables that programs write stay far below the limit: it must never refuse an honest file. */
    @ParameterizedTest
    @ValueSource(strings = {"same", "numbered"})
    void the_work_of_an_honest_sheet_is_far_below_the_limit(String kind) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "Clerk", null)) {
            var sheet = book.newWorksheet("表");
            for (int r = 0; r < 20_000; r++) {
                for (int c = 0; c < 10; c++) {
                    sheet.value(r, c, kind.equals("same") ? "鲁班工坊" : "鲁班工坊" + r + "-" + c);
                }
            }
        }
        var path = Files.write(folder.resolve("honest.xlsx"), bytes.toByteArray());
        try (var file = XlsxFile.open(path);
                var rows = file.openRows(file.sheets().getFirst(), 100_000)) {
            int count = 0;
            for (var row = rows.nextRow(); row != null; row = rows.nextRow()) {
                count++;
            }
            assertThat(count).isEqualTo(20_000);
            assertThat(file.totalWork() / Files.size(path)).isLessThan(XlsxWorkLimit.MAX_WORK_PER_PACKED_BYTE / 2);
        }
    }
}

package org.voyage.kit.bulk.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.voyage.kit.access.Province;
import org.voyage.kit.bulk.spool.SpoolFile;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kittest.RawXlsxBuilder;

/**
 * Test of spreadsheets of some kilobytes that were made to cost minutes: each is refused, or read to its end, after a
 * bounded amount of work.
 */
@SuppressWarnings("NullAway.Init")
class HostileSpreadsheetTest {
    private static final int ROW_LIMIT = 1 << 20;
    /** No file here is larger when it is packed. */
    private static final long MAX_PACKED_BYTES = 1_500_000;
    /** Far more than the work of the largest file, and far less than its content. */
    private static final long MAX_CHARS_READ = 200_000_000;

    private static final int MAX_ROWS_READ = 400_000;
    /** Of the processor, and not of the clock: other work does not count. */
    private static final long MAX_MILLIS = 2_000;

    private static final String HEADINGS = "<row r='1'><c t='str'><v>sourceId</v></c><c t='str'><v>name</v></c></row>";
    private static final String RELATION_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private static final String SHEET_RELATION =
            "<Relationship Id='s%s' Type='" + RELATION_TYPE + "worksheet' Target='worksheets/sheet%s.xml'/>";

    @TempDir
    Path folder;

    private record HostileFile(String name, UnaryOperator<RawXlsxBuilder> content) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static HostileFile rows(String name, String before, String unit, int times) {
        return new HostileFile(name, book -> book.setSheet("<sheetData>" + before, unit, times, "</sheetData>"));
    }

    private static HostileFile sheet(String name, String head, String unit, int times, String tail) {
        return new HostileFile(name, book -> book.setSheet(head, unit, times, tail));
    }

    private static HostileFile part(String name, String part, String head, String unit, int times, String tail) {
        return new HostileFile(name, book -> book.addPart(part, head, unit, times, tail));
    }

    private static String workbook(String sheets) {
        return "<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets>"
                + sheets + "</sheets></workbook>";
    }

    private static RawXlsxBuilder withTexts(RawXlsxBuilder book, String head, String unit, int times, String tail) {
        return book.addPart("xl/sharedStrings.xml", "<sst>" + head, unit, times, tail + "</sst>");
    }

    private static RawXlsxBuilder withStyles(RawXlsxBuilder book, String head, String unit, int times, String tail) {
        return book.addPart("xl/styles.xml", "<styleSheet>" + head, unit, times, tail + "</styleSheet>");
    }

    static Stream<HostileFile> files() {
        var files = new ArrayList<HostileFile>();
        addEmptyRows(files);
        addManySheets(files);
        addHugeTexts(files);
        addManyCells(files);
        addMergesAndStyles(files);
        addOddXml(files);
        return files.stream();
    }

    private static void addEmptyRows(List<HostileFile> files) {
        files.add(rows("rows without content and headings", "", "<row/>", 5_000_000));
        files.add(rows("numbered rows without content", "", "<row r='7'/>", 3_000_000));
        files.add(rows("rows of empty cells", "", "<row><c/><c/></row>", 2_000_000));
        files.add(rows("rows of formatted empty cells", "", "<row><c r='A1' s='1'/></row>", 1_200_000));
        files.add(rows("rows of blanks", "", "<row><c t='str'><v> </v></c></row>", 1_000_000));
        files.add(rows(
                "rows of spaces as inline text", "", "<row><c t='inlineStr'><is><t>　</t></is></c></row>", 700_000));
        files.add(rows("titles without headings", "", "<row><c t='str'><v>x</v></c></row>", 1_000_000));
        files.add(sheet(
                "headings below empty rows",
                "<sheetData>",
                "<row/>",
                5_000_000,
                HEADINGS.replace(" r='1'", "") + "</sheetData>"));
        files.add(rows("empty rows below headings", HEADINGS, "<row/>", 5_000_000));
        files.add(rows("rows of empty cells below headings", HEADINGS, "<row><c/></row>", 2_500_000));
        files.add(rows("tiny rows below headings", HEADINGS, "<row><c><v>1</v></c></row>", 1_000_000));
        files.add(rows("rows of one number", HEADINGS, "<row r='2'><c><v>1</v></c></row>", 1_000_000));
        files.add(rows("rows beyond the last number", HEADINGS, "<row r='999999999'><c><v>1</v></c></row>", 500_000));
        files.add(rows("rows that are never closed", HEADINGS, "<row>", 5_000_000));
        files.add(sheet("sheets of data without rows", HEADINGS, "<sheetData></sheetData>", 1_500_000, ""));
    }

    private static void addManySheets(List<HostileFile> files) {
        files.add(new HostileFile(
                "one part named by 200 sheets",
                book -> book.setSheet("<sheetData>", "<row/>", 5_000_000, "</sheetData>")
                        .addPart("xl/workbook.xml", workbook("<sheet name='a' r:id='s'/>".repeat(200)))));
        files.add(new HostileFile(
                "one part named by sheets without end",
                book -> book.addPart(
                        "xl/workbook.xml",
                        workbook("").replace("</sheets></workbook>", ""),
                        "<sheet name='a' r:id='s'/>",
                        1_000_000,
                        "</sheets></workbook>")));
        files.add(new HostileFile(
                "one part named by hidden sheets",
                book -> book.addPart(
                        "xl/workbook.xml", workbook("<sheet name='a' state='hidden' r:id='s'/>".repeat(5_000)))));
        files.add(new HostileFile("one part under many relations", HostileSpreadsheetTest::withOnePartUnderManyNames));
        files.add(new HostileFile("a hundred sheets of empty rows", book -> withSheets(book, 100, "<row/>", 60_000)));
        files.add(new HostileFile(
                "a hundred sheets of titles",
                book -> withSheets(book, 100, "<row><c t='str'><v>x</v></c></row>", 12_000)));
        files.add(new HostileFile(
                "a hundred sheets of wide rows",
                book -> withSheets(book, 100, "<row>" + "<c><v>1</v></c>".repeat(4_000) + "</row>", 12)));
        files.add(new HostileFile("more sheets than anybody has", book -> withSheets(book, 300, "<row/>", 10)));
        files.add(part(
                "sheets that name no part",
                "xl/workbook.xml",
                "<workbook xmlns:r='x'><sheets>",
                "<sheet name='a' r:id='none'/>",
                1_000_000,
                "</sheets></workbook>"));
        files.add(part(
                "relations without end",
                "xl/_rels/workbook.xml.rels",
                "<Relationships>",
                "<Relationship Id='a' Type='b' Target='c'/>",
                700_000,
                "</Relationships>"));
        files.add(part(
                "relations of the package without end",
                "_rels/.rels",
                "<Relationships>",
                "<Relationship Id='a' Type='x/officeDocument' Target='xl/workbook.xml'/>",
                500_000,
                "</Relationships>"));
        files.add(new HostileFile(
                "styles named by many relations",
                book -> withStyles(book, "<cellXfs>", "<xf numFmtId='14'/>", 90_000, "</cellXfs>")
                        .addPart(
                                "xl/_rels/workbook.xml.rels",
                                "<Relationships>",
                                "<Relationship Id='y' Type='x/styles' Target='styles.xml'/>",
                                4_000,
                                "</Relationships>")));
        files.add(new HostileFile("parts without end", book -> withEmptyParts(book, 12_000)));
        files.add(
                new HostileFile(
                        "a sheet that is the workbook",
                        book -> book.addPart(
                                "xl/_rels/workbook.xml.rels",
                                "<Relationships><Relationship Id='s' Type='x/worksheet' Target='workbook.xml'/></Relationships>")));
    }

    private static RawXlsxBuilder withOnePartUnderManyNames(RawXlsxBuilder book) {
        var relations = new StringBuilder("<Relationships>");
        var sheets = new StringBuilder();
        for (int i = 0; i < 90; i++) {
            relations.append(SHEET_RELATION.formatted(i, 1));
            sheets.append("<sheet name='a' r:id='s").append(i).append("'/>");
        }
        return book.setSheet("<sheetData>", "<row/>", 5_000_000, "</sheetData>")
                .addPart("xl/_rels/workbook.xml.rels", relations + "</Relationships>")
                .addPart("xl/workbook.xml", workbook(sheets.toString()));
    }

    private static RawXlsxBuilder withSheets(RawXlsxBuilder book, int count, String unit, int times) {
        var relations = new StringBuilder("<Relationships>");
        var sheets = new StringBuilder();
        for (int i = 0; i < count; i++) {
            relations.append(SHEET_RELATION.formatted(i, "-" + i));
            sheets.append("<sheet name='a' r:id='s").append(i).append("'/>");
            book.addPart(
                    "xl/worksheets/sheet-" + i + ".xml",
                    "<worksheet><sheetData>",
                    unit,
                    times,
                    "</sheetData></worksheet>");
        }
        return book.addPart("xl/_rels/workbook.xml.rels", relations + "</Relationships>")
                .addPart("xl/workbook.xml", workbook(sheets.toString()));
    }

    private static RawXlsxBuilder withEmptyParts(RawXlsxBuilder book, int count) {
        for (int i = 0; i < count; i++) {
            book.addPart("p" + i, "");
        }
        return book;
    }

    private static void addHugeTexts(List<HostileFile> files) {
        files.add(
                new HostileFile("texts without end", book -> withTexts(book, "", "<si><t>x</t></si>", 2_000_000, "")));
        files.add(new HostileFile(
                "a text without end", book -> withTexts(book, "<si><t>", "x", 30_000_000, "</t></si>")));
        files.add(new HostileFile(
                "large texts that nobody names",
                book -> withTexts(book, "", "<si><t>" + "x".repeat(500_000) + "</t></si>", 60, "")));
        files.add(new HostileFile(
                "a large text named by every row",
                book -> withTexts(
                        book.setSheet(
                                "<sheetData>" + HEADINGS, "<row><c t='s'><v>0</v></c></row>", 200_000, "</sheetData>"),
                        "<si><t>",
                        "x",
                        900_000,
                        "</t></si>")));
        files.add(new HostileFile(
                "a text named by every cell",
                book -> withTexts(
                        book.setSheet(
                                "<sheetData>" + HEADINGS,
                                "<row>" + "<c t='s'><v>0</v></c>".repeat(400) + "</row>",
                                3_000,
                                "</sheetData>"),
                        "<si><t>",
                        "x",
                        2_000,
                        "</t></si>")));
        files.add(new HostileFile(
                "a text of runs without end", book -> withTexts(book, "<si>", "<r><t>x</t></r>", 2_000_000, "</si>")));
        files.add(new HostileFile(
                "a text of pronunciations without end",
                book -> withTexts(book, "<si>", "<rPh><t>x</t></rPh>", 1_500_000, "</si>")));
        files.add(new HostileFile("runs inside runs", book -> withTexts(book, "<si>", "<r>", 5_000_000, "")));
        files.add(new HostileFile(
                "texts between comments", book -> withTexts(book, "", "<!-- x --><si/>", 2_000_000, "")));
        files.add(new HostileFile(
                "characters as references in a text",
                book -> withTexts(book, "<si><t>", "&#65;", 5_000_000, "</t></si>")));
    }

    private static void addManyCells(List<HostileFile> files) {
        files.add(sheet(
                "a cell without end", "<sheetData><row><c t='str'><v>", "x", 30_000_000, "</v></c></row></sheetData>"));
        files.add(sheet(
                "a cell of references",
                "<sheetData><row><c t='str'><v>",
                "&lt;",
                6_000_000,
                "</v></c></row></sheetData>"));
        files.add(sheet(
                "a cell of small parts",
                "<sheetData><row><c t='str'><v>",
                "<![CDATA[x]]>",
                2_000_000,
                "</v></c></row></sheetData>"));
        files.add(sheet(
                "a formula without end", "<sheetData><row><c><f>", "1+", 15_000_000, "</f></c></row></sheetData>"));
        files.add(sheet(
                "a number of a million digits",
                "<sheetData>" + HEADINGS + "<row><c><v>",
                "7",
                1_000_000,
                "</v></c></row></sheetData>"));
        files.add(rows(
                "numbers of a thousand digits",
                HEADINGS,
                "<row><c><v>" + "7".repeat(1_000) + "</v></c></row>",
                25_000));
        files.add(rows("numbers with a large exponent", HEADINGS, "<row><c><v>1e999999999</v></c></row>", 700_000));
        files.add(rows(
                "numbers with four hundred digits at the end", HEADINGS, "<row><c><v>1e400</v></c></row>", 700_000));
        files.add(sheet(
                "a million cells in a row",
                "<sheetData>" + HEADINGS + "<row>",
                "<c><v>1</v></c>",
                1_500_000,
                "</row></sheetData>"));
        files.add(sheet(
                "a million cells in the first row",
                "<sheetData><row>",
                "<c t='str'><v>a</v></c>",
                1_000_000,
                "</row></sheetData>"));
        files.add(rows("rows of all columns", HEADINGS, "<row>" + "<c/>".repeat(16_000) + "</row>", 400));
        files.add(rows("cells in the last column", HEADINGS, "<row><c r='XFD2'><v>1</v></c></row>", 700_000));
        files.add(rows("cells behind the last column", HEADINGS, "<row><c r='ZZZZZZ2'><v>1</v></c></row>", 700_000));
        files.add(rows(
                "days with a long time",
                HEADINGS,
                "<row><c t='d'><v>2019T00:00:00." + "0".repeat(5_000) + "x</v></c></row>",
                5_000));
        files.add(rows("cells inside cells", HEADINGS, "<row><c><c><c><c>", 1_500_000));
    }

    private static void addMergesAndStyles(List<HostileFile> files) {
        files.add(sheet(
                "merges without end",
                "<sheetData>" + HEADINGS + "</sheetData><mergeCells>",
                "<mergeCell ref='A1:A9'/>",
                1_200_000,
                "</mergeCells>"));
        files.add(sheet(
                "merges that name nothing",
                "<sheetData>" + HEADINGS + "</sheetData><mergeCells>",
                "<mergeCell ref='A1A1A1'/>",
                1_200_000,
                "</mergeCells>"));
        files.add(new HostileFile("a large cell merged over all rows", book -> mergedRows(book, 1, 900_000, 60_000)));
        files.add(new HostileFile("large cells merged over all rows", book -> mergedRows(book, 400, 2_000, 60_000)));
        files.add(new HostileFile("all columns merged over all rows", book -> mergedRows(book, 15_000, 1, 200_000)));
        files.add(new HostileFile(
                "formats without end",
                book -> withStyles(book, "<cellXfs>", "<xf numFmtId='170'/>", 1_500_000, "</cellXfs>")));
        files.add(new HostileFile(
                "format codes that take long",
                book -> withStyles(
                        book,
                        "<numFmts>",
                        "<numFmt numFmtId='170' formatCode='" + "[".repeat(255) + "'/>",
                        90_000,
                        "</numFmts>")));
        files.add(new HostileFile(
                "a format code without end",
                book -> withStyles(
                        book, "<numFmts><numFmt numFmtId='170' formatCode='", "[", 1_000_000, "'/></numFmts>")));
        files.add(new HostileFile(
                "a slow format code for every style",
                book -> withStyles(
                        book,
                        "<numFmts><numFmt numFmtId='170' formatCode='" + "[".repeat(255) + "'/></numFmts><cellXfs>",
                        "<xf numFmtId='170'/>",
                        90_000,
                        "</cellXfs>")));
    }

    /** Cells of the second row, each merged over all rows below; the rows below have one cell of their own. */
    private static RawXlsxBuilder mergedRows(RawXlsxBuilder book, int columns, int length, int rows) {
        var cells = new StringBuilder("<row r='2'>");
        var merges = new StringBuilder("</sheetData><mergeCells>");
        for (int c = 0; c < columns; c++) {
            cells.append("<c t='s'><v>0</v></c>");
            var name = columnName(c);
            merges.append("<mergeCell ref='" + name + "2:" + name + "1048576'/>");
        }
        return withTexts(
                book.setSheet(
                        "<sheetData>" + HEADINGS + cells + "</row>",
                        "<row><c r='C3'><v>1</v></c></row>",
                        rows,
                        merges + "</mergeCells>"),
                "<si><t>",
                "x",
                length,
                "</t></si>");
    }

    private static String columnName(int column) {
        return column < 26
                ? String.valueOf((char) ('A' + column))
                : columnName(column / 26 - 1) + (char) ('A' + column % 26);
    }

    private static void addOddXml(List<HostileFile> files) {
        files.add(sheet("elements inside each other", "", "<a>", 6_000_000, ""));
        files.add(sheet("comments without end", "", "<!--x-->", 3_000_000, ""));
        files.add(sheet("one comment without end", "<!--", "<x ", 8_000_000, "-->"));
        files.add(sheet("instructions without end", "", "<?a b?>", 3_000_000, ""));
        files.add(sheet("attributes without end", "<a ", "a='1' ", 120_000, "/>"));
        files.add(new HostileFile("attributes of different names", HostileSpreadsheetTest::withManyAttributes));
        files.add(sheet("an attribute without end", "<a b='", "x", 30_000_000, "'/>"));
        files.add(sheet("blanks without end", "<sheetData>", " ", 30_000_000, "</sheetData>"));
        files.add(part(
                "entities inside entities",
                "xl/worksheets/sheet1.xml",
                "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>",
                "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>",
                200_000,
                "]><worksheet><sheetData><row><c t='str'><v>&c;</v></c></row></sheetData></worksheet>"));
        files.add(part(
                "an entity named without end",
                "xl/sharedStrings.xml",
                "<!DOCTYPE sst [<!ENTITY a '" + "x".repeat(10_000) + "'>]><sst><si><t>",
                "&a;",
                1_000_000,
                "</t></si></sst>"));
        files.add(part("a workbook without end", "xl/workbook.xml", "<workbook>", "<a/>", 6_000_000, "</workbook>"));
        files.add(part(
                "a part of unreadable characters",
                "xl/worksheets/sheet1.xml",
                "<worksheet>\u0001",
                "\u0002",
                20_000_000,
                ""));
    }

    private static RawXlsxBuilder withManyAttributes(RawXlsxBuilder book) {
        var attributes = new StringBuilder("<a ");
        for (int i = 0; i < 60_000; i++) {
            attributes.append("a").append(i).append("='' ");
        }
        return book.setSheet(attributes + "/>", "", 0, "");
    }

    @Test
    void there_are_at_least_62_of_them() {
        assertThat(files().map(HostileFile::name))
                .hasSizeGreaterThanOrEqualTo(62)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    @Timeout(60)
    void a_hostile_spreadsheet_is_refused_or_read_with_bounded_work(HostileFile hostile) throws IOException {
        var path = hostile.content().apply(new RawXlsxBuilder("", "")).writeTo(folder);
        assertThat(Files.size(path)).isLessThan(MAX_PACKED_BYTES);
        var work = readWhole(path);
        // The first reading of a kind loads and compiles classes.
        for (int again = 0; again < 2 && work.millis() >= MAX_MILLIS; again++) {
            work = readWhole(path);
        }

        assertThat(work.rows()).isLessThan(MAX_ROWS_READ);
        assertThat(work.characters()).isLessThan(MAX_CHARS_READ);
        assertThat(work.millis()).isLessThan(MAX_MILLIS);
    }

    /** @param millis of the processor */
    private record ReadingWork(long rows, long characters, long millis) {}

    private static ReadingWork readWhole(Path path) throws IOException {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long rows = 0;
        long characters = 0;
        try (var source = RowSourceFactory.open(
                BatchFormat.XLSX,
                null,
                new SpoolFile(path, null),
                RecordForm.of("thing"),
                Province.of("12"),
                ROW_LIMIT)) {
            for (var row = source.nextRow(); row != null; row = source.nextRow()) {
                rows++;
                characters += row.raw().length;
            }
        } catch (Refusal.Malformed | Refusal.Invalid refusal) {
            // A file may be refused after some of its rows.
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(threads.getCurrentThreadCpuTime() - start);
        return new ReadingWork(rows, characters, millis);
    }
}

package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Sheet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class TableUploadIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Pattern ENTITY = Pattern.compile("&#x([0-9a-f]+);");
    private static final String CSV = "text/csv";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    @ConfigProperty(name = "voyage.bulk.folder")
    @SuppressWarnings("NullAway.Init")
    Path spoolFolder;

    /** The service's own role may neither truncate nor read rows without a caller. */
    private static Connection connectAsOwner() throws SQLException {
        return TestServers.connect("voyage", TestServers.ownerOf("voyage"), "12");
    }

    @BeforeEach
    void clearTables() throws SQLException {
        runSql(
                "truncate thing, batch_chunk, batch_refusal, batch_cause, batch_detail, batch_change, batch_year, batch");
    }

    private void runSql(String sql) throws SQLException {
        try (var connection = connectAsOwner();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String nameOf(String sourceId) throws SQLException {
        try (var connection = connectAsOwner();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select name from thing where source_id = '" + sourceId + "'")) {
            row.next();
            return row.getString(1);
        }
    }

    private static RequestSpecification bureau() {
        var asIs = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return given().config(RestAssuredConfig.config().encoderConfig(asIs))
                .auth()
                .oauth2(TestTokens.bureauToken("12"));
    }

    private static ValidatableResponse postBatch(String records, String type, String query, byte[] body) {
        return bureau().contentType(type)
                .body(body)
                .post("/v1/" + records + "/batches" + query)
                .then();
    }

    private static ValidatableResponse postThings(String type, String query, byte[] body) {
        return postBatch("things", type, query, body);
    }

    private static byte[] followLink(ValidatableResponse posted, String what) {
        return bureau().get(posted.extract().header("Location") + what).asByteArray();
    }

    private static byte[] writeXlsx(String[]... rows) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var book = new Workbook(out, "Clerk", null)) {
            var sheet = book.newWorksheet("物品");
            for (int r = 0; r < rows.length; r++) {
                for (int c = 0; c < rows[r].length; c++) {
                    sheet.value(r, c, rows[r][c]);
                }
            }
        }
        return out.toByteArray();
    }

    @Test
    void gb18030_comes_back_as_gb18030_and_goes_through_when_corrected() {
        var text = "记录编号,名称,大小,种类\r\nA,铁锅,3,锅\r\nB,大碗,很多,碗\r\nC,茶杯,4,盆\r\n";
        var posted = postThings(CSV, "", text.getBytes(GB18030));
        posted.statusCode(200).body("counts.created", equalTo(1)).body("counts.refused", equalTo(2));
        var refused = bureau().get(posted.extract().header("Location") + "/refused");
        assertThat(refused.contentType()).isEqualToIgnoringCase("text/csv; charset=gb18030");
        var file = new String(refused.asByteArray(), GB18030);
        assertThat(file).startsWith("未通过原因,记录编号,名称,大小,种类\r\n\"").contains("\",B,大碗,很多,碗\r\n");
        var again = postThings("text/csv; charset=gb18030", "", refused.asByteArray());
        again.body("counts.refused", equalTo(2));
        assertThat(new String(followLink(again, "/refused"), GB18030)).isEqualTo(file);
        var repaired = file.replace("很多", "7").replace("盆", "杯");
        postThings(CSV, "", repaired.getBytes(GB18030))
                .body("counts.created", equalTo(2))
                .body("counts.refused", equalTo(0));
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, tab", "UTF-16BE, tab", "UTF-8, ;", "GB18030, ;", "UTF-16LE, comma"})
    void what_is_refused_comes_back_with_the_separator_and_in_the_encoding_that_was_sent(
            String encoding, String separator) {
        var charset = Charset.forName(encoding);
        var own = separator.replace("tab", "\t").replace("comma", ",");
        var mark = encoding.startsWith("UTF-16") ? "\uFEFF" : "";
        var text =
                (mark + "物品表\r\n记录编号|名称|种类\r\nRecord id|Name|Kind\r\nA|铁锅|锅\r\nB|\"大\"\"碗𠮷\"|盆\r\n").replace("|", own);
        var posted = postThings(CSV, "", text.getBytes(charset));
        posted.statusCode(200)
                .body("counts.created", equalTo(1))
                .body("counts.refused", equalTo(1))
                .body("errors[0].firstRow", equalTo(2))
                .body("errors[0].firstLine", equalTo(5))
                .body("bytesRead", equalTo(text.getBytes(charset).length));
        var refused = bureau().get(posted.extract().header("Location") + "/refused");
        assertThat(refused.contentType()).isEqualToIgnoringCase("text/csv; charset=" + encoding);
        var file = new String(refused.asByteArray(), charset);
        assertThat(file)
                .startsWith((mark + "未通过原因|记录编号|名称|种类\r\n\"").replace("|", own))
                .endsWith("\"|B|\"大\"\"碗𠮷\"|盆\r\n".replace("|", own));
        postThings("text/csv; charset=" + encoding, "", refused.asByteArray()).body("counts.refused", equalTo(1));
        postThings(CSV, "", file.replace("盆", "碗").getBytes(charset))
                .body("counts.created", equalTo(1))
                .body("counts.refused", equalTo(0));
    }

    /**
     * A sender of UTF-16 without a mark declares it. Without more its order is the first (RFC 2781), unless it is
     * plainly the other.
     */
    @ParameterizedTest
    @CsvSource({"UTF-16BE, utf-16", "UTF-16LE, UTF-16", "UTF-16LE, utf-16le", "UTF-16BE, \"utf-16\""})
    void utf_16_without_a_mark_is_read_as_it_is_said_to_be(String encoding, String named) {
        var charset = Charset.forName(encoding);
        var text = "记录编号,名称,种类\r\nA,铁锅,锅\r\nB,大碗,盆\r\n";
        var posted = postThings("text/csv; charset=" + named, "", text.getBytes(charset));
        posted.statusCode(200).body("counts.created", equalTo(1)).body("counts.refused", equalTo(1));
        var refused = bureau().get(posted.extract().header("Location") + "/refused");
        assertThat(refused.contentType()).isEqualToIgnoringCase("text/csv; charset=" + encoding);
        assertThat(new String(refused.asByteArray(), charset)).startsWith("未通过原因,记录编号,名称,种类\r\n");
        postThings("text/csv; charset=utf-16", "", "\uFEFF".concat(text).getBytes(charset))
                .body("counts.unchanged", equalTo(1));
    }

    /** A row of one clerk ran as a formula on the machine of the one who opened the refused rows. */
    @Test
    void a_refused_row_never_becomes_a_formula_and_is_read_as_it_was_sent() throws SQLException {
        var posted = postThings(
                CSV,
                "",
                ("sourceId,name,kind\nF-1,=cmd|'/c calc'!A1,plate\nF-2,＝1+1,plate\nF-3,\"@SUM(1,2)\",plate\n"
                                + "F-4,-5,plate\n")
                        .getBytes(StandardCharsets.UTF_8));
        posted.body("counts.refused", equalTo(4));
        var file = followLink(posted, "/refused");

        assertThat(new String(file, StandardCharsets.UTF_8))
                .contains("\"'=cmd|'/c calc'!A1\"", "\"'＝1+1\"", "\"'@SUM(1,2)\"", "F-4,-5,")
                .doesNotContain(",=", ",＝", ",@", ",+");
        var repaired = new String(file, StandardCharsets.UTF_8).replace("plate", "pot");
        postThings(CSV, "", repaired.getBytes(StandardCharsets.UTF_8)).body("counts.created", equalTo(4));
        assertThat(nameOf("F-1")).isEqualTo("=cmd|'/c calc'!A1");
        assertThat(nameOf("F-3")).isEqualTo("@SUM(1,2)");
    }

    @Test
    void what_is_said_to_be_utf_16_and_is_not_is_refused_with_the_reason() {
        postThings("text/csv; charset=utf-16", "", "sourceId,name\nA,锅\n".getBytes(StandardCharsets.UTF_8))
                .statusCode(400)
                .body("errors[0].rule", equalTo("not-utf-16"))
                .body("errors[0].detailZh", containsString("charset"));
        postThings("text/csv; charset=utf-16", "", new byte[0])
                .statusCode(400)
                .body("errors[0].rule", equalTo("no-rows"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-32", "utf16", "x-none", "\"\"", "%25"})
    void an_unsupported_encoding_is_refused_as_such(String named) {
        postThings("text/csv; charset=" + named, "", "sourceId,name\nA,b\n".getBytes(StandardCharsets.UTF_8))
                .statusCode(415)
                .body("detailZh", containsString("编码"));
    }

    @Test
    void headings_of_two_rows_come_back_as_one() {
        var text = "记录编号,规格,\n,名称,种类\nA,铁锅,盆\n";
        var posted = postThings(CSV, "", text.getBytes(StandardCharsets.UTF_8));
        var file = new String(followLink(posted, "/refused"), StandardCharsets.UTF_8);
        assertThat(file).startsWith("未通过原因,记录编号,名称,种类\r\n");
        postThings(CSV, "", file.replace("盆", "碗").getBytes(StandardCharsets.UTF_8))
                .body("counts.created", equalTo(1));
    }

    @Test
    void a_spreadsheet_comes_back_as_a_spreadsheet_and_is_understood_again() throws IOException {
        String[] headings = {"记录编号", "名称", "大小", "制造日期", "所有者"};
        var posted = postThings(
                XLSX,
                "",
                writeXlsx(
                        headings,
                        new String[] {"A", "铁锅", "3", "2019/9/1", "甲、乙"},
                        new String[] {"B-01", "大碗", "很多", "2019年9月1日", ""},
                        new String[] {"", "无编号", "007"}));
        posted.statusCode(200)
                .body("format", equalTo("xlsx"))
                .body("counts.created", equalTo(1))
                .body("counts.refused", equalTo(2));
        var file = followLink(posted, "/refused");
        var sheet = readPart(file, "xl/worksheets/sheet1.xml");
        assertThat(sheet)
                .contains("B-01", "很多", "无编号", "007", "大小：", "dataValidation")
                .doesNotContain("铁锅");
        var again = postThings(XLSX, "", file);
        again.body("counts.refused", equalTo(2)).body("counts.rows", equalTo(2));
        assertThat(readPart(followLink(again, "/refused"), "xl/worksheets/sheet1.xml"))
                .isEqualTo(sheet);
        var corrected = replaceText(file, "很多", "7");
        postThings(XLSX, "", corrected).body("counts.created", equalTo(1)).body("counts.refused", equalTo(1));
    }

    /** A clerk corrects the coloured cells of the file that came back, chooses from the lists, and sends it. */
    @Test
    void refused_rows_come_back_in_the_template_with_wrong_cells_coloured_and_lists_kept() throws IOException {
        var posted = postThings(
                XLSX,
                "",
                writeXlsx(
                        new String[] {"物品表"},
                        new String[] {"序号", "种类", "记录编号", "易碎", "名称", "省份"},
                        new String[] {"1", "锅", "R-1", "是", "铁锅", "12"},
                        new String[] {"2", "盆", "R-2", "也许", "大碗", "12"}));
        posted.body("counts.created", equalTo(1)).body("counts.refused", equalTo(1));

        var file = followLink(posted, "/refused");

        try (var book = new ReadableWorkbook(new ByteArrayInputStream(file))) {
            var rows = book.getFirstSheet().read();
            assertThat(rows).hasSize(2);
            assertThat(rows.getFirst().getCellText(0)).isEqualTo("记录编号 *\nRecord id");
            var cells = rows.getLast().stream()
                    .map(cell -> cell == null ? "" : cell.getText())
                    .toList();
            assertThat(cells.subList(0, 6)).containsExactly("R-2", "大碗", "", "盆", "", "也许");
            assertThat(cells.get(cells.size() - 2)).isEqualTo("12");
            assertThat(cells.getLast()).startsWith("种类：未知代码“盆”。").contains("\n易碎：“也许”不符，应为“是”或“否”。 Fragile: ");
            assertThat(book.getSheets().map(Sheet::getName)).containsExactly("物品", "说明 Explanation", "代码 Codes");
        }
        assertThat(readPart(file, "xl/worksheets/sheet1.xml")).contains("type=\"list\"", "sqref=\"D2:D20001\"");
        assertThat(readPart(file, "xl/comments1.xml")).contains("ref=\"D2\"", "未知代码“盆”", "ref=\"F2\"");
        assertThat(readPart(file, "xl/styles.xml")).contains("FFC7CE");
        var corrected = replaceText(replaceText(file, "盆", "碗"), "也许", "否");
        postThings(XLSX, "", corrected).body("counts.created", equalTo(1)).body("counts.refused", equalTo(0));
    }

    /** Replaces the text of a cell in the first sheet, as a spreadsheet program does; the rest of the file stays. */
    private static byte[] replaceText(byte[] file, String from, String to) throws IOException {
        var path = Files.write(Files.createTempFile("corrected", ".xlsx"), file);
        var out = new ByteArrayOutputStream();
        try (var workbook = new ZipFile(path.toFile());
                var zip = new ZipOutputStream(out)) {
            for (var entry : Collections.list(workbook.entries())) {
                zip.putNextEntry(new ZipEntry(entry.getName()));
                var bytes = workbook.getInputStream(entry).readAllBytes();
                zip.write(
                        entry.getName().equals("xl/worksheets/sheet1.xml")
                                ? ENTITY.matcher(new String(bytes, StandardCharsets.UTF_8))
                                        .replaceAll(found -> Character.toString(Integer.parseInt(found.group(1), 16)))
                                        .replace(">" + from + "<", ">" + to + "<")
                                        .getBytes(StandardCharsets.UTF_8)
                                : bytes);
            }
        } finally {
            Files.delete(path);
        }
        return out.toByteArray();
    }

    @Test
    void a_number_where_a_day_belongs_comes_back_as_one_that_can_be_given_a_date_format() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var book = new Workbook(out, "Clerk", null)) {
            var sheet = book.newWorksheet("物品");
            String[] headings = {"记录编号", "名称", "大小", "制造日期"};
            for (int c = 0; c < headings.length; c++) {
                sheet.value(0, c, headings[c]);
            }
            sheet.value(1, 0, "A");
            sheet.value(1, 1, "007");
            sheet.value(1, 2, 1.5);
            sheet.value(1, 3, 45901);
        }
        var posted = postThings(XLSX, "", out.toByteArray());
        posted.body("errors.rule", hasItem("cell-is-number"))
                .body("errors.sourceId", everyItem(equalTo("A")))
                .body("errors.firstLine", everyItem(equalTo(2)));
        assertThat(new String(followLink(posted, "/rows"), StandardCharsets.UTF_8))
                .contains("\"sourceId\":\"A\"");

        var sheet = readPart(followLink(posted, "/refused"), "xl/worksheets/sheet1.xml");

        assertThat(sheet).contains("<v>45901</v>", "<v>1.5</v>", "<t>007</t>");
    }

    private static String readPart(byte[] zip, String name) throws IOException {
        var path = Files.write(Files.createTempFile("refused", ".xlsx"), zip);
        try (var file = new ZipFile(path.toFile());
                var in = file.getInputStream(file.getEntry(name))) {
            var xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return ENTITY.matcher(xml).replaceAll(found -> Character.toString(Integer.parseInt(found.group(1), 16)));
        } finally {
            Files.delete(path);
        }
    }

    @Test
    void what_is_wrong_is_collapsed_to_causes_that_are_counted_to_the_last_row() {
        var text = new StringBuilder("sourceId,name,kind,size\n");
        for (int i = 0; i < 1200; i++) {
            text.append(i)
                    .append(",n,")
                    .append(i % 3 == 0 ? "plate" : i % 3 == 1 ? "bovl" : "pot")
                    .append(",1\n");
        }
        text.append("w,n,pot,950000\n");
        var posted = postThings(CSV, "", text.toString().getBytes(StandardCharsets.UTF_8));
        posted.body("counts.refused", equalTo(800))
                .body("counts.warned", equalTo(1))
                .body("errors.size()", equalTo(2))
                .body("errors[0].rule", equalTo("kind-unknown"))
                .body("errors[0].pointer", equalTo("/kind"))
                .body("errors[0].value", equalTo("plate"))
                .body("errors[0].rows", equalTo(400))
                .body("errors[0].firstRow", equalTo(1))
                .body("errors[0].sourceId", equalTo("0"))
                .body("errors[1].value", equalTo("bovl"))
                .body("errors[1].detail", containsString("Did you mean bowl?"))
                .body("errors[1].repair", containsString("Kind"))
                .body("errors[1].repairZh", containsString("种类"))
                .body("warnings[0].rule", equalTo("size-large"))
                .body("warnings[0].rows", equalTo(1))
                .body("warnings[0].firstLine", equalTo(1202));
        assertThat(new String(followLink(posted, "/rows"), StandardCharsets.UTF_8)
                        .lines()
                        .toList()
                        .getLast())
                .contains(
                        "\"row\":1201,\"outcome\":\"created\",\"line\":1202,\"sourceId\":\"w\",\"warnings\":[{\"pointer\":\"/size\"");
    }

    @Test
    void how_to_repair_a_row_is_what_its_rule_says() {
        postThings(CSV, "", "sourceId,name,size,fragile\nA,锅,1001,是\nB,,1,否\n".getBytes(StandardCharsets.UTF_8))
                .body("errors.rule", equalTo(List.of("heavy", "required")))
                .body("errors[0].repair", equalTo("Column Size: Make it lighter. In millimetres."))
                .body("errors[0].repairZh", equalTo("“大小”列：减重。以毫米计。"))
                .body("errors[1].repair", equalTo("Column Name: Give the field a value. What it is called."))
                .body("errors[1].repairZh", equalTo("“名称”列：补填该字段。物品的中文名称。"));
    }

    @Test
    void a_name_that_is_nearly_right_is_answered_with_the_name_that_may_be_meant() {
        var posted = postBatch(
                "guests",
                CSV,
                "",
                "sourceId,country,nights\nA,泰国国,1\nB,Thailnd,1\nC,印尼,1\nD,刚果,1\nE,中国,1\n"
                        .getBytes(StandardCharsets.UTF_8));
        var rows = new String(followLink(posted, "/rows"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(rows.get(0)).contains("Did you mean Thailand (THA)?", "是否应为 泰国（THA）？");
        assertThat(rows.get(1)).contains("是否应为 泰国（THA）？");
        assertThat(rows.get(2)).contains("是否应为 印度尼西亚（IDN）？");
        assertThat(rows.get(3)).contains("已按 刚果（布）（COG）读取");
        assertThat(rows.get(4)).contains("可用代码：泰国（THA）、越南（VNM）、刚果（布）（COG）、印度（IND）、印度尼西亚（IDN）。");
    }

    @Test
    void endlessly_many_wrong_values_stay_few_causes() {
        var text = new StringBuilder("sourceId,name,kind\n");
        for (int i = 0; i < 1000; i++) {
            text.append(i).append(",n,wrong").append(i).append('\n');
        }
        var posted = postThings(CSV, "", text.toString().getBytes(StandardCharsets.UTF_8));
        posted.body("counts.refused", equalTo(1000))
                .body("errors.size()", equalTo(100))
                .body("errors.find { it.value == null }.rows", equalTo(800));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?dryRun=true"})
    void values_that_are_hidden_are_causes_of_their_own_with_what_each_may_mean(String query) throws SQLException {
        var countries = List.of("泰国国", "中国", "Thailnd", "中国", "印尼", "中国");
        var text = new StringBuilder("sourceId,name,country,nights\n");
        for (int i = 0; i < 1200; i++) {
            text.append(i).append(",张三丰,").append(countries.get(i % 6)).append(",1\n");
        }
        var posted = postBatch("guests", CSV, query, text.toString().getBytes(StandardCharsets.UTF_8));
        posted.body(
                        "errors.rule",
                        equalTo(List.of("country-unknown", "country-unknown", "country-unknown", "country-unknown")))
                .body("errors.value", everyItem(equalTo("***")))
                .body("errors.rows", equalTo(List.of(600, 200, 200, 200)))
                .body("errors.firstLine", equalTo(List.of(3, 2, 4, 6)))
                .body("errors[0].detail", not(containsString("Did you mean")))
                .body("errors[1].detail", containsString("Did you mean Thailand (THA)?"))
                .body("errors[2].detail", containsString("Did you mean Thailand (THA)?"))
                .body("errors[3].detailZh", containsString("是否应为 印度尼西亚（IDN）？"));
        assertThat(listCauses())
                .hasSize(4)
                .noneMatch(cause -> countries.stream().anyMatch(cause::contains));
    }

    @Test
    void hidden_values_beyond_the_limit_become_one_cause_per_message() {
        var text = new StringBuilder("sourceId,name,country,nights\n");
        for (int i = 0; i < 80; i++) {
            text.append(i)
                    .append(",张三丰,")
                    .append(i == 50 ? "Thailnd" : "wrong" + i)
                    .append(",1\n");
        }
        postBatch("guests", CSV, "", text.toString().getBytes(StandardCharsets.UTF_8))
                .body("errors.size()", equalTo(52))
                .body("errors[0].value", equalTo("***"))
                .body("errors[0].rows", equalTo(29))
                .body("errors[0].firstLine", equalTo(53))
                .body("errors[0].detail", not(containsString("Did you mean")))
                .body("errors[51].rows", equalTo(1))
                .body("errors[51].detail", containsString("Did you mean Thailand (THA)?"));
    }

    private List<String> listCauses() throws SQLException {
        try (var connection = connectAsOwner();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select c::text from batch_cause c")) {
            var causes = new ArrayList<String>();
            while (rows.next()) {
                causes.add(rows.getString(1));
            }
            return causes;
        }
    }

    @Test
    void a_dry_run_says_which_fields_would_change_from_what_to_what() {
        postThings(CSV, "", "sourceId,name,size\nA,锅,1\nB,碗,2\n".getBytes(StandardCharsets.UTF_8));
        var dry = postThings(
                CSV, "?dryRun=true", "sourceId,name,size\nA,铁锅,1\nB,碗,2\nC,杯,\n".getBytes(StandardCharsets.UTF_8));
        dry.body("counts.corrected", equalTo(1))
                .body("counts.unchanged", equalTo(1))
                .body("counts.created", equalTo(1));
        assertThat(new String(followLink(dry, "/rows"), StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "{\"row\":1,\"outcome\":\"corrected\",\"line\":2,\"sourceId\":\"A\",\"changes\":[{\"field\":\"name\",\"before\":\"锅\",\"after\":\"铁锅\"}]}",
                        "{\"row\":2,\"outcome\":\"unchanged\",\"line\":3,\"sourceId\":\"B\"}",
                        "{\"row\":3,\"outcome\":\"created\",\"line\":4,\"sourceId\":\"C\"}");
    }

    @Test
    void unknown_columns_refuse_the_file_and_the_sender_sees_that_it_arrived() {
        var posted = postThings(CSV, "", "记录编号,制造日其,备注\nA,x,x\n".getBytes(StandardCharsets.UTF_8));
        posted.statusCode(422).body("errors.rule", equalTo(List.of("column-unknown", "column-missing")));
        bureau().get(posted.extract().header("Location"))
                .then()
                .body("state", equalTo("failed"))
                .body("failure", equalTo("invalid"))
                .body("counts.rows", equalTo(0));
    }

    @Test
    void a_file_of_another_record_is_reported_before_its_columns() {
        var text = "记录编号,姓名,护照号,国籍,晚数\nA,x,AA1234567,泰国,3\n";
        postThings(CSV, "", text.getBytes(StandardCharsets.UTF_8))
                .statusCode(422)
                .body("errors.rule", hasSize(5))
                .body("errors[0].rule", equalTo("other-record"))
                .body("errors[0].detail", containsString("the headings of guest: it has 5 of them, thing 1"))
                .body("errors[0].detailZh", containsString("来宾（guest）的表头"))
                .body("errors[1].rule", equalTo("column-unknown"));
        postThings(CSV, "", "记录编号,名称,国籍,晚数\nA,x,泰国,3\n".getBytes(StandardCharsets.UTF_8))
                .statusCode(422)
                .body("errors.rule", equalTo(List.of("column-unknown", "column-unknown")));
    }

    @Test
    void a_file_of_another_record_without_keys_is_recognised_before_its_missing_headings() throws IOException {
        postThings(CSV, "", "填报表\n姓名,护照号,国籍,晚数\nx,AA1234567,泰国,3\n".getBytes(StandardCharsets.UTF_8))
                .statusCode(422)
                .body("errors.rule", equalTo(List.of("other-record")))
                .body("errors[0].detail", containsString("the headings of guest: it has 4 of them, thing 0"))
                .body("errors[0].detail", containsString("with a column sourceId"))
                .body("errors[0].detailZh", containsString("请补充“记录编号”（sourceId）列"));
        postThings(XLSX, "", writeXlsx(new String[] {"姓名", "护照号", "国籍", "晚数"}, new String[] {"x", "AA1234567", "泰国", "3"
                }))
                .statusCode(422)
                .body("errors.rule", equalTo(List.of("other-record")));
        postThings(CSV, "", "名称,数量,国籍\n锅,1,泰国\n".getBytes(StandardCharsets.UTF_8))
                .statusCode(400)
                .body("errors.rule", equalTo(List.of("headings-missing")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"序号", "备注", " No. ", "Remarks"})
    void a_column_of_ones_own_is_ignored_with_a_warning(String heading) {
        postThings(CSV, "", ("记录编号,名称," + heading + "\nA,锅,1\n").getBytes(StandardCharsets.UTF_8))
                .statusCode(200)
                .body("counts.created", equalTo(1))
                .body("warnings.rule", equalTo(List.of("column-ignored")))
                .body("warnings[0].detailZh", containsString("已忽略"));
    }

    @Test
    void a_title_or_note_next_to_the_table_is_reported_by_its_cell() throws IOException {
        postThings(
                        XLSX,
                        "",
                        writeXlsx(
                                new String[] {"物品登记表", "", "", "2025 年度"},
                                new String[] {"记录编号", "名称", "", "填报人：张三"},
                                new String[] {"A", "锅"}))
                .statusCode(200)
                .body("counts.created", equalTo(1))
                .body("columns.find { it.number == 4 }.reading", equalTo("ignored"))
                .body("warnings.rule", equalTo(List.of("column-ignored")))
                .body("warnings[0].detailZh", containsString("“填报人：…”"))
                .body(not(containsString("张三")));
        var noted = postThings(
                XLSX,
                "",
                writeXlsx(new String[] {"物品登记表"}, new String[] {"记录编号", "名称"}, new String[] {"C", "锅"}, new String[] {
                    "B", "碗", "", "", "待核"
                }));
        noted.statusCode(200)
                .body("counts.created", equalTo(1))
                .body("errors[0].rule", equalTo("column-nameless"))
                .body("errors[0].sourceId", nullValue())
                .body("errors[0].detail", containsString("cell E4"))
                .body("errors[0].detailZh", containsString("单元格 E4"));
        postThings(XLSX, "", writeXlsx(new String[] {"记录编号", "名称", "", "名称"}, new String[] {"A", "锅", "", "x"}))
                .statusCode(422)
                .body("errors.rule", equalTo(List.of("column-twice")))
                .body("errors[0].detail", containsString("cell B1 and cell D1"))
                .body("errors[0].detailZh", containsString("单元格 B1、单元格 D1"));
        postThings(CSV, "", "记录编号,名称,校训\nA,锅,x\n".getBytes(StandardCharsets.UTF_8))
                .statusCode(422)
                .body("errors[0].detailZh", containsString("第 3 列"))
                .body("errors[0].detailZh", containsString("请指明它对应哪一列"))
                .body("errors[0].detailZh", not(containsString("删除")));
    }

    /** Returns the end of a file whose sender did not wait for it. */
    private static ValidatableResponse awaitEnd(String type, byte[] body) {
        var accepted = bureau().contentType(type)
                .header("Prefer", "respond-async")
                .body(body)
                .post("/v1/things/batches")
                .then()
                .statusCode(202);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(bureau().get(accepted.extract().header("Location"))
                                .<String>path("state"))
                        .isEqualTo("failed"));
        return bureau().get(accepted.extract().header("Location")).then();
    }

    @Test
    void who_did_not_wait_finds_at_the_batch_why_the_whole_file_was_refused() throws IOException {
        awaitEnd(CSV, "记录编号,制造日其,备注\nA,x,x\n".getBytes(StandardCharsets.UTF_8))
                .body("failure", equalTo("invalid"))
                .body("errors.rule", equalTo(List.of("column-missing", "column-unknown")))
                .body("errors.find { it.pointer == '/制造日其' }.detailZh", containsString("是否应为 制造日期？"))
                .body("errors.rows", equalTo(List.of(0, 0)))
                .body("errors.firstRow", equalTo(List.of(0, 0)));
        awaitEnd(XLSX, writeXlsx(new String[] {"姓名", "电话"}, new String[] {"张三", "123"}))
                .body("failure", equalTo("malformed"))
                .body("errors.rule", equalTo(List.of("headings-missing")));
        awaitEnd("application/x-ndjson", "{\"sourceId\":\"A\"}\n".getBytes(StandardCharsets.UTF_16))
                .body("errors.rule", equalTo(List.of("malformed")))
                .body("errors[0].detailZh", containsString("UTF-16"));
    }

    @Test
    void a_file_that_only_seems_to_be_a_spreadsheet_is_a_problem_and_no_accident() {
        postThings(XLSX, "", "sourceId,name\nA,b\n".getBytes(StandardCharsets.UTF_8))
                .statusCode(400);
        postThings(XLSX, "", new byte[0]).statusCode(400);
        postThings(XLSX, "", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
                .statusCode(400);
    }

    @Test
    void the_template_is_given_and_taken_back_when_it_is_empty_with_what_is_missing() {
        var template = bureau().get("/v1/things/template.xlsx");
        assertThat(template.contentType()).isEqualTo(XLSX);
        postThings(XLSX, "", template.asByteArray()).statusCode(400).body("detail", containsString("no row"));
    }

    @Test
    void the_template_that_was_filled_in_is_read_to_the_last_row() throws IOException {
        var rows = "<row r=\"2\">" + cell("A2", "A") + cell("B2", "铁锅") + cell("D2", "锅") + cell("F2", "是")
                + "</row><row r=\"3\">" + cell("A3", "B") + cell("D3", "碗") + "</row>";
        var filled = new ByteArrayOutputStream();
        var template = Files.write(
                Files.createTempFile("template", ".xlsx"),
                bureau().get("/v1/things/template.xlsx").asByteArray());
        try (var in = new ZipFile(template.toFile());
                var out = new ZipOutputStream(filled)) {
            for (var entry : Collections.list(in.entries())) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                var part = new String(in.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                out.write((entry.getName().endsWith("sheet1.xml")
                                ? part.replace("</sheetData>", rows + "</sheetData>")
                                : part)
                        .getBytes(StandardCharsets.UTF_8));
            }
        } finally {
            Files.delete(template);
        }
        postThings(XLSX, "", filled.toByteArray())
                .statusCode(200)
                .body("counts.created", equalTo(1))
                .body("errors.rule", equalTo(List.of("required")))
                .body("errors[0].firstLine", equalTo(3));
    }

    private static String cell(String reference, String text) {
        return "<c r=\"" + reference + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    @Test
    void who_prefers_not_to_wait_gets_the_address_at_once_and_finds_the_end_there() {
        var accepted = bureau().contentType(CSV)
                .header("Prefer", "respond-async, wait=1")
                .body("sourceId,name\nA,锅\nB,\n".getBytes(StandardCharsets.UTF_8))
                .post("/v1/things/batches")
                .then()
                .statusCode(202)
                .header("Preference-Applied", "respond-async")
                .header("Location", notNullValue());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(bureau().get(accepted.extract().header("Location"))
                                .<String>path("state"))
                        .isEqualTo("done"));
        bureau().get(accepted.extract().header("Location"))
                .then()
                .body("counts.created", equalTo(1))
                .body("counts.refused", equalTo(1));
    }

    @Test
    void the_same_file_again_changes_nothing() throws IOException {
        var file = writeXlsx(new String[] {"记录编号", "名称"}, new String[] {"A", "锅"}, new String[] {"B", "碗"});
        postThings(XLSX, "", file).body("counts.created", equalTo(2));
        postThings(XLSX, "", file).body("counts.unchanged", equalTo(2)).body("counts.created", equalTo(0));
    }

    @Test
    void a_refused_row_keeps_no_text_that_names_a_person_whatever_its_record() throws SQLException {
        var rows = """
                {"sourceId":"T1","name":"联系人张三丰","kind":"plate"}
                {"sourceId":"T2","name":"Pot","kind":"plate"}
                {"sourceId":"T3","name":"Pot of Wang Xiaoming","kind":"plate","owners":["Museum"]}
                {"sourceId":"T4","nmae":"Canary Zebra","kind":"pot"}
                """;
        var things = postBatch("things", "application/x-ndjson", "", rows.getBytes(StandardCharsets.UTF_8));
        var refused = new String(followLink(things, "/refused"), StandardCharsets.UTF_8);
        assertThat(refused)
                .doesNotContain("张三丰", "Xiaoming", "Canary")
                .contains("\"T1\",\"name\":\"***\"", "\"name\":\"Pot\"", "Museum", "\"nmae\":\"***\"");

        // A hidden value that comes back is no value.
        postBatch("things", "application/x-ndjson", "", refused.getBytes(StandardCharsets.UTF_8))
                .body("errors.findAll { it.rule == 'hidden' }.rows.sum()", equalTo(3));

        var withdrawal = "{\"sourceId\":\"W1\",\"withdraw\":true,\"reason\":\"Canary left\",\"province\":\"32\"}";
        var guests = postBatch("guests", "application/x-ndjson", "", withdrawal.getBytes(StandardCharsets.UTF_8));
        guests.body("errors[0].rule", equalTo("province-other"));
        assertThat(new String(followLink(guests, "/refused"), StandardCharsets.UTF_8))
                .contains("\"reason\":\"***\"", "W1");

        try (var connection = connectAsOwner();
                var statement = connection.createStatement();
                var kept = statement.executeQuery("select raw || findings::text from batch_refusal")) {
            while (kept.next()) {
                assertThat(kept.getString(1)).doesNotContain("张三丰", "Xiaoming", "Canary");
            }
        }
    }

    @Test
    void no_name_or_passport_is_left_in_any_table_of_batches_or_on_disk() throws SQLException, IOException {
        var name = "李小龙Canary";
        var passport = "XX9876543";
        var csv = "sourceId,name,passportNumber,country,nights\n"
                + "A,NAME,PASSPORT,ROC,1\nB,NAME,PASSPORT,THA,9999\nC,NAME,PASS PORT,THA,1\n"
                + "D,THA,NAME,PASSPORT,x\nE,NAME,PASSPORT,THA\nF,NAME,PASSPORT,THA,2\n"
                + "NAME,PASSPORT,THA,2,\nPASSPORT,THA,2,,\n\"NAME \",Ann Other,XX1112223,THA,9999\n"
                + "G,NAME,PASSPORT,Sok,1\nAli,THA,NAME,1,Sok\n";
        var ndjson =
                "{\"sourceId\":\"A\",\"name\":\"NAME\",\"passportNumber\":7,\"country\":\"NAME\",\"nights\":9999}\n"
                        + "{\"sourceId\":\"C\",\"NAME\":1,\"PASSPORT\":true}\n"
                        + "{\"sourceId\":\"B\",\"name\":\"NAME\n";
        var bodies = List.of(csv, ndjson);
        for (int i = 0; i < bodies.size(); i++) {
            var body = bodies.get(i)
                    .replace("NAME", name)
                    .replace("PASSPORT", passport)
                    .replace("PASS PORT", passport + "9")
                    .getBytes(StandardCharsets.UTF_8);
            for (var query : List.of("", "?dryRun=true")) {
                var posted = postBatch("guests", i == 0 ? CSV : "application/x-ndjson", query, body);
                posted.statusCode(200);
                var all = posted.extract().asString()
                        + new String(followLink(posted, "/refused"), StandardCharsets.UTF_8)
                        + new String(followLink(posted, "/rows"), StandardCharsets.UTF_8);
                assertThat(all)
                        .doesNotContain(name, passport, "Canary", "9876543", "Sok", "Ali")
                        .contains("***");
            }
        }
        try (var connection = connectAsOwner();
                var statement = connection.createStatement()) {
            for (var table : List.of(
                    "batch",
                    "batch_chunk",
                    "batch_refusal",
                    "batch_cause",
                    "batch_detail",
                    "batch_change",
                    "batch_year")) {
                var rows = statement.executeQuery("select t::text from " + table + " t");
                while (rows.next()) {
                    assertThat(rows.getString(1)).doesNotContain("Canary", "9876543");
                }
            }
        }
        // The file of an ended batch is deleted after its answer.
        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            try (var files = Files.list(spoolFolder)) {
                assertThat(files).isEmpty();
            }
        });
    }
}

package org.voyage.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voyage.kittest.RecordApi.as;
import static org.voyage.kittest.RecordApi.bureau;
import static org.voyage.kittest.RecordApi.fresh;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.voyage.kit.bulk.BulkConfig;
import org.voyage.kittest.KafkaReader;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordApi;
import org.voyage.kittest.TestServers;

/** Striking names, passport numbers and dates of birth are sent in every way, and then looked for everywhere. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class CanaryIT {

    private static final String NAME = "QUOKKA ZEPHYRINE";
    private static final String NAME_ZH = "夸卡泽菲琳";
    private static final String PASSPORT = "XQZ7719345";
    private static final String BIRTH = "1987-11-23";
    private static final List<String> CANARIES =
            List.of("QUOKKA", "ZEPHYRINE", NAME_ZH, "泽菲琳", PASSPORT, "7719345", BIRTH, "1987/11/23", "19871123");

    private static final String RECORDS = "/v1/inbound-enrolments";
    private static final String GOOD =
            "\"name\":\"%s\",\"passportNumber\":\"%s\",\"birthDate\":\"%s\"".formatted(NAME, PASSPORT, BIRTH);
    private static final String HEADER =
            "记录编号,国籍,院校代码,办学层次,学生类别,专业代码,中文+职业技能,经费来源," + "入学汉语水平,入学前评估,入学日期,离校日期,学习结果,姓名,护照号码,出生日期\n";

    /** What is wrong beside or in what is personal. */
    private static final List<String> WRONG = List.of(
            "\"name\":\"%s\",\"passportNumber\":\"%s\",\"birthDate\":\"%sT00:00\"".formatted(NAME, PASSPORT, BIRTH),
            "\"name\":\"%s\",\"passportNumber\":\"%s\",\"birthDate\":\"1987/11/23x\"".formatted(NAME, PASSPORT),
            "\"name\":\"%s\",\"passportNumber\":\"%s!\",\"birthDate\":\"%s\"".formatted(NAME_ZH, PASSPORT, BIRTH),
            "\"name\":\"%s\",\"birthDate\":\"%s\"".formatted(NAME.repeat(20), BIRTH),
            "\"name\":\" %s\",\"birthDate\":\"%s\"".formatted(NAME, BIRTH),
            "\"name\":[\"%s\"],\"birthDate\":19871123".formatted(NAME),
            "\"passportNumber\":\"%s\"".formatted(PASSPORT),
            GOOD + ",\"passport\":\"%s\",\"Name\":\"%s\"".formatted(PASSPORT, NAME),
            GOOD + ",\"major\":\"46\"",
            GOOD + ",\"name\":\"%s\"".formatted(NAME));

    @Inject
    @SuppressWarnings("NullAway.Init")
    BulkConfig bulk;

    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final List<String> answers = new ArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            log.add(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private Response heard(Response answer) {
        answers.add(answer.headers() + "\n" + answer.asString());
        return answer;
    }

    private static String with(String personal) {
        return MobilityRecord.INBOUND_ENROLMENT
                .body()
                .replaceAll("\\s*\\n\\s*", "")
                .replace("\"enrolled\"", "\"enrolled\"," + personal);
    }

    private static String row(String personal) {
        return "{\"sourceId\":\"" + fresh("C") + "\"," + with(personal).substring(1) + "\n";
    }

    private static String line(String nationality, String name, String passport, String birth) {
        return fresh("C") + "," + nationality + ",4112012345,高职专科,学历生,460301,是,中国政府奖学金,3,否,2020/2/29,,在读," + name + ","
                + passport + "," + birth + "\n";
    }

    @Test
    void no_name_passport_number_or_date_of_birth_is_found_anywhere() throws Exception {
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        try {
            Logger.getLogger("canary").info("the log is heard");
            requests();
            files();
            heard(bureau("12").get("/v1/parked"));
            heard(bureau("12").get(RECORDS + "?limit=1000"));
            heard(bureau("12").get("/v1/audit?limit=1000"));
            heard(as("privacy-officer").get("/v1/audit?limit=1000"));
            heard(RestAssured.get("/q/metrics"));
            heard(RestAssured.get("/q/health"));
        } finally {
            root.removeHandler(listener);
        }
        assertThat(log).anySatisfy(line -> assertThat(line).contains("the log is heard"));
        assertThat(answers).hasSizeGreaterThan(40).allSatisfy(CanaryIT::assertSilent);
        assertThat(log).allSatisfy(CanaryIT::assertSilent);
        events();
        tables();
        spooled();
    }

    private void requests() {
        String path = RECORDS + "/12/" + fresh("C");
        heard(RecordApi.put(path, with(GOOD))).then().statusCode(201);
        heard(RecordApi.put(path, with(GOOD)));
        heard(RecordApi.put(path, with(GOOD.replace(NAME, NAME_ZH))));
        heard(bureau("12").get(path));
        heard(bureau("12").get(path + "/history"));
        heard(bureau("12").header("If-Match", "\"9\"").body(with(GOOD)).put(path))
                .then()
                .statusCode(412);
        for (String wrong : WRONG) {
            heard(RecordApi.put(path, with(wrong))).then().statusCode(org.hamcrest.Matchers.oneOf(400, 422));
        }
        heard(RecordApi.put(path, with(GOOD).replace("}", ""))).then().statusCode(400);
        heard(bureau("13").body(with(GOOD)).put(path)).then().statusCode(404);
        heard(as("operator").body(with(GOOD)).put(path)).then().statusCode(403);
        heard(bureau("12").contentType("text/plain").body(GOOD).put(path))
                .then()
                .statusCode(415);
        bureau("12").get(path + "/personal-data").then().statusCode(200);
        as("privacy-officer").get(path + "/personal-data").then().statusCode(200);
        heard(bureau("12").delete(path + "/personal-data?reason=" + NAME + " 申请"))
                .then()
                .statusCode(400);
        heard(bureau("12")
                        .body("{\"sourceId\":\"%s\",\"reason\":\"x\"}".formatted(fresh("C")))
                        .post(path + "/rename"))
                .then()
                .statusCode(200);
        String erased = RECORDS + "/12/" + fresh("C");
        heard(RecordApi.put(erased, with(GOOD)));
        heard(bureau("12").delete(erased + "?reason=x"));
        heard(bureau("12").delete(erased + "/personal-data?reason=x")).then().statusCode(204);
        heard(RecordApi.put(erased, with(GOOD)));
    }

    private void files() {
        StringBuilder ndjson = new StringBuilder(row(GOOD));
        WRONG.forEach(wrong -> ndjson.append(row(wrong)));
        ndjson.append(with(GOOD)).append('\n').append(GOOD).append('\n');
        StringBuilder csv = new StringBuilder(HEADER);
        csv.append(line("泰国", NAME_ZH, PASSPORT, "1987/11/23"));
        csv.append(line("泰国国", NAME, PASSPORT, BIRTH));
        csv.append(line("泰国", NAME, PASSPORT, "1987-11-23日"));
        csv.append(line("泰国", NAME.repeat(20), PASSPORT, BIRTH));
        csv.append(line("泰国", "", PASSPORT, ""));
        csv.append(line("泰国", NAME + "," + NAME_ZH, PASSPORT, BIRTH));
        csv.append(NAME).append(',').append(PASSPORT).append('\n');
        csv.append(fresh("C"))
                .append(",泰国,")
                .append(NAME)
                .append(',')
                .append(PASSPORT)
                .append(',')
                .append(BIRTH)
                .append('\n');
        for (String query : List.of("?dryRun=true", "?mode=all", "")) {
            batch("application/x-ndjson", query, ndjson.toString());
            batch("text/csv", query, csv.toString());
        }
        batch("text/csv", "", HEADER.replace("姓名", NAME_ZH) + csv.substring(HEADER.length()));
    }

    private void batch(String type, String query, String rows) {
        Response answer = heard(RecordApi.file("12", RECORDS + "/batches" + query, type, rows));
        String location = answer.header("Location");
        if (location != null) {
            String batch = location.substring(location.indexOf("/v1/"));
            heard(bureau("12").get(batch));
            heard(bureau("12").get(batch + "/rows"));
            heard(bureau("12").get(batch + "/refused"));
        }
        heard(bureau("12").get("/v1/batches?limit=1000"));
    }

    private static void events() {
        for (MobilityRecord its : MobilityRecord.values()) {
            KafkaReader.all(its.topic()).forEach(event -> {
                assertSilent(event.key() + " " + new String(event.value(), StandardCharsets.UTF_8));
                event.headers().forEach(header -> assertSilent(new String(header.value(), StandardCharsets.UTF_8)));
            });
        }
        assertThat(KafkaReader.all(MobilityRecord.INBOUND_ENROLMENT.topic())).isNotEmpty();
    }

    /** The encrypted table too: nothing in it can be read. */
    private static void tables() throws SQLException {
        try (Connection owner = TestServers.connect("voyage", TestServers.owner("voyage"), "all")) {
            List<String> tables = new ArrayList<>();
            try (Statement statement = owner.createStatement();
                    ResultSet row = statement.executeQuery("select format('%I.%I', table_schema, table_name)"
                            + " from information_schema.tables where table_type = 'BASE TABLE'"
                            + " and table_schema not in ('pg_catalog', 'information_schema')")) {
                while (row.next()) {
                    tables.add(row.getString(1));
                }
            }
            assertThat(tables).contains("public.student_personal", "public.batch_refusal", "public.audit_entry");
            for (String table : tables) {
                try (Statement statement = owner.createStatement();
                        ResultSet row = statement.executeQuery("select t::text from " + table + " t")) {
                    while (row.next()) {
                        assertSilent(table + ": " + row.getString(1));
                    }
                }
            }
        }
    }

    private void spooled() throws IOException {
        Path folder = bulk.folder();
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertSilent(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
    }

    /** As text, and as the hexadecimal digits of its bytes. */
    private static void assertSilent(String text) {
        for (String canary : CANARIES) {
            assertThat(text)
                    .doesNotContainIgnoringCase(canary)
                    .doesNotContainIgnoringCase(HexFormat.of().formatHex(canary.getBytes(StandardCharsets.UTF_8)));
        }
    }
}

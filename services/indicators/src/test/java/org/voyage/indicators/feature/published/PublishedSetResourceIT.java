package org.voyage.indicators.feature.published;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.RawBodyRequests;
import org.voyage.indicators.RecordStates;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.config.AdvisoryLock;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class PublishedSetResourceIT implements RunningServiceTest {

    private static final String HEADER = "figure,period,value,unit,relation,service,indicator,slice\n";
    private static final String TITLE = "?title=2024 年统计公报&source=教育部";

    @Inject
    DataSource database;

    @ParameterizedTest
    @ValueSource(strings = {"series.csv", "figures.csv"})
    void the_files_that_come_with_the_platform_are_right_by_the_same_check(String file) throws Exception {
        byte[] csv;
        try (InputStream in =
                Thread.currentThread().getContextClassLoader().getResourceAsStream("contracts/published/" + file)) {
            csv = in.readAllBytes();
        }
        int lines = new String(csv, StandardCharsets.UTF_8).strip().split("\n").length - 1;

        putSet(newSetName(), TITLE + "&dryRun=true", csv)
                .statusCode(200)
                .body("outcome", equalTo("would-be-created"))
                .body("set.lines", equalTo(lines));
    }

    @Test
    void a_loaded_line_is_compared_with_the_live_figure_and_its_definition() {
        String set = newSetName();
        Receipt receipt = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                "12/P-" + UUID.randomUUID(),
                1,
                TestEventLog.schoolJson("DJI", "other", "2020-01-01", null));
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-schools/values?hostCountry=DJI&receipt=" + receipt.text())
                .then()
                .statusCode(200)
                .body("items[0].value", equalTo(1));
        putSet(set, TITLE + "&publishedOn=2025-09-30", HEADER + """
                djibouti-schools,2023,3,schools,=,overseas,overseas-schools,period=2023&hostCountry=DJI
                djibouti-colleges,2023,7,colleges,~,feeds,,
                """).statusCode(201);

        ValidatableResponse answer = getReconciliation("?set=" + set);

        answer.statusCode(200)
                .body("items.size()", equalTo(2))
                .body("items[0].set", equalTo(set))
                .body("items[0].setVersion", equalTo(1))
                .body("items[0].publishedOn", equalTo("2025-09-30"))
                .body("items[0].live", equalTo(1))
                .body("items[0].difference", equalTo(-2))
                .body("items[0].matches", equalTo(false))
                .body("items[0].definition.version", equalTo(1))
                .body("items[0].definition.name.zh", equalTo("境外办学机构数"))
                .body("items[1].comparable", equalTo(false));
        getReconciliation("").body("items.set", hasItem(set)).body("items.set", hasItem("built-in"));
    }

    /** One of four students of 1985; a set of an operator overrides the one of the platform and is withdrawn again. */
    @Test
    void a_share_is_of_the_number_that_an_operator_loaded_and_that_of_the_past_stays() throws Exception {
        RecordStates.createTopics();
        TestEventLog.awaitReady();
        Receipt receipt = RecordStates.sendNew(
                RecordStates.ENROLMENT_TOPIC,
                "12",
                RecordStates.enrolmentJson("4112000001", "LAO", "1985-03-01", "1986-03-01", true));
        String share = "/v1/indicators/vocational-share-of-all-inbound/values?period=1985";
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get(share + "&receipt=" + receipt.text())
                .then()
                .statusCode(200)
                .body("items[0].value", nullValue());
        Instant before = Instant.now();
        String set = newSetName();

        putSet(
                        set,
                        TITLE,
                        "figure,period,value,unit,relation,service\ninternational-students-in-china,1985,4,students,>,mobility\n")
                .statusCode(201);

        getShare(share)
                .body("items[0].value", equalTo(25))
                .body("components.role", equalTo(List.of("part", "whole")))
                .body("components[1].indicator", equalTo("international-students-in-china"))
                .body("components[1].value", equalTo(4))
                .body("components[1].query", nullValue())
                .body("notes.find { it.code == 'whole-inexact' }.en", containsString("1985 (more than 4)"))
                .body("notes.find { it.code == 'whole-inexact' }.zh", containsString("1985 (超过4)"));
        getShare(share.replace("/values", "/evidence") + "&receipt=" + receipt.text())
                .body("value", equalTo(25))
                .body("components.role", equalTo(List.of("part")))
                .body("items.size()", equalTo(1))
                .body("items[0].component", equalTo(0));
        getShare(share.replace("period=1985", "period=1985..1986&by=year"))
                .body("items.value", equalTo(Arrays.asList(25, null)));
        getShare(share + "&by=province").body("items.findAll { it.province == '12' }.value", equalTo(List.of(25)));
        putSet(
                        set,
                        TITLE,
                        "figure,period,value,unit,relation,service\ninternational-students-in-china,1985,8,students,>,mobility\n")
                .statusCode(201);
        getShare(share).body("items[0].value", equalTo(12.5f));
        putSet(
                        set,
                        TITLE,
                        "figure,period,value,unit,relation,service\ninternational-students-in-china,1985,0.5,students,=,mobility\n")
                .statusCode(201);
        getShare(share)
                .body("items[0].value", equalTo(200))
                .body("notes.find { it.code == 'share-above-100' }.zh", containsString("分子大于分母"))
                .body("notes.code", not(hasItem("whole-inexact")));
        deleteSet(set, 3, "reason=wrong").statusCode(200);
        deleteSet(set, 2, "reason=wrong").statusCode(200);
        getShare(share).body("items[0].value", equalTo(25));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> getShare(share + "&asOf=" + Instant.now().minusMillis(1))
                        .body("items[0].value", equalTo(25)));
        getShare(share + "&asOf=" + before).body("items[0].value", nullValue());
        deleteSet(set, 1, "reason=wrong").statusCode(200);
        getShare(share).body("items[0].value", nullValue());
    }

    private static ValidatableResponse getShare(String question) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get(question)
                .then()
                .statusCode(200);
    }

    /** Of a month or a year the last day counts, because by then it was published. */
    @Test
    void the_day_of_publication_may_be_known_by_month_or_year_only() {
        String set = newSetName();
        putSet(set, TITLE, """
                figure,period,value,unit,service,published_on
                by-day,2023,3,schools,feeds,2025-03-05
                by-month,2023,3,schools,feeds,2024-02
                by-year,2023,3,schools,feeds,2025
                """).statusCode(201);
        getReconciliation("?set=" + set)
                .body("items.publishedOn", equalTo(List.of("2025-03-05", "2024-02-29", "2025-12-31")));
        putSet(newSetName(), TITLE, """
                figure,period,value,unit,service,published_on
                later,2023,3,schools,feeds,2099
                never,2023,3,schools,feeds,2024-13
                """).statusCode(422).body("errors.rule", equalTo(List.of("date-future", "date")));
    }

    @Test
    void what_is_said_already_stays_that_version_and_every_version_can_be_read_as_it_was_sent() {
        String set = newSetName();
        byte[] first = ("\uFEFF" + HEADER + "a-figure,2023,1,things,=,overseas,,\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] second = (HEADER + "a-figure,2023,2,\"things, of \"\"any\"\" kind\",=,overseas,,")
                .getBytes(StandardCharsets.UTF_8);
        putSet(set, TITLE, first).statusCode(201).body("set.version", equalTo(1));
        putSet(set, TITLE, first)
                .statusCode(200)
                .body("outcome", equalTo("unchanged"))
                .body("set.version", equalTo(1));
        putSet(set, TITLE, second).statusCode(201).body("set.version", equalTo(2));
        putSet(set, TITLE + "&publishedOn=2025-01-01", second).statusCode(201).body("set.version", equalTo(3));

        List<byte[]> files = new ArrayList<>();
        for (int version = 1; version <= 3; version++) {
            files.add(getPath("/v1/published-sets/" + set + "/versions/" + version)
                    .statusCode(200)
                    .contentType("text/csv")
                    .extract()
                    .asByteArray());
        }

        assertThat(files.get(0)).isEqualTo(first);
        assertThat(files.get(1)).isEqualTo(second);
        assertThat(files.get(2)).isEqualTo(second);
        getReconciliation("?set=" + set).body("items.published", equalTo(List.of(2)));
        getReconciliation("?set=" + set + "&version=1").body("items.published", equalTo(List.of(1)));
        JsonPath page =
                getPath("/v1/published-sets/" + set + "?limit=2").extract().jsonPath();
        assertThat(page.getList("items.version")).containsExactly(3, 2);
        getPath("/v1/published-sets/" + set + "?limit=2&cursor=" + page.getString("next"))
                .body("items.version", equalTo(List.of(1)))
                .body("items[0].loadedBy", equalTo("operator"))
                .body("next", nullValue());
    }

    @Test
    void a_withdrawn_version_counts_no_longer_and_the_one_before_does_again() {
        String set = newSetName();
        String first = HEADER + "a-figure,2023,1,things,=,overseas,,\n";
        String second = HEADER + "a-figure,2023,2,things,=,overseas,,\n";
        putSet(set, TITLE, first).statusCode(201);
        putSet(set, TITLE, second).statusCode(201);

        deleteSet(set, 2, "reason=typing error")
                .statusCode(200)
                .body("withdrawal.reason", equalTo("typing error"))
                .body("withdrawal.by", equalTo("operator"));

        getReconciliation("?set=" + set).body("items.published", equalTo(List.of(1)));
        getReconciliation("?set=" + set + "&version=2").body("items.published", equalTo(List.of(2)));
        deleteSet(set, 2, "reason=again").statusCode(200).body("withdrawal.reason", equalTo("typing error"));
        deleteSet(set, 1, "reason=all of it").statusCode(200);
        getReconciliation("?set=" + set).statusCode(200).body("items.size()", equalTo(0));
        getReconciliation("").body("items.set", not(hasItem(set)));
        putSet(set, TITLE, second).statusCode(201).body("set.version", equalTo(3));
        assertThat(auditedActions(set))
                .containsExactly(
                        "published-set-loaded 3",
                        "published-set-withdrawn 1",
                        "published-set-withdrawn 2",
                        "published-set-loaded 2",
                        "published-set-loaded 1");
    }

    @Test
    void a_file_is_refused_as_a_whole_and_each_fault_is_named_by_line_and_column() {
        String set = newSetName();

        ValidatableResponse refused = putSet(set, TITLE, HEADER + """
                good,2023,1,schools,=,overseas,overseas-schools,period=2023
                Bad Name,2023,1,things,=,overseas,,
                fig-a,2023-13,1,things,=,overseas,,
                fig-b,2023,1e5,things,=,overseas,,
                fig-c,2023,"1,234",things,=,overseas,,
                fig-d,2023,1,,=,overseas,,
                fig-e,2023,1,things,<,overseas,,
                fig-f,2023,1,things,=,overseas,overseas-school,period=2023
                fig-g,2023,1,schools,=,overseas,overseas-schools,period=2023&colour=red
                fig-h,2023,1,schools,=,overseas,overseas-schools,period=2023&by=brand
                fig-i,2023,1,schools,=,overseas,overseas-schools,period=%zz
                fig-j,2023,1,schools,=,mobility,overseas-schools,period=2023
                fig-k,2023,1,percent,=,overseas,overseas-schools,period=2023
                fig-l,2023,1,things,=,overseas,,period=2023
                good,2023,2,schools,=,overseas,overseas-schools,period=2023
                short,2023,1
                """);

        refused.statusCode(422)
                .contentType("application/problem+json")
                .body(
                        "errors.pointer",
                        equalTo(List.of(
                                "/3/figure",
                                "/4/period",
                                "/5/value",
                                "/6/value",
                                "/7/unit",
                                "/8/relation",
                                "/9/indicator",
                                "/10/slice",
                                "/11/slice",
                                "/12/slice",
                                "/13/service",
                                "/14/unit",
                                "/15/indicator",
                                "/16/figure",
                                "/17")))
                .body("errors.detailZh", everyItem(containsString("行")))
                .body("errors[6].detail", containsString("overseas-schools"));
        getPath("/v1/published-sets/" + set).statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "0"})
    void a_number_that_figures_divide_by_is_above_0(String whole) {
        String set = newSetName();

        putSet(
                        set,
                        TITLE,
                        "figure,period,value,unit,service\ninternational-students-in-china,1986," + whole
                                + ",students,mobility\nanother-number,1986," + whole + ",students,mobility\n")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.pointer", equalTo(List.of("/2/value")))
                .body("errors.rule", equalTo(List.of("whole-not-positive")))
                .body("errors[0].detailZh", containsString("应为大于 0 的数字"));
        getPath("/v1/published-sets/" + set).statusCode(404);
    }

    @Test
    void a_line_is_compared_with_what_it_is_about_or_refused() {
        ValidatableResponse refused = putSet(newSetName(), TITLE, HEADER + """
                of-its-year,2023,1,schools,=,overseas,overseas-schools,period=2023
                of-today,2023,1,schools,=,overseas,overseas-schools,hostCountry=DJI
                of-another-year,2023,1,schools,=,overseas,overseas-schools,period=2022
                of-its-month,2021-08,1,schools,=,overseas,overseas-schools,period=2021-08
                of-the-whole-year,2021-08,1,schools,=,overseas,overseas-schools,period=2021
                of-its-years,2015/2019,1,percent,=,mobility,inbound-students-growth,period=2015..2019
                of-other-years,2015/2019,1,percent,=,mobility,inbound-students-growth,period=2015..2018
                of-no-year,undated,1,schools,=,overseas,overseas-schools,hostCountry=DJI
                of-a-batch,second batch,1,schools,=,overseas,overseas-schools,period=2022
                """);

        refused.statusCode(422)
                .body("errors.pointer", equalTo(List.of("/3/slice", "/4/slice", "/6/slice", "/8/slice")))
                .body("errors.rule", everyItem(equalTo("period-differs")))
                .body("errors[3].detail", containsString("period=2015..2019"))
                .body("errors[0].detailZh", containsString("今日"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "figure,period,value,unit,service,colour|column-unknown|/1/6",
                "figure,period,value,unit|column-missing|/1",
                "figure,series,period,value,unit,service|column-repeated|/1/2"
            })
    void headings_are_known_whole_and_once(String headings, String rule, String pointer) {
        putSet(newSetName(), TITLE, headings + "\na,2023,1,things,overseas,x\n")
                .statusCode(422)
                .body("errors.rule", hasItem(rule))
                .body("errors.pointer", hasItem(pointer));
    }

    @Test
    void what_is_no_file_is_refused() {
        putSet(newSetName(), TITLE, "").statusCode(422).body("errors[0].rule", equalTo("empty"));
        putSet(newSetName(), TITLE, HEADER + "\"open,2023,1,things,=,overseas,,\n")
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/2")));
        putSet(
                        newSetName(),
                        TITLE,
                        "figure,period,value,unit,service\n\u4e2d,2023,1,\u4e2d,overseas\n".getBytes(gb18030()))
                .statusCode(422)
                .body("errors.rule", equalTo(List.of("not-utf-8")));
        putSet(newSetName(), TITLE, "x".repeat(2 * 1024 * 1024 + 1)).statusCode(413);
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .contentType("application/json")
                .body("{}")
                .put("/v1/published-sets/" + newSetName() + TITLE)
                .then()
                .statusCode(415);
    }

    @ParameterizedTest
    @CsvSource({
        "my-set, source=s, 400, ?title",
        "my-set, title=t, 400, ?source",
        "my-set, title=t&source=s&publishedOn=2099-01-01, 400, ?publishedOn",
        "my-set, title=t&source=s&publishedOn=soon, 400, ?publishedOn",
        "my-set, title=t&source=s&dryRun=perhaps, 400, ?dryRun",
        "My-Set, title=t&source=s, 400, {set}",
        "built-in, title=t&source=s, 409, {set}"
    })
    void what_a_set_says_of_itself_is_checked(String set, String query, int status, String pointer) {
        putSet(set, "?" + query, HEADER + "a-figure,2023,1,things,=,overseas,,\n")
                .statusCode(status)
                .body("errors[0].pointer", equalTo(pointer));
    }

    @ParameterizedTest
    @CsvSource({
        "?version=1, set-missing",
        "?set=No%00Set, code-unknown",
        "?set=no-such-set, code-unknown",
        "?set=built-in&version=2, version-unknown"
    })
    void a_set_or_version_that_is_not_there_is_refused(String query, String rule) {
        getReconciliation(query).statusCode(400).body("errors[0].rule", equalTo(rule));
    }

    @Test
    void what_two_sets_print_differently_is_a_contradiction() {
        String figure = "figure-" + UUID.randomUUID();
        String one = newSetName();
        String other = newSetName();
        putSet(one, TITLE, HEADER + figure + ",2023,10,things,=,overseas,,\n").statusCode(201);
        putSet(other, TITLE, HEADER + figure + ",2023,11,things,=,overseas,,\n").statusCode(201);

        JsonPath all = getReconciliation("").statusCode(200).extract().jsonPath();

        List<Map<String, Object>> about = all.<Map<String, Object>>getList("contradictions").stream()
                .filter(found -> String.valueOf(found.get("figures")).contains(figure))
                .toList();
        assertThat(about).singleElement().satisfies(found -> {
            assertThat(found).containsEntry("rule", "published-twice");
            assertThat(String.valueOf(found.get("sets"))).contains(one, other);
        });
        getReconciliation("?set=" + one).body("contradictions.size()", equalTo(0));
    }

    @Test
    void versions_that_are_sent_at_once_get_numbers_without_gaps() throws Exception {
        String set = newSetName();
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> versions = new ArrayList<>();
            for (int i = 1; i <= 8; i++) {
                String csv = HEADER + "a-figure,2023," + i + ",things,=,overseas,,\n";
                versions.add(pool.submit(
                        () -> putSet(set, TITLE, csv).statusCode(201).extract().path("set.version")));
            }
            List<Integer> given = new ArrayList<>();
            for (Future<Integer> version : versions) {
                given.add(version.get());
            }

            assertThat(given).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
        }
    }

    @Test
    void the_list_names_each_set_once_with_the_version_that_counts() {
        String set = newSetName();
        putSet(set, TITLE, HEADER + "a-figure,2023,1,things,=,overseas,,\n").statusCode(201);
        putSet(set, TITLE, HEADER + "a-figure,2023,2,things,=,overseas,,\n").statusCode(201);

        List<Map<String, Object>> sets = new ArrayList<>();
        String cursor = "";
        do {
            JsonPath page = getPath("/v1/published-sets?limit=3" + cursor)
                    .statusCode(200)
                    .body("builtIn.lines", equalTo(98))
                    .extract()
                    .jsonPath();
            sets.addAll(page.getList("items"));
            cursor = page.getString("next") == null ? "" : "&cursor=" + page.getString("next");
        } while (!cursor.isEmpty());

        assertThat(sets)
                .filteredOn(found -> set.equals(found.get("set")))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found).containsEntry("version", 2).containsEntry("title", "2024 年统计公报");
                });
    }

    @Test
    void only_operators_load_a_set_and_the_trail_has_a_refused_attempt() {
        String set = newSetName();

        RawBodyRequests.withBody(
                        TestTokens.bureauToken("12"), "text/csv", csvFile("a-figure,2023,1,things,=,overseas,,"))
                .put("/v1/published-sets/" + set + TITLE)
                .then()
                .statusCode(403);

        getPath("/v1/published-sets/" + set).statusCode(404);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().auth()
                        .oauth2(TestTokens.bureauToken("12"))
                        .get("/v1/audit?action=refused&record=published-set")
                        .then()
                        .statusCode(200)
                        .body("items.details.operation", hasItem("PUT /v1/published-sets/{set}")));
        given().auth()
                .oauth2(TestTokens.bureauToken("64"))
                .get("/v1/audit")
                .then()
                .statusCode(200)
                .body("items.province", everyItem(equalTo("64")));
    }

    private static List<String> auditedActions(String set) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> given()
                                .auth()
                                .oauth2(TestTokens.auditorToken())
                                .get("/v1/audit?object=" + set)
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath()
                                .<Map<String, Object>>getList("items")
                                .stream()
                                .map(entry -> entry.get("action") + " " + versionOf(entry))
                                .toList(),
                        entries -> entries.size() == 5);
    }

    private static String versionOf(Map<String, Object> entry) {
        return String.valueOf(entry.get("details") instanceof Map<?, ?> details ? details.get("version") : null);
    }

    @Test
    void who_loads_a_set_does_not_wait_for_a_release() throws Exception {
        try (Connection release = database.getConnection();
                Statement lock = release.createStatement();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            release.setAutoCommit(false);
            lock.execute(AdvisoryLock.RELEASES.exclusiveLockSql());
            try {
                Future<ValidatableResponse> loaded = threads.submit(
                        () -> putSet(newSetName(), TITLE, csvFile("loaded-meanwhile,2023,1,things,=,overseas,,")));

                loaded.get(20, TimeUnit.SECONDS).statusCode(201);
            } finally {
                release.rollback();
                release.setAutoCommit(true);
            }
        }
    }

    private static Charset gb18030() {
        return Charset.forName("GB18030");
    }

    private static byte[] csvFile(String line) {
        return (HEADER + line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String newSetName() {
        return "bulletin-" + UUID.randomUUID();
    }

    private static ValidatableResponse putSet(String set, String query, String csv) {
        return putSet(set, query, csv.getBytes(StandardCharsets.UTF_8));
    }

    private static ValidatableResponse putSet(String set, String query, byte[] csv) {
        return RawBodyRequests.withBody(TestTokens.operatorToken(), "text/csv", csv)
                .put("/v1/published-sets/" + set + query)
                .then();
    }

    private static ValidatableResponse deleteSet(String set, int version, String query) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .delete("/v1/published-sets/" + set + "/versions/" + version + "?" + query)
                .then();
    }

    private static ValidatableResponse getReconciliation(String query) {
        return getPath("/v1/reconciliation" + query);
    }

    private static ValidatableResponse getPath(String path) {
        return given().auth().oauth2(TestTokens.operatorToken()).get(path).then();
    }
}

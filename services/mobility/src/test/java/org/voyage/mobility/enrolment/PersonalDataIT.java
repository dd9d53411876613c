package org.voyage.mobility.enrolment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.voyage.kittest.RecordApiClient.as;
import static org.voyage.kittest.RecordApiClient.awaitEvents;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.sendFile;
import static org.voyage.mobility.enrolment.EnrolmentRequests.BODY;
import static org.voyage.mobility.enrolment.EnrolmentRequests.bodyWith;
import static org.voyage.mobility.enrolment.EnrolmentRequests.bodyWithPassport;
import static org.voyage.mobility.enrolment.EnrolmentRequests.getPersonalData;
import static org.voyage.mobility.enrolment.EnrolmentRequests.idOf;
import static org.voyage.mobility.enrolment.EnrolmentRequests.newPassport;
import static org.voyage.mobility.enrolment.EnrolmentRequests.putEnrolment;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kittest.RealBackends;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class PersonalDataIT {

    private static final String PRIVACY_OFFICER = "privacy-officer";

    private final String path = EnrolmentRequests.newPath("12");
    private final String passport = newPassport();

    private static List<String> auditedReads(String path) {
        return as(PRIVACY_OFFICER).get("/v1/audit?object=" + idOf(path)).path("items.action");
    }

    @Test
    void what_was_sent_is_read_by_its_bureau_and_by_a_privacy_officer_and_each_reading_is_audited() {
        putEnrolment(path, bodyWithPassport(passport)).then().statusCode(201).body("fields", not(hasKey("name")));
        getPersonalData(path)
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("no-store"))
                .body("personal.name", equalTo("SOMSAK EXAMPLE"))
                .body("personal.passportNumber", equalTo(passport))
                .body("personal.birthDate", equalTo("2000-02-29"))
                .body("pseudonym", nullValue());
        String pseudonym = as(PRIVACY_OFFICER).get(path + "/personal-data").path("pseudonym");
        assertThat(pseudonym).matches("[0-9a-f]{32}");
        assertThat(auditedReads(path)).containsExactly("personal-read", "personal-read", "personal-changed");
    }

    @Test
    void personal_data_is_refused_to_every_other_caller() {
        putEnrolment(path, bodyWithPassport(passport));
        String absent = bureau("13")
                .get(EnrolmentRequests.newPath("13") + "/personal-data")
                .asString();
        String others = bureau("13")
                .get(path + "/personal-data")
                .then()
                .statusCode(404)
                .extract()
                .asString();
        assertThat(others.replaceAll("\"(instance|requestId)\":\"[^\"]*\"", ""))
                .isEqualTo(absent.replaceAll("\"(instance|requestId)\":\"[^\"]*\"", ""));
        bureau("13").delete(path + "/personal-data?reason=other").then().statusCode(404);
        for (String role : List.of("operator", "auditor", "alliance-WFCP")) {
            as(role).get(path + "/personal-data").then().statusCode(403);
            as(role).delete(path + "/personal-data?reason=other").then().statusCode(403);
            as(role).post(path + "/personal-data/consent").then().statusCode(403);
        }
        given().get(path + "/personal-data").then().statusCode(401);
        as(PRIVACY_OFFICER).get(path).then().statusCode(403);
        as(PRIVACY_OFFICER).body(BODY).put(path).then().statusCode(403);
        getPersonalData(path).then().statusCode(200);
    }

    private static List<Map<String, Object>> refusedReadings(String client, String requestId) {
        return as(client)
                .get("/v1/audit?limit=1000&record=inbound-enrolment&action=personal-read")
                .then()
                .statusCode(200)
                .extract()
                .<List<Map<String, Object>>>path("items")
                .stream()
                .filter(entry -> requestId.equals(entry.get("requestId")))
                .toList();
    }

    @Test
    void a_reading_that_is_refused_is_audited_for_whose_student_was_asked_for_and_not_for_who_asked() {
        putEnrolment(path, bodyWithPassport(passport));
        String spying = newSourceId("spy");
        bureau("13")
                .header("X-Request-Id", spying)
                .get(path + "/personal-data")
                .then()
                .statusCode(404);
        String operating = newSourceId("op");
        as("operator")
                .header("X-Request-Id", operating)
                .get(path + "/personal-data")
                .then()
                .statusCode(403);

        for (String client : List.of("auditor", PRIVACY_OFFICER, "bureau-12")) {
            assertThat(refusedReadings(client, spying))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry)
                            .containsEntry("outcome", "refused")
                            .containsEntry("actor", "bureau-13")
                            .containsEntry("province", "12")
                            .containsEntry("object", idOf(path))
                            .containsEntry("details", Map.of("status", 404, "problem", "not-found"))
                            .hasEntrySatisfying(
                                    "address", address -> assertThat(address).isNotNull()));
            assertThat(refusedReadings(client, operating))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry)
                            .containsEntry("actor", "operator")
                            .containsEntry("province", "12")
                            .containsEntry("object", idOf(path))
                            .containsEntry("details", Map.of("status", 403, "problem", "forbidden")));
        }
        assertThat(refusedReadings("bureau-13", spying))
                .as("it would tell whether there is such an enrolment")
                .isEmpty();
    }

    @Test
    void of_a_key_that_is_no_enrolments_the_entry_of_a_refused_reading_names_the_province_only() {
        for (String client : List.of("bureau-12", "bureau-13", "operator")) {
            String request = newSourceId("R");
            as(client).header("X-Request-Id", request).get("/v1/inbound-enrolments/12/" + passport + "/personal-data");
            assertThat(refusedReadings("auditor", request))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry)
                            .containsEntry("actor", client)
                            .containsEntry("province", "12")
                            .containsEntry("object", null));
        }
    }

    @Test
    void the_same_student_is_found_in_other_colleges_and_provinces_however_the_number_is_written() {
        String second = EnrolmentRequests.newPath("12");
        String elsewhere = EnrolmentRequests.newPath("31");
        putEnrolment(path, bodyWithPassport(passport));
        putEnrolment(
                second,
                bodyWithPassport(passport.toLowerCase(java.util.Locale.ROOT)).replace("4112012345", "4112054321"));
        putEnrolment(elsewhere, bodyWithPassport(passport.substring(0, 5) + " " + passport.substring(5)));
        putEnrolment(EnrolmentRequests.newPath("12"), bodyWithPassport(passport).replace("2000-02-29", "2000-03-01"));
        putEnrolment(EnrolmentRequests.newPath("12"), bodyWithPassport(passport).replace("THA", "LAO"));

        getPersonalData(path)
                .then()
                .body("sameStudent.others", equalTo(2))
                .body("sameStudent.enrolments.sourceId", equalTo(List.of(idOf(second))));
        assertThat(as(PRIVACY_OFFICER)
                        .get(path + "/personal-data")
                        .<List<String>>path("sameStudent.enrolments.province"))
                .containsExactly("12", "31");
    }

    private static String row(String path, String body) {
        return "{\"sourceId\":\"" + idOf(path) + "\","
                + body.replaceAll("\\s*\\n\\s*", "").substring(1) + "\n";
    }

    @Test
    void the_same_student_college_and_day_under_two_keys_is_warned_of_with_the_other_key() {
        String again = EnrolmentRequests.newPath("12");
        putEnrolment(path, bodyWithPassport(passport)).then().statusCode(201).body("warnings", nullValue());
        putEnrolment(again, bodyWithPassport(passport.toLowerCase(java.util.Locale.ROOT)))
                .then()
                .statusCode(201)
                .body("warnings.rule", equalTo(List.of("student-twice")))
                .body("warnings[0].detail", containsString("Enrolment " + idOf(path) + " is of the same student"))
                .body("warnings[0].detailZh", containsString("记录 " + idOf(path) + " 为同一学生"))
                .body("warnings[0].detail", not(containsStringIgnoringCase(passport)));
        putEnrolment(path, bodyWithPassport(passport))
                .then()
                .statusCode(200)
                .body("warnings.rule", equalTo(List.of("student-twice")));
        bureau("12").delete(again + "?reason=x").then().statusCode(200);
        putEnrolment(path, bodyWithPassport(passport)).then().statusCode(200).body("warnings", nullValue());
    }

    @Test
    void another_college_day_province_or_student_is_not_twice() {
        putEnrolment(path, bodyWithPassport(passport));
        for (String other : List.of(
                bodyWithPassport(passport).replace("4112012345", "4112054321"),
                bodyWithPassport(passport).replace("2020-02-29", "2021-03-01"),
                bodyWithPassport(newPassport()),
                BODY)) {
            putEnrolment(EnrolmentRequests.newPath("12"), other)
                    .then()
                    .statusCode(201)
                    .body("warnings", nullValue());
        }
        putEnrolment(EnrolmentRequests.newPath("31"), bodyWithPassport(passport))
                .then()
                .statusCode(201)
                .body("warnings.rule", equalTo(List.of("college-elsewhere")));
    }

    @Test
    void a_file_and_its_dry_run_warn_of_a_second_record_of_a_stored_student() {
        String again = EnrolmentRequests.newPath("12");
        putEnrolment(path, bodyWithPassport(passport));
        String batches = "/v1/inbound-enrolments/batches";
        sendFile("12", batches + "?dryRun=true", "application/x-ndjson", row(again, bodyWithPassport(passport)))
                .then()
                .statusCode(200)
                .body("warnings.rule", equalTo(List.of("student-twice")));
        sendFile("12", batches, "application/x-ndjson", row(again, bodyWithPassport(passport)))
                .then()
                .statusCode(200)
                .body("counts.created", equalTo(1))
                .body("warnings.rule", equalTo(List.of("student-twice")))
                .body("warnings[0].detail", containsString(idOf(path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SOMCHAI",
                "Somchai-Jaidee",
                "王小明",
                "S-王小明-1",
                "Somchai Jaidee 7",
                "AA1234567",
                "aa 123 4567",
                "S-AA1234567",
                "110101198711237738",
                "张伟",
                "约翰·史密斯1",
                "H12345678",
                "护照-12345"
            })
    void a_key_that_looks_like_a_name_or_a_document_is_refused_without_personal_data_next_to_it(String key) {
        putEnrolment("/v1/inbound-enrolments/12/" + key, BODY)
                .then()
                .statusCode(422)
                .body("errors.rule", hasItem(oneOf("key-like-name", "key-like-document")))
                .body("errors.pointer", hasItem("{sourceId}"))
                .body(not(containsString(key)));
        sendFile("12", "/v1/inbound-enrolments/batches", "application/x-ndjson", row("/" + key, BODY))
                .then()
                .statusCode(200)
                .body("counts.refused", equalTo(1))
                .body(not(containsString(key)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-0001",
                "32-CN-00017",
                "LX2023001",
                "LX230001",
                "XS0001234",
                "20230901001",
                "IE-2020-00001",
                "0199a1c2-6f00-7abc-8def-000000000201",
                "泰国-2023-17",
                "留学生2023001",
                "S-1234567",
                "徐州-0017"
            })
    void a_key_of_a_system_is_taken(String key) {
        sendFile("12", "/v1/inbound-enrolments/batches?dryRun=true", "application/x-ndjson", row("/" + key, BODY))
                .then()
                .statusCode(200)
                .body("errors.rule", equalTo(List.of()));
    }

    @Test
    void a_dry_run_warns_of_a_student_in_two_of_its_rows_and_stores_no_personal_data() {
        String again = EnrolmentRequests.newPath("12");
        String rows = row(path, bodyWithPassport(passport)) + row(again, bodyWithPassport(passport));
        String batches = "/v1/inbound-enrolments/batches";
        sendFile("12", batches + "?dryRun=true", "application/x-ndjson", rows)
                .then()
                .statusCode(200)
                .body("counts.created", equalTo(2))
                .body("warnings.rule", equalTo(List.of("student-twice")))
                .body("warnings.rows", equalTo(List.of(2)));
        assertThat(auditedReads(path)).isEmpty();
        putEnrolment(EnrolmentRequests.newPath("12"), bodyWithPassport(passport))
                .then()
                .statusCode(201)
                .body("warnings", nullValue());
        sendFile("12", batches, "application/x-ndjson", rows)
                .then()
                .body("counts.created", equalTo(2))
                .body("warnings.rows", equalTo(List.of(2)));
    }

    @Test
    void a_corrected_nationality_links_the_student() {
        String other = EnrolmentRequests.newPath("12");
        putEnrolment(path, bodyWithPassport(passport));
        putEnrolment(other, bodyWithPassport(passport).replace("THA", "LAO"));
        getPersonalData(path).then().body("sameStudent.others", equalTo(0));
        putEnrolment(other, BODY).then().statusCode(200).body("version", equalTo(2));
        getPersonalData(path).then().body("sameStudent.others", equalTo(1));
        getPersonalData(other).then().body("personal.passportNumber", equalTo(passport));
    }

    @Test
    void other_personal_data_of_the_same_record_is_stored_and_audited_and_no_event() {
        putEnrolment(path, bodyWithPassport(passport));
        putEnrolment(path, bodyWithPassport(passport));
        assertThat(auditedReads(path)).containsExactly("personal-changed");
        putEnrolment(path, bodyWithPassport(passport).replace("SOMSAK", "SOMCHAI"))
                .then()
                .statusCode(200)
                .body("version", equalTo(1));
        getPersonalData(path).then().body("personal.name", equalTo("SOMCHAI EXAMPLE"));
        assertThat(auditedReads(path)).containsExactly("personal-read", "personal-changed", "personal-changed");
        putEnrolment(path, BODY.replace("\"chineseLevel\":3", "\"chineseLevel\":5"));
        assertThat(awaitEvents("mobility.inbound-enrolment", "12/" + idOf(path), 2))
                .extracting(event -> event.get("version").asInt())
                .containsExactly(1, 2);
        getPersonalData(path).then().body("personal.name", equalTo("SOMCHAI EXAMPLE"));
    }

    @Test
    void a_withdrawn_record_keeps_it_until_it_is_erased() {
        putEnrolment(path, bodyWithPassport(passport));
        bureau("12").delete(path + "?reason=x").then().statusCode(200);
        getPersonalData(path).then().statusCode(200);
        as(PRIVACY_OFFICER)
                .delete(path + "/personal-data?reason=student-request")
                .then()
                .statusCode(204);
        getPersonalData(path).then().statusCode(404);
    }

    @Test
    void erased_it_is_gone_the_record_stands_and_it_comes_back_only_with_consent() {
        putEnrolment(path, bodyWithPassport(passport));
        bureau("12")
                .delete(path + "/personal-data?reason=student-request")
                .then()
                .statusCode(204);
        bureau("12")
                .delete(path + "/personal-data?reason=student-request")
                .then()
                .statusCode(204);
        getPersonalData(path).then().statusCode(404);
        bureau("12").get(path).then().statusCode(200).body("version", equalTo(1));

        putEnrolment(path, bodyWithPassport(passport))
                .then()
                .statusCode(200)
                .body("warnings.rule", hasItem("personal-data-erased"));
        String rows = "{\"sourceId\":\"" + idOf(path) + "\","
                + bodyWithPassport(passport).replaceAll("\\s*\\n\\s*", "").substring(1) + "\n";
        sendFile("12", "/v1/inbound-enrolments/batches", "application/x-ndjson", rows)
                .then()
                .statusCode(200)
                .body("counts.unchanged", equalTo(1));
        getPersonalData(path).then().statusCode(404);

        bureau("12").post(path + "/personal-data/consent").then().statusCode(204);
        putEnrolment(path, bodyWithPassport(passport)).then().statusCode(200).body("warnings", nullValue());
        getPersonalData(path).then().statusCode(200);
        assertThat(auditedReads(path))
                .contains("personal-erased", "personal-consent-renewed")
                .doesNotContain("changed-personal");
    }

    @Test
    void an_erasure_needs_a_reason_that_is_a_code_and_an_enrolment() {
        putEnrolment(path, bodyWithPassport(passport));
        bureau("12").delete(path + "/personal-data").then().statusCode(400);
        bureau("12")
                .delete(path + "/personal-data?reason=Somsak asked")
                .then()
                .statusCode(400)
                .body("errors.rule", hasItem("erasure-reason-unknown"))
                .body(not(containsString("Somsak")));
        bureau("12")
                .delete(EnrolmentRequests.newPath("12") + "/personal-data?reason=other")
                .then()
                .statusCode(404);
        getPersonalData(path).then().statusCode(200);
    }

    @Test
    void a_reason_that_names_the_student_is_refused_because_the_event_would_contain_it() {
        putEnrolment(path, bodyWithPassport(passport));
        bureau("12")
                .delete(path + "?reason=double of " + passport.toLowerCase(java.util.Locale.ROOT))
                .then()
                .statusCode(422)
                .body("errors.rule", hasItem("personal-in-reason"));
        bureau("12")
                .body("{\"sourceId\":\"%s\",\"reason\":\"Somsak Example\"}".formatted(newSourceId("TO")))
                .post(path + "/rename")
                .then()
                .statusCode(422);
        bureau("12").get(path).then().body("version", equalTo(1));
    }

    @Test
    void a_name_in_an_unknown_property_is_not_repeated_to_its_sender() {
        String unknown = "\"enrolled\",\"studentName\":\"SOMSAK EXAMPLE\",\"SOMSAK EXAMPLE\":\"x\"";
        for (String field : List.of("nationality", "college", "startedOn")) {
            String misplaced = BODY.replaceFirst("(\"" + field + "\": *)\"[^\"]*\"", "$1\"Somsak Example\"")
                    .replace("\"enrolled\"", unknown);
            putEnrolment(path, misplaced)
                    .then()
                    .statusCode(422)
                    .body("errors.pointer", hasItems("/" + field, "/studentName", ""))
                    .body(not(containsStringIgnoringCase("somsak")));
        }
        bureau("12")
                .get("/v1/audit?limit=1000")
                .then()
                .body("items.action", hasItem("refused"))
                .body(not(containsStringIgnoringCase("somsak")));
    }

    private static String renameRecord(String from) {
        String to = newSourceId("TO");
        bureau("12")
                .body("{\"sourceId\":\"%s\",\"reason\":\"x\"}".formatted(to))
                .post(from + "/rename")
                .then()
                .statusCode(200);
        return "/v1/inbound-enrolments/12/" + to;
    }

    @Test
    void it_goes_along_when_the_record_gets_another_key_and_nothing_of_it_stays() {
        putEnrolment(path, bodyWithPassport(passport));
        String to = renameRecord(path);
        for (String role : List.of("bureau-12", PRIVACY_OFFICER)) {
            as(role).redirects()
                    .follow(false)
                    .get(path + "/personal-data")
                    .then()
                    .statusCode(308)
                    .header("Location", endsWith(to + "/personal-data"))
                    .header("Cache-Control", containsString("no-store"));
        }
        bureau("31").get(path + "/personal-data").then().statusCode(404);
        getPersonalData(path)
                .then()
                .body("sourceId", equalTo(idOf(to)))
                .body("personal.passportNumber", equalTo(passport));
        getPersonalData(to).then().body("sameStudent.others", equalTo(0));
        assertThat(auditedReads(path)).containsExactly("personal-read", "personal-moved", "personal-changed");

        bureau("12")
                .body("{\"sourceId\":\"%s\",\"reason\":\"x\"}".formatted(idOf(path)))
                .post(to + "/rename")
                .then()
                .statusCode(200);
        getPersonalData(path)
                .then()
                .body("sourceId", equalTo(idOf(path)))
                .body("personal.passportNumber", equalTo(passport));
    }

    /** An answer must not report an erasure that did not happen. */
    @Test
    void it_is_not_erased_nor_consented_to_under_a_key_that_its_record_has_left() {
        putEnrolment(path, bodyWithPassport(passport));
        String twin = EnrolmentRequests.newPath("12");
        putEnrolment(twin, bodyWithPassport(newPassport()));
        String to = renameRecord(path);
        mergeRecord(twin, to);

        for (String left : List.of(path, twin)) {
            for (String role : List.of("bureau-12", PRIVACY_OFFICER)) {
                assertMoved(as(role).delete(left + "/personal-data?reason=student-request"), to);
                assertMoved(as(role).post(left + "/personal-data/consent"), to);
            }
            bureau("31")
                    .delete(left + "/personal-data?reason=other")
                    .then()
                    .statusCode(404)
                    .body(not(containsString(idOf(to))));
            assertThat(auditedReads(left)).doesNotContain("personal-erased", "personal-consent-renewed");
        }
        getPersonalData(to).then().statusCode(200).body("sameStudent.others", equalTo(0));
        bureau("12").delete(to + "/personal-data?reason=student-request").then().statusCode(204);
        for (String left : List.of(path, twin, to)) {
            getPersonalData(left).then().statusCode(404);
        }
    }

    private static void assertMoved(Response answer, String to) {
        answer.then()
                .statusCode(409)
                .body("errors.rule", equalTo(List.of("record-moved")))
                .body("errors[0].detail", containsString(idOf(to)));
    }

    @Test
    void merged_the_remaining_record_keeps_its_own_takes_what_it_lacks_and_an_erasure_holds_for_both() {
        String other = EnrolmentRequests.newPath("12");
        putEnrolment(path, bodyWithPassport(passport));
        putEnrolment(other, BODY);
        mergeRecord(path, other);
        getPersonalData(other).then().body("personal.passportNumber", equalTo(passport));

        String twin = EnrolmentRequests.newPath("12");
        putEnrolment(twin, bodyWithPassport(newPassport()));
        mergeRecord(twin, other);
        getPersonalData(other).then().body("personal.passportNumber", equalTo(passport));

        String erased = EnrolmentRequests.newPath("12");
        putEnrolment(erased, bodyWithPassport(passport));
        bureau("12").delete(erased + "/personal-data?reason=other").then().statusCode(204);
        mergeRecord(erased, other);
        getPersonalData(other).then().statusCode(404);
    }

    private static void mergeRecord(String from, String into) {
        bureau("12")
                .body("{\"into\":\"%s\",\"reason\":\"x\"}".formatted(idOf(into)))
                .post(from + "/merge")
                .then()
                .statusCode(200);
    }

    @Test
    void nothing_is_stored_of_what_is_refused_or_only_tried() {
        putEnrolment(path, bodyWithPassport(passport).replace("THA", "XXX"))
                .then()
                .statusCode(422);
        String rows = "{\"sourceId\":\"" + idOf(path) + "\","
                + bodyWithPassport(passport).replaceAll("\\s*\\n\\s*", "").substring(1) + "\n";
        sendFile("12", "/v1/inbound-enrolments/batches?dryRun=true", "application/x-ndjson", rows)
                .then()
                .body("counts.created", equalTo(1));
        putEnrolment(path, BODY).then().statusCode(201);
        getPersonalData(path).then().statusCode(404);
        sendFile("12", "/v1/inbound-enrolments/batches", "application/x-ndjson", rows)
                .then()
                .body("counts.unchanged", equalTo(1));
        getPersonalData(path).then().body("personal.passportNumber", equalTo(passport));
    }

    @Test
    void what_is_wrong_with_it_is_said_without_repeating_it() {
        assertRefused("\"passportNumber\":\"X77-ZEBRA\"", "passport-number-alone");
        assertRefused(
                "\"name\":\"A ZEBRA\",\"passportNumber\":\"ZEBRA!!\",\"birthDate\":\"2000-01-01\"", "passport-number");
        assertRefused("\"birthDate\":\"ZEBRA\"", "date");
        assertRefused("\"birthDate\":\"2021-01-01\"", "born-after-start");
        assertRefused("\"name\":\"" + "ZEBRA".repeat(50) + "\"", "too-long");
        assertRefused("\"name\":\"" + idOf(path) + "\"", "person-name");
        assertRefused("\"name\":\"" + idOf(path).replace('-', ' ') + "\"", "personal-in-key");
    }

    private void assertRefused(String personal, String rule) {
        putEnrolment(path, bodyWith(personal))
                .then()
                .statusCode(422)
                .body("errors.rule", hasItem(rule))
                .body(not(containsString("ZEBRA")));
    }
}

package org.voyage.feeds;

import static org.voyage.feeds.AccessedFeedObjects.ENDPOINT;
import static org.voyage.feeds.AccessedFeedObjects.ENDPOINT_DRAFT;
import static org.voyage.feeds.AccessedFeedObjects.FEED;
import static org.voyage.feeds.AccessedFeedObjects.REPLAY;
import static org.voyage.feeds.AccessedFeedObjects.REPLAY_DRAFT;
import static org.voyage.feeds.AccessedFeedObjects.SECRET;
import static org.voyage.feeds.AccessedFeedObjects.SECRET_DRAFT;
import static org.voyage.feeds.alliance.RegistryRequests.ALLIANCE;
import static org.voyage.feeds.alliance.RegistryRequests.GRANT;
import static org.voyage.feeds.alliance.RegistryRequests.UNIVERSITY;
import static org.voyage.feeds.alliance.RegistryRequests.newCode;
import static org.voyage.feeds.alliance.RegistryRequests.put;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.AccessMatrix;
import org.voyage.kittest.AccessMatrixRow;
import org.voyage.kittest.AccessRights;
import org.voyage.kittest.AccessRights.AccessRight;
import org.voyage.kittest.AccessRights.TestCaller;
import org.voyage.kittest.RealBackends;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class FeedsAccessIT {

    private static final String TIBET = "54";
    private static final String NINGXIA = "64";
    private static final String JSON = "application/json";
    private static final String ONE = "/v1/alliances/{alliance}";
    private static final String REASON = "reason=test";
    private static final String FEEDS = "/v1/feeds/{feed}";
    private static final String ENDPOINTS = FEEDS + "/endpoints/{endpoint}";
    private static final String POSITION = "1-0000000000000001";

    /** Operators use resources of the whole service, and auditors read them. */
    private static final AccessRights OPERATOR_ACCESS =
            AccessRights.OPERATE.withRight(TestCaller.AUDITOR, AccessRight.ALL);

    private static AccessedFeedObjects feeds;

    @AfterAll
    static void close() throws SQLException {
        feeds.close();
    }

    @BeforeAll
    static void admitAlliances() throws SQLException {
        feeds = new AccessedFeedObjects();
        FeedsTestBackend.admit(AccessRights.ALLIANCE_CODE, "{}", List.of());
        FeedsTestBackend.admit(AccessRights.OTHER_ALLIANCE_CODE, "{}", List.of());
    }

    @Test
    void every_caller_gets_the_access_of_the_table_and_a_foreign_object_looks_absent() {
        List<AccessMatrixRow> lines = Stream.of(registryRows(), readRows(), subscriptionRows(), endpointRows())
                .flatMap(List::stream)
                .toList();
        new AccessMatrix(RestAssured.port, TIBET, NINGXIA, lines).requireNoFaults();
    }

    private static List<AccessMatrixRow> registryRows() {
        return List.of(
                AccessMatrixRow.of("GET /v1/alliances", OPERATOR_ACCESS),
                AccessMatrixRow.on("GET " + ONE, AccessRights.ALLIANCE_READ, new ReadObjects(""))
                        .ofAlliances(),
                AccessMatrixRow.on("PUT " + ONE, AccessRights.OPERATE, new WrittenObjects(false, ""))
                        .withBody(JSON, owner -> ALLIANCE),
                AccessMatrixRow.on("DELETE " + ONE, AccessRights.OPERATE, new WrittenObjects(true, ""))
                        .withQuery(REASON),
                AccessMatrixRow.on("POST " + ONE + "/suspension", AccessRights.OPERATE, new WrittenObjects(true, ""))
                        .withBody(JSON, owner -> "{\"reason\":\"test\"}"),
                AccessMatrixRow.on("DELETE " + ONE + "/suspension", AccessRights.OPERATE, new WrittenObjects(true, "")),
                AccessMatrixRow.on("GET " + ONE + "/members", AccessRights.ALLIANCE_READ, new ReadObjects(""))
                        .ofAlliances(),
                AccessMatrixRow.on("POST " + ONE + "/members", AccessRights.OPERATE, new WrittenObjects(true, ""))
                        .withBody("text/csv", owner -> "id,kind,college,names,country,from,until\n"),
                AccessMatrixRow.on(
                                "GET " + ONE + "/members/{member}",
                                AccessRights.ALLIANCE_READ,
                                new ReadObjects("member"))
                        .ofAlliances(),
                AccessMatrixRow.on(
                                "PUT " + ONE + "/members/{member}",
                                AccessRights.OPERATE,
                                new WrittenObjects(false, "member"))
                        .withBody(JSON, owner -> UNIVERSITY),
                AccessMatrixRow.on(
                                "DELETE " + ONE + "/members/{member}",
                                AccessRights.OPERATE,
                                new WrittenObjects(true, "member"))
                        .withQuery(REASON),
                AccessMatrixRow.of("GET /v1/grantable-fields", OPERATOR_ACCESS),
                AccessMatrixRow.of("GET /v1/waiting-recognitions", OPERATOR_ACCESS),
                AccessMatrixRow.of("GET /v1/dead-letters", OPERATOR_ACCESS),
                AccessMatrixRow.on("GET " + ONE + "/likely-misses", OPERATOR_ACCESS, new WrittenObjects(true, "")),
                AccessMatrixRow.on("GET " + ONE + "/grants", AccessRights.ALLIANCE_READ, new ReadObjects(""))
                        .ofAlliances(),
                AccessMatrixRow.on(
                                "GET " + ONE + "/grants/{grant}", AccessRights.ALLIANCE_READ, new ReadObjects("grant"))
                        .ofAlliances(),
                AccessMatrixRow.on(
                                "PUT " + ONE + "/grants/{grant}",
                                AccessRights.OPERATE,
                                new WrittenObjects(false, "grant"))
                        .withBody(JSON, owner -> GRANT),
                AccessMatrixRow.on(
                                "DELETE " + ONE + "/grants/{grant}",
                                AccessRights.OPERATE,
                                new WrittenObjects(true, "grant"))
                        .withQuery(REASON),
                AccessMatrixRow.of(
                        "GET /v1/audit", AccessRights.READ.withRight(TestCaller.PRIVACY_OFFICER, AccessRight.ALL)),
                AccessMatrixRow.of("GET /v1/audit/verification", OPERATOR_ACCESS));
    }

    /** Returns the rows of reads that are open to operators and auditors too. */
    private List<AccessMatrixRow> readRows() {
        return List.of(
                AccessMatrixRow.of(
                        "GET /.well-known/voyage-feeds-keys",
                        AccessRights.EVERYBODY.withRight(TestCaller.ANONYMOUS, AccessRight.ALL)),
                AccessMatrixRow.list("GET /v1/feeds", AccessRights.ALLIANCE_READ, feeds.named(FEED))
                        .ofAlliances(),
                readRow(FEEDS, FEED),
                readRow(FEEDS + "/status", FEED),
                readRow(FEEDS + "/endpoints", FEED),
                readRow(ENDPOINTS, ENDPOINT),
                readRow(ENDPOINTS + "/deliveries", ENDPOINT),
                readRow(ENDPOINTS + "/undelivered", ENDPOINT),
                readRow(ENDPOINTS + "/replays/{replay}", REPLAY));
    }

    /** Returns the rows of operations on feeds that only alliances may call. */
    private List<AccessMatrixRow> subscriptionRows() {
        String hash = "sha256:" + "0".repeat(64);
        return List.of(
                AccessMatrixRow.of("GET /v1/feeds/catalogue", AccessRights.ALLIANCE_WRITE)
                        .ofAlliances(),
                AccessMatrixRow.of("POST /v1/feeds/previews", AccessRights.ALLIANCE_WRITE)
                        .withBody(JSON, owner -> "{\"filter\":{}}")
                        .ofAlliances(),
                AccessMatrixRow.of("POST /v1/feeds", AccessRights.ALLIANCE_WRITE)
                        .withBody(JSON, owner -> "{\"name\":\"test\",\"start\":\"now\"}")
                        .ofAlliances(),
                ownRow("GET " + FEEDS + "/events", FEED),
                ownRow("GET " + FEEDS + "/stream", FEED),
                ownRow("GET " + FEEDS + "/snapshot", FEED),
                ownRow("POST " + FEEDS + "/verifications", FEED)
                        .withBody(
                                JSON,
                                owner -> "{\"copies\":[{\"position\":\"" + POSITION + "\",\"chain\":\"" + hash
                                        + "\"}]}"),
                ownRow("PATCH " + FEEDS, FEED).withBody(JSON, owner -> "{\"name\":\"test\"}"),
                ownRow("DELETE " + FEEDS, FEED));
    }

    /** Returns the rows of operations on endpoints that only alliances may call. */
    private List<AccessMatrixRow> endpointRows() {
        return List.of(
                ownRow("POST " + FEEDS + "/endpoints", FEED).withBody(JSON, owner -> ENDPOINT_DRAFT),
                ownRow("PATCH " + ENDPOINTS, ENDPOINT).withBody(JSON, owner -> "{\"batch\":true}"),
                ownRow("POST " + ENDPOINTS + "/challenge", ENDPOINT),
                ownRow("POST " + ENDPOINTS + "/test", ENDPOINT),
                ownRow("POST " + ENDPOINTS + "/replays", ENDPOINT).withBody(JSON, owner -> REPLAY_DRAFT),
                ownRow("POST " + ENDPOINTS + "/secrets", ENDPOINT).withBody(JSON, owner -> SECRET_DRAFT),
                ownRow("DELETE " + ENDPOINTS + "/secrets/{kid}", SECRET),
                ownRow("DELETE " + ENDPOINTS, ENDPOINT));
    }

    private AccessMatrixRow readRow(String path, String last) {
        return AccessMatrixRow.on("GET " + path, AccessRights.ALLIANCE_READ, feeds.named(last))
                .ofAlliances();
    }

    private AccessMatrixRow ownRow(String operation, String last) {
        return AccessMatrixRow.on(operation, AccessRights.ALLIANCE_WRITE, feeds.named(last))
                .ofAlliances();
    }

    private static Map<String, String> createObject(String code, String what) {
        put(code, ALLIANCE);
        return switch (what) {
            case "member" -> {
                put(code + "/members/M-1", UNIVERSITY);
                yield Map.of("alliance", code, what, "M-1");
            }
            case "grant" -> {
                put(code + "/grants/G-1", GRANT);
                yield Map.of("alliance", code, what, "G-1");
            }
            default -> Map.of("alliance", code);
        };
    }

    /**
     * What an alliance reads of itself.
     *
     * @param what member, grant, or nothing for the alliance
     */
    private record ReadObjects(String what) implements AccessMatrixRow.PathObjects {
        @Override
        public Map<String, String> existing(String alliance) {
            return createObject(alliance, what);
        }

        @Override
        public Map<String, String> absent(String alliance) {
            return what.isEmpty() ? Map.of("alliance", "ABSENT") : Map.of("alliance", alliance, what, "ABSENT");
        }
    }

    /**
     * What operators write, of an alliance of its own each time.
     *
     * @param needed whether the object must exist
     */
    private record WrittenObjects(boolean needed, String what) implements AccessMatrixRow.PathObjects {
        @Override
        public Map<String, String> existing(String province) {
            return createObject(newCode(), what);
        }

        @Override
        public Map<String, String> absent(String province) {
            return !needed
                    ? Map.of()
                    : what.isEmpty() ? Map.of("alliance", "ABSENT") : Map.of("alliance", "ABSENT", what, "ABSENT");
        }
    }
}

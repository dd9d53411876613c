package org.voyage.indicators.live;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Random history of some records of every type: every version of each, and an order of delivery. */
public final class RecordHistory {

    public static final List<String> RECORDS = List.of(
            "overseas-school",
            "overseas-headcount",
            "overseas-training",
            "inbound-enrolment",
            "outbound-placement",
            "teacher-assignment",
            "foreign-teacher",
            "cooperative-institution",
            "cooperative-programme",
            "cooperative-headcount",
            "standard",
            "recognition",
            "credential-recognition",
            "alliance-member");

    /** Record of operators, of no bureau; its key begins with 00. */
    private static final String NATIONAL_RECORD = "alliance-member";

    public static final List<String> COUNTRIES = List.of("THA", "LAO", "KEN", "ITA", "FRA", "USA", "HKG", "CHN", "SCG");
    static final List<String> BRANDS = List.of("luban-workshop", "dayu-college", "other");
    static final List<String> STATUSES = List.of("planned", "open", "suspended", "closed");
    static final List<String> DATES = List.of(
            "2011-12-31",
            "2012-01-01",
            "2016-02-29",
            "2019-06-30",
            "2020-02-29",
            "2023-12-31",
            "2024-02-29",
            "2026-11-23",
            "2026-11-24",
            "2026-11-25",
            "2030-01-01");
    private static final List<String> ENTERPRISES = List.of("示例甲", "示例乙", "Example Ltd");
    private static final List<String> COLLEGES = List.of("4112000001", "4112000002", "4132000001");

    /** One version of one fact; the fields are null when it was withdrawn. */
    public record HistoryVersion(
            String record,
            String key,
            int version,
            String change,
            @Nullable Map<String, Object> fields) {

        /** Returns the state alone, in the format of the evidence. */
        public byte @Nullable [] stateJson() {
            return fields == null ? null : toJsonObject(fields).getBytes(StandardCharsets.UTF_8);
        }

        public byte[] eventJson() {
            String slash = key.substring(key.indexOf('/') + 1);
            return ("{\"province\":\"" + key.substring(0, 2) + "\",\"sourceId\":\"" + slash + "\",\"version\":"
                            + version
                            + ",\"change\":\"" + change + "\",\"cause\":{\"kind\":\"request\"},\"before\":"
                            + "{\"hostCountry\":\"XXX\"},\"after\":" + (fields == null ? "null" : toJsonObject(fields))
                            + "}")
                    .getBytes(StandardCharsets.UTF_8);
        }

        private static String toJsonObject(Map<String, Object> fields) {
            List<String> members = new ArrayList<>();
            fields.forEach((name, value) -> members.add("\"" + name + "\":" + toJsonValue(value)));
            return "{" + String.join(",", members) + "}";
        }

        private static String toJsonValue(Object value) {
            return switch (value) {
                case Integer number -> number.toString();
                case Boolean flag -> flag.toString();
                case Map<?, ?> object -> {
                    List<String> members = new ArrayList<>();
                    object.forEach((name, member) -> members.add("\"" + name + "\":" + toJsonValue(member)));
                    yield "{" + String.join(",", members) + "}";
                }
                case List<?> list ->
                    "["
                            + String.join(
                                    ",",
                                    list.stream()
                                            .map(HistoryVersion::toJsonValue)
                                            .toList()) + "]";
                default -> "\"" + value + "\"";
            };
        }
    }

    private final Random random;
    private final String name;

    public RecordHistory(Random random) {
        this(random, "");
    }

    /**
     * @param name prefix of the keys of its records, and of the keys that they name: histories with different names
     *     share no key
     */
    public RecordHistory(Random random, String name) {
        this.random = random;
        this.name = name;
    }

    public List<HistoryVersion> randomDeliveries() {
        List<HistoryVersion> all = new ArrayList<>();
        Set<String> provinces = new TreeSet<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            String province = pickOne(List.of("12", "32"));
            provinces.add(province);
            for (String record : RECORDS) {
                if (!record.equals(NATIONAL_RECORD)) {
                    all.addAll(randomVersions(record, province + "/" + name + "S" + random.nextInt(4)));
                }
            }
        }
        provinces.forEach(province -> all.addAll(headcountsInARow(province)));
        Map<String, HistoryVersion> unique = new TreeMap<>();
        all.forEach(version -> unique.put(version.record() + version.key() + "#" + version.version(), version));
        List<HistoryVersion> deliveries = new ArrayList<>(unique.values());
        deliveries.addAll(List.copyOf(deliveries).subList(0, random.nextInt(deliveries.size())));
        Collections.shuffle(deliveries, random);
        for (HistoryVersion version : randomVersions(NATIONAL_RECORD, "00/" + name + "M" + random.nextInt(4))) {
            deliveries.add(random.nextInt(deliveries.size() + 1), version);
        }
        return deliveries;
    }

    /** Returns headcounts of two years in a row: only a province that has reported both counts in a difference. */
    private List<HistoryVersion> headcountsInARow(String province) {
        List<HistoryVersion> headcounts = new ArrayList<>();
        for (int year : List.of(2022, 2023)) {
            for (int school = 0; school < 4; school++) {
                headcounts.add(new HistoryVersion(
                        "overseas-headcount",
                        province + "/" + name + "Y" + year + "-" + school,
                        1,
                        "created",
                        new TreeMap<>(
                                Map.of("school", name + "S" + school, "year", year, "students", school == 0 ? 3 : 0))));
            }
        }
        return headcounts;
    }

    private List<HistoryVersion> randomVersions(String record, String key) {
        List<HistoryVersion> versions = new ArrayList<>();
        boolean withdrawn = false;
        for (int version = 1; version <= 1 + random.nextInt(5); version++) {
            boolean withdraw = version > 1 && !withdrawn && random.nextInt(4) == 0;
            String change = version == 1 ? "created" : withdraw ? "withdrawn" : withdrawn ? "restored" : "corrected";
            withdrawn = withdraw;
            versions.add(new HistoryVersion(record, key, version, change, withdraw ? null : randomFields(record)));
        }
        return versions;
    }

    private Map<String, Object> randomFields(String record) {
        Map<String, Object> fields = new TreeMap<>();
        switch (record) {
            case "overseas-school" -> {
                fields.put("hostCountry", pickOne(COUNTRIES));
                fields.put("brand", pickOne(BRANDS));
                fields.put("tier", pickOne(List.of("workshop", "applied-technology-college")));
                fields.put("form", pickOne(List.of("branch", "training-centre")));
                fields.put("status", pickOne(STATUSES));
                fields.put("foundingColleges", COLLEGES.subList(0, 1 + random.nextInt(COLLEGES.size())));
                putMaybe(fields, "majors", List.of("460301", "500101").subList(0, 1 + random.nextInt(2)));
                putMaybe(fields, "enterprises", ENTERPRISES.subList(0, 1 + random.nextInt(ENTERPRISES.size())));
                putMaybe(fields, "openedOn", pickOne(DATES));
                putMaybe(fields, "closedOn", pickOne(DATES));
            }
            case "overseas-headcount" -> {
                fields.put("school", name + "S" + random.nextInt(5));
                fields.put("year", 2021 + random.nextInt(8));
                fields.put("students", random.nextInt(50));
            }
            case "overseas-training" -> {
                fields.put("school", name + "S" + random.nextInt(5));
                fields.put("startedOn", pickOne(DATES));
                fields.put("enterprise", pickOne(ENTERPRISES));
                fields.put("people", 1 + random.nextInt(20));
                fields.put("days", 1 + random.nextInt(20));
            }
            case "inbound-enrolment", "foreign-teacher" -> {
                fields.put("nationality", pickOne(COUNTRIES));
                fields.put("college", pickOne(COLLEGES));
                fields.put("level", pickOne(List.of("higher-vocational", "vocational-bachelor")));
                fields.put("category", pickOne(List.of("degree", "short-term")));
                fields.put("funding", pickOne(List.of("self", "college")));
                fields.put("assessed", random.nextBoolean());
                fields.put("chineseWithSkills", random.nextBoolean());
                fields.put("outcome", pickOne(List.of("graduated", "withdrawn", "transferred")));
                putMaybe(fields, "chineseLevel", random.nextInt(7));
                putMaybe(fields, "major", pickOne(List.of("460301", "500101")));
                fields.put("startedOn", pickOne(DATES));
                putMaybe(fields, "endedOn", pickOne(DATES));
            }
            case "outbound-placement", "teacher-assignment" -> {
                fields.put("college", pickOne(COLLEGES));
                fields.put("hostCountry", pickOne(COUNTRIES));
                fields.put("purpose", pickOne(List.of("internship", "study")));
                fields.put("hostKind", pickOne(List.of("enterprise", "overseas-organisation")));
                fields.put("role", pickOne(List.of("training", "guidance", "position")));
                fields.put("participants", 1 + random.nextInt(20));
                fields.put("teachers", 1 + random.nextInt(20));
                fields.put("days", 1 + random.nextInt(20));
                fields.put("startedOn", pickOne(DATES));
            }
            case "cooperative-institution", "cooperative-programme" -> {
                fields.put("college", pickOne(COLLEGES));
                fields.put("scheme", pickOne(List.of("ordinary", "sgave")));
                fields.put("legalForm", "non-legal-person");
                List<Map<String, String>> partners = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    partners.add(Map.of("name", "P" + random.nextInt(3), "country", pickOne(COUNTRIES)));
                }
                putMaybe(fields, "foreignPartners", partners);
                fields.put("major", pickOne(List.of("460301", "500101")));
                fields.put("status", pickOne(List.of("approved", "enrolling", "terminated")));
                fields.put("approvedOn", pickOne(DATES));
                putMaybe(fields, "terminatedOn", pickOne(DATES));
            }
            case "cooperative-headcount" -> {
                putMaybe(fields, pickOne(List.of("institution", "programme")), name + "S" + random.nextInt(5));
                fields.put("year", 2021 + random.nextInt(8));
                fields.put("students", random.nextInt(50));
            }
            case "standard" -> {
                fields.put("kind", pickOne(List.of("instruction", "curriculum")));
                fields.put("field", pickOne(List.of("46", "51")));
                fields.put("developingColleges", COLLEGES.subList(0, 1 + random.nextInt(COLLEGES.size())));
            }
            case "recognition" -> {
                fields.put("standard", name + "S" + random.nextInt(5));
                fields.put("country", pickOne(COUNTRIES));
                fields.put("level", pickOne(List.of("adopted-by-school", "certified")));
                fields.put("decidedOn", pickOne(DATES));
                putMaybe(fields, "expiresOn", pickOne(DATES));
                putMaybe(fields, "revokedOn", pickOne(DATES));
            }
            case "alliance-member" -> {
                fields.put("alliance", pickOne(List.of("WFCP", "OTHER")));
                fields.put(
                        "kind",
                        pickOne(List.of("college", "foreign-university", "enterprise", "industry-organisation")));
                fields.put("country", pickOne(COUNTRIES));
                fields.put("from", pickOne(DATES));
                putMaybe(fields, "until", pickOne(DATES));
            }
            default -> {
                fields.put("college", pickOne(COLLEGES));
                fields.put("country", pickOne(COUNTRIES));
                fields.put("delivery", pickOne(List.of("online", "cross-border")));
                fields.put("decision", pickOne(List.of("recognised", "refused")));
                fields.put("decidedOn", pickOne(DATES));
            }
        }
        return fields;
    }

    private void putMaybe(Map<String, Object> fields, String name, Object value) {
        if (random.nextInt(3) > 0) {
            fields.put(name, value);
        }
    }

    private <T> T pickOne(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}

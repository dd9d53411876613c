package org.voyage.indicators.feature.release;

import static io.restassured.RestAssured.given;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.voyage.indicators.RecordStates;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.TestTokens;

/**
 * Population of all persons in the figures of two years that no other test has. It has large and small groups side by
 * side, and small changes in large groups.
 */
final class PersonPopulation {

    private static final String PROGRAMME_STUDENTS = "cooperation.cooperative-headcount";

    static final List<String> TOPICS = List.of(
            RecordStates.ENROLMENT_TOPIC,
            RecordStates.PLACEMENT_TOPIC,
            RecordStates.ASSIGNMENT_TOPIC,
            RecordStates.TEACHER_TOPIC,
            RecordStates.PROGRAMME_TOPIC,
            PROGRAMME_STUDENTS,
            TestEventLog.SCHOOL_TOPIC,
            TestEventLog.HEADCOUNT_TOPIC,
            TestEventLog.TRAINING_TOPIC);

    /** Nationality, level, category; number in both years, leavers after the first, arrivals in the second. */
    private static final String STUDENTS = """
            THA higher-vocational degree 22 0 3
            THA secondary-vocational short-term 0 14 0
            VNM higher-vocational degree 0 12 12
            VNM higher-vocational long-term-non-degree 0 0 3
            LAO higher-vocational degree 4 0 3
            KHM higher-vocational degree 31 2 0
            MMR secondary-vocational short-term 0 5 6
            KAZ higher-vocational short-term 0 18 17
            UZB higher-vocational degree 8 0 4
            RUS higher-vocational long-term-non-degree 30 10 11
            DEU higher-vocational short-term 0 11 2
            FRA higher-vocational short-term 0 2 15
            KEN higher-vocational degree 16 0 0
            ETH higher-vocational degree 12 0 8
            NGA secondary-vocational degree 7 0 0
            FJI higher-vocational degree 1 0 1
            """;

    /** Nationality; remaining, leaving, arriving. */
    private static final String TEACHERS = """
            DEU 20 0 3
            FRA 4 0 0
            GBR 12 0 0
            JPN 10 5 5
            KOR 2 0 9
            USA 30 0 0
            CAN 11 0 1
            AUS 13 0 0
            NZL 3 0 0
            RUS 0 9 12
            """;

    /** Country, purpose, participants in each year. */
    private static final String PLACEMENTS = """
            THA internship 80 83
            THA study 40 40
            VNM exchange 80 71
            LAO competition 3 6
            KHM study 45 41
            MYS internship 60 60
            IDN internship 200 190
            IDN competition 0 4
            MMR study 5 0
            DEU exchange 60 66
            DEU internship 30 30
            FRA exchange 4 14
            NLD study 31 31
            KEN study 30 22
            ETH internship 12 12
            ZAF internship 9 10
            NRU study 2 0
            FJI exchange 1 3
            BRA internship 150 150
            RUS study 100 93
            KAZ exchange 26 26
            UZB study 8 17
            """;

    /** Country, role, teachers in each year. */
    private static final String ASSIGNMENTS = """
            THA training 40 43
            LAO guidance 3 2
            KEN training 25 25
            ETH guidance 12 0
            EGY position 8 11
            DEU training 60 50
            ZAF guidance 15 16
            IDN training 33 30
            NRU position 1 4
            """;

    /** Country of the school, students in each year, people trained in each year. */
    private static final String SCHOOLS = """
            THA 120 130 300 200
            LAO 4 12 7 7
            KHM 30 31 0 12
            KEN 55 50 20 26
            ETH 9 0 40 40
            ZAF 21 21 3 8
            EGY 200 190 12 12
            PAK 2 3 90 91
            DEU 40 40 0 5
            """;

    /** Scheme of the programme, students in each year. */
    private static final String PROGRAMMES = """
            ordinary 300 310
            sgave 5 40
            """;

    private final int first;
    private final int second;
    private final Map<String, Map<String, String>> records = new LinkedHashMap<>();
    private final Map<String, List<String>> sent = new LinkedHashMap<>();

    PersonPopulation(int first) {
        this.first = first;
        this.second = first + 1;
    }

    /** Sends all records and waits until they are counted. */
    void sendPopulation() {
        forEachLine(STUDENTS, this::addStudents);
        forEachLine(
                TEACHERS,
                of -> addStock(RecordStates.TEACHER_TOPIC, of, 1, during -> """
                {"college":"4112000001","nationality":"%s",%s}""".formatted(of.getFirst(), during)));
        forEachLine(PLACEMENTS, of -> {
            addPlacement(of, first, numberAt(of, 2));
            addPlacement(of, second, numberAt(of, 3));
        });
        forEachLine(ASSIGNMENTS, of -> {
            addAssignment(of, first, numberAt(of, 2));
            addAssignment(of, second, numberAt(of, 3));
        });
        forEachLine(SCHOOLS, this::addSchool);
        forEachLine(PROGRAMMES, this::addProgramme);
        sendRecords();
    }

    /**
     * Sends more records of the first year: many in some countries, few in others, and some in countries without any.
     */
    void sendMoreOfFirstYear() {
        forEachLine("""
                IDN internship 60
                BRA internship 60
                LAO competition 9
                VNM exchange 1
                CHL study 3
                UZB study 12
                """, of -> addPlacement(of, first, numberAt(of, 2)));
        forEachLine("""
                KEN higher-vocational degree 0 12 0
                RUS higher-vocational long-term-non-degree 0 10 0
                LAO higher-vocational degree 0 1 0
                CHL higher-vocational degree 0 3 0
                """, this::addStudents);
        sendRecords();
    }

    /** Returns what a reader of feeds knows of the records. */
    FeedKnowledge toFeedKnowledge() {
        return FeedKnowledge.of(sent);
    }

    private void addStudents(List<String> of) {
        addStock(RecordStates.ENROLMENT_TOPIC, of, 3, during ->
                """
                {"college":"4112000001","nationality":"%s","level":"%s","category":"%s","major":"460301",\
                "chineseWithSkills":false,"funding":"self","assessed":true,"outcome":"graduated",%s}""".formatted(of.getFirst(), of.get(1), of.get(2), during));
    }

    private void addStock(String topic, List<String> of, int at, Function<String, String> state) {
        String during = "\"startedOn\":\"%d-03-01\",\"endedOn\":\"%d-06-30\"";
        String stays = state.apply(during.formatted(first, second + 1));
        String leaves = state.apply(during.formatted(first, second));
        String comes = state.apply(during.formatted(second, second + 1));
        List<String> states = List.of(stays, leaves, comes);
        for (int i = 0; i < states.size(); i++) {
            for (int person = numberAt(of, at + i); person > 0; person--) {
                addRecord(topic, states.get(i));
            }
        }
    }

    private void addPlacement(List<String> of, int year, int participants) {
        if (participants > 0) {
            addRecord(RecordStates.PLACEMENT_TOPIC, """
                    {"college":"4112000001","hostCountry":"%s","hostOrganisation":"示例","purpose":"%s",\
                    "participants":%d,"days":30,"startedOn":"%d-06-01"}""".formatted(of.getFirst(), of.get(1), participants, year));
        }
    }

    private void addAssignment(List<String> of, int year, int teachers) {
        if (teachers > 0) {
            addRecord(RecordStates.ASSIGNMENT_TOPIC, """
                    {"college":"4112000001","hostCountry":"%s","hostKind":"enterprise","role":"%s","teachers":%d,\
                    "days":30,"startedOn":"%d-06-01"}""".formatted(of.getFirst(), of.get(1), teachers, year));
        }
    }

    private void addSchool(List<String> of) {
        String school = addRecord(
                TestEventLog.SCHOOL_TOPIC,
                TestEventLog.schoolJson(of.getFirst(), "other", first + "-01-01", (second + 1) + "-06-30"));
        for (int i = 0; i < 2; i++) {
            int year = first + i;
            addRecord(TestEventLog.HEADCOUNT_TOPIC, TestEventLog.headcountJson(school, year, numberAt(of, 1 + i)));
            if (numberAt(of, 3 + i) > 0) {
                addRecord(TestEventLog.TRAINING_TOPIC, """
                        {"school":"%s","enterprise":"企业","people":%d,"days":1,"startedOn":"%d-03-01"}""".formatted(school, numberAt(of, 3 + i), year));
            }
        }
    }

    private void addProgramme(List<String> of) {
        String programme = addRecord(RecordStates.PROGRAMME_TOPIC, """
                {"name":"示例","college":"4112000001","foreignPartners":[{"country":"DEU","name":"A"}],\
                "approvalNumber":"1","approvedOn":"%d-01-01","scheme":"%s","major":"460301","status":"terminated",\
                "terminatedOn":"%d-06-30"}""".formatted(first, of.getFirst(), second + 1));
        for (int i = 0; i < 2; i++) {
            addRecord(PROGRAMME_STUDENTS, """
                    {"programme":"%s","year":%d,"students":%d}""".formatted(programme, first + i, numberAt(of, 1 + i)));
        }
    }

    /** @return the source id of the record */
    private String addRecord(String topic, String state) {
        String id = "J-" + UUID.randomUUID();
        records.computeIfAbsent(topic, key -> new LinkedHashMap<>()).put("12/" + id, state);
        sent.computeIfAbsent(topic, key -> new ArrayList<>()).add(state);
        return id;
    }

    private void sendRecords() {
        Receipt receipt = Receipt.of(records.entrySet().stream()
                .map(each -> TestEventLog.sendCreated(each.getKey(), each.getValue()))
                .toList());
        records.clear();
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + PlacementSender.FIGURE + "/values?period=" + first + "&receipt="
                        + receipt.text())
                .then()
                .statusCode(200);
    }

    private static void forEachLine(String lines, Consumer<List<String>> of) {
        lines.lines().forEach(line -> of.accept(List.of(line.split(" ", -1))));
    }

    private static int numberAt(List<String> of, int at) {
        return Integer.parseInt(of.get(at));
    }
}

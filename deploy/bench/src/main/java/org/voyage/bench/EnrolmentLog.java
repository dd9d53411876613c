package org.voyage.bench;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Generated log of inbound enrolments: 70 % of its events create a student, 20 % correct one and 10 % withdraw one. The
 * log is the same in every run. A student's fields follow from number and version alone. So the log knows the expected
 * counts without a read.
 */
class EnrolmentLog {

    static final String TOPIC = "mobility.inbound-enrolment";
    static final int FIRST_YEAR = 2004;
    static final int LAST_YEAR = 2024;

    static final List<String> PROVINCES = List.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
            "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "66");

    private static final String RECORD = "inbound-enrolment";
    private static final long SEED = 20_261_125;
    private static final int COLLEGE_COUNT = 40;
    /** A prime step, so that the steps visit every student once before one twice. */
    private static final long STUDENT_STEP = 7_919;
    /** First version that no log contains. */
    private static final int FIRST_HYPOTHETICAL_VERSION = 1_000;

    private static final String[] LEVELS = {"secondary-vocational", "higher-vocational", "vocational-bachelor"};
    private static final String[] CATEGORIES = {"degree", "long-term-non-degree", "short-term"};
    private static final String[] FUNDINGS = {
        "chinese-government", "provincial-government", "college", "enterprise", "foreign-government", "self"
    };
    private static final String[] MAJORS = {"460301", "460104", "500101", "500405", "510201", "530701", "590302"};

    private final List<Country> countries;
    private final SplittableRandom random = new SplittableRandom(SEED);
    /** Newest version by student number, negative once withdrawn. */
    private short[] versions = new short[1 << 16];

    private int students;
    private long events;

    /**
     * Country of origin.
     *
     * @param region as in {@code contracts/reference/countries.csv}
     */
    record Country(String code, String region) {}

    /** One version of one student. */
    record LoggedEnrolment(
            String province,
            Country nationality,
            String college,
            String level,
            String category,
            String funding,
            String major,
            boolean assessed,
            boolean skills,
            int chinese,
            LocalDate started,
            @Nullable LocalDate ended) {

        boolean enrolledOn(LocalDate day) {
            return !started.isAfter(day) && (ended == null || ended.isAfter(day));
        }

        String toJson() {
            return "{\"nationality\":\"" + nationality.code() + "\",\"college\":\"" + college + "\",\"level\":\""
                    + level
                    + "\",\"category\":\"" + category + "\",\"major\":\"" + major + "\",\"chineseWithSkills\":" + skills
                    + ",\"funding\":\"" + funding + "\",\"chineseLevel\":" + chinese + ",\"assessed\":" + assessed
                    + ",\"startedOn\":\"" + started + "\""
                    + (ended == null
                            ? ",\"outcome\":\"enrolled\"}"
                            : ",\"endedOn\":\"" + ended + "\",\"outcome\":\"graduated\"}");
        }
    }

    interface StudentVisitor {
        void visitStudent(LoggedEnrolment newest);
    }

    /**
     * Creates a log.
     *
     * @param countries countries of origin, the most frequent first
     */
    EnrolmentLog(List<Country> countries) {
        this.countries = List.copyOf(countries);
    }

    long events() {
        return events;
    }

    /** Continues the log in Kafka to the given number of events. */
    void publishUntil(BenchKafka kafka, long until) {
        try (KafkaProducer<String, byte[]> producer = kafka.openProducer()) {
            while (events < until) {
                producer.send(nextEvent());
            }
            producer.flush();
        }
    }

    /** Continues the log by one event; returns its receipt once Kafka has it. */
    String sendEvent(KafkaProducer<String, byte[]> producer) throws InterruptedException, ExecutionException {
        int partition = producer.send(nextEvent()).get().partition();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((TOPIC + ":" + partition + "@" + events).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns corrections of the given number of students, one per line as previews accept them, without a change of
     * the log.
     *
     * @param time different corrections for each number
     */
    String correctedStudents(int many, int time) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < Math.min(many, students); i++) {
            int student = (int) ((i * STUDENT_STEP + time) % students);
            lines.append("{\"record\":\"%s\",\"province\":\"%s\",\"sourceId\":\"BENCH-%d\",\"after\":%s}%n"
                    .formatted(
                            RECORD,
                            provinceOf(student),
                            student,
                            enrolmentOf(student, FIRST_HYPOTHETICAL_VERSION + time)
                                    .toJson()));
        }
        return lines.toString();
    }

    private ProducerRecord<String, byte[]> nextEvent() {
        events++;
        int kind = random.nextInt(10);
        if (kind < 7 || students < 10) {
            return createdEvent();
        }
        int student = countPresent();
        LoggedEnrolment before = enrolmentOf(student, versions[student]);
        versions[student]++;
        if (kind < 9) {
            return toMessage(student, "corrected", before, enrolmentOf(student, versions[student]));
        }
        ProducerRecord<String, byte[]> withdrawn = toMessage(student, "withdrawn", before, null);
        versions[student] = (short) -versions[student];
        return withdrawn;
    }

    private ProducerRecord<String, byte[]> createdEvent() {
        int student = students++;
        if (student == versions.length) {
            versions = Arrays.copyOf(versions, 2 * student);
        }
        versions[student] = 1;
        return toMessage(student, "created", null, enrolmentOf(student, 1));
    }

    private int countPresent() {
        int student = random.nextInt(students);
        while (versions[student] < 0) {
            student = random.nextInt(students);
        }
        return student;
    }

    private ProducerRecord<String, byte[]> toMessage(
            int student, String change, @Nullable LoggedEnrolment before, @Nullable LoggedEnrolment after) {
        String province = provinceOf(student);
        String sourceId = "BENCH-" + student;
        String key = province + "/" + sourceId;
        String json = "{\"province\":\"" + province + "\",\"sourceId\":\"" + sourceId + "\",\"version\":"
                + versions[student] + ",\"change\":\"" + change
                + "\",\"cause\":{\"kind\":\"batch\",\"id\":\"0199a1c2-6f00-7abc-8def-000000000001\",\"actor\":\"bureau-"
                + province + "\",\"reason\":" + (after == null ? "\"重复\"" : "null")
                + "},\"recordedAt\":\"2026-11-24T10:00:00.123456Z\",\"before\":"
                + (before == null ? "null" : before.toJson()) + ",\"after\":"
                + (after == null ? "null" : after.toJson())
                + "}";
        return new ProducerRecord<>(
                TOPIC,
                null,
                null,
                key,
                json.getBytes(StandardCharsets.UTF_8),
                EventHeaders.headersOf("mobility", RECORD, key, events));
    }

    private static String provinceOf(int student) {
        // Large and small ones: the square of an even number from 0 to 1 is nearer to 0.
        double even = new SplittableRandom(student).nextDouble();
        return PROVINCES.get((int) (even * even * PROVINCES.size()));
    }

    /**
     * Returns a version of a student. A correction moves the start and the college, and the country is more certain.
     */
    private LoggedEnrolment enrolmentOf(int student, int version) {
        SplittableRandom person = new SplittableRandom(31L * student + version);
        String province = provinceOf(student);
        double usual = person.nextDouble();
        int year = FIRST_YEAR + (int) (Math.sqrt(person.nextDouble()) * (LAST_YEAR - FIRST_YEAR + 1));
        LocalDate started = LocalDate.of(year, person.nextBoolean() ? 9 : 3, 1 + person.nextInt(15));
        LocalDate ended = started.plusMonths(1 + person.nextInt(40));
        return new LoggedEnrolment(
                province,
                countries.get((int) (usual * usual * countries.size())),
                "41" + province + (100_001 + person.nextInt(COLLEGE_COUNT)),
                LEVELS[Math.min(1, person.nextInt(4)) + (person.nextInt(10) == 0 ? 1 : 0)],
                CATEGORIES[person.nextInt(CATEGORIES.length)],
                FUNDINGS[person.nextInt(FUNDINGS.length)],
                MAJORS[person.nextInt(MAJORS.length)],
                person.nextBoolean(),
                person.nextBoolean(),
                person.nextInt(7),
                started,
                ended.getYear() > LAST_YEAR ? null : ended);
    }

    /** Visits the newest version of each active student. */
    void visitStudents(StudentVisitor counting) {
        for (int student = 0; student < students; student++) {
            if (versions[student] > 0) {
                counting.visitStudent(enrolmentOf(student, versions[student]));
            }
        }
    }

    /** Returns the number of started students by {@code year/province/country}. */
    Map<String, Long> countAdmissions() {
        Map<String, Long> counts = new HashMap<>();
        visitStudents(student -> counts.merge(
                student.started().getYear() + "/" + student.province() + "/"
                        + student.nationality().code(),
                1L,
                Long::sum));
        return counts;
    }
}

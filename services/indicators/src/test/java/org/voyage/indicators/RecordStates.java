package org.voyage.indicators;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.outbox.Receipt;

/** States of records of services other than overseas, as these services send them. */
public final class RecordStates {

    public static final String ENROLMENT_TOPIC = "mobility.inbound-enrolment";
    public static final String PLACEMENT_TOPIC = "mobility.outbound-placement";
    public static final String ASSIGNMENT_TOPIC = "mobility.teacher-assignment";
    public static final String TEACHER_TOPIC = "mobility.foreign-teacher";
    public static final String INSTITUTION_TOPIC = "cooperation.cooperative-institution";
    public static final String PROGRAMME_TOPIC = "cooperation.cooperative-programme";
    public static final String STANDARD_TOPIC = "standards.standard";
    public static final String RECOGNITION_TOPIC = "standards.recognition";

    private RecordStates() {}

    public static void createTopics() throws InterruptedException, ExecutionException {
        TestEventLog.createTopics(List.of(
                ENROLMENT_TOPIC,
                PLACEMENT_TOPIC,
                ASSIGNMENT_TOPIC,
                TEACHER_TOPIC,
                INSTITUTION_TOPIC,
                PROGRAMME_TOPIC,
                STANDARD_TOPIC,
                RECOGNITION_TOPIC));
    }

    /** Sends a new record of a province. */
    public static Receipt sendNew(String topic, String province, String after) {
        return TestEventLog.sendChange(topic, province + "/D-" + UUID.randomUUID(), 1, after);
    }

    public static String enrolmentJson(
            String college, String nationality, String from, String until, boolean assessed) {
        return """
                {"nationality":"%s","college":"%s","level":"higher-vocational","category":"degree","major":"460301",\
                "chineseWithSkills":false,"funding":"self","assessed":%s,"startedOn":"%s","endedOn":"%s",\
                "outcome":"graduated"}""".formatted(nationality, college, assessed, from, until);
    }

    public static String placementJson(String college, String on, int participants, int days) {
        return """
                {"college":"%s","hostCountry":"THA","hostOrganisation":"X","purpose":"internship","participants":%d,\
                "days":%d,"startedOn":"%s"}""".formatted(college, participants, days, on);
    }

    public static String assignmentJson(String college, String on, int teachers, int days) {
        return """
                {"college":"%s","hostCountry":"THA","hostKind":"enterprise","role":"training","teachers":%d,\
                "days":%d,"startedOn":"%s"}""".formatted(college, teachers, days, on);
    }

    public static String teacherJson(String college, String from, @Nullable String until) {
        return """
                {"college":"%s","nationality":"DEU","startedOn":"%s"%s}""".formatted(college, from, until == null ? "" : ",\"endedOn\":\"" + until + "\"");
    }

    public static String institutionJson(String college, String country, String from, String until) {
        return """
                {"name":"示例","college":"%s","foreignPartners":[{"country":"%s","name":"A"}],"approvalNumber":"1",\
                "approvedOn":"%s","scheme":"ordinary","legalForm":"non-legal-person","status":"terminated",\
                "terminatedOn":"%s"}""".formatted(college, country, from, until);
    }
}

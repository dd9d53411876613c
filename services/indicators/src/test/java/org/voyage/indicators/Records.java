package org.voyage.indicators;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.outbox.Receipt;

/** States of records that are not of overseas, as their services send them. */
public final class Records {

    public static final String ENROLMENT = "mobility.inbound-enrolment";
    public static final String PLACEMENT = "mobility.outbound-placement";
    public static final String ASSIGNMENT = "mobility.teacher-assignment";
    public static final String TEACHER = "mobility.foreign-teacher";
    public static final String INSTITUTION = "cooperation.cooperative-institution";
    public static final String PROGRAMME = "cooperation.cooperative-programme";
    public static final String STANDARD = "standards.standard";
    public static final String RECOGNITION = "standards.recognition";

    private Records() {}

    public static void createTopics() throws InterruptedException, ExecutionException {
        EventLog.createTopics(
                List.of(ENROLMENT, PLACEMENT, ASSIGNMENT, TEACHER, INSTITUTION, PROGRAMME, STANDARD, RECOGNITION));
    }

    /** Sends a new record of a province. */
    public static Receipt send(String topic, String province, String after) {
        return EventLog.send(topic, province + "/D-" + UUID.randomUUID(), 1, after);
    }

    public static String enrolment(String college, String nationality, String from, String until, boolean assessed) {
        return """
                {"nationality":"%s","college":"%s","level":"higher-vocational","category":"degree","major":"460301",\
                "chineseWithSkills":false,"funding":"self","assessed":%s,"startedOn":"%s","endedOn":"%s",\
                "outcome":"graduated"}""".formatted(nationality, college, assessed, from, until);
    }

    public static String placement(String college, String on, int participants, int days) {
        return """
                {"college":"%s","hostCountry":"THA","hostOrganisation":"X","purpose":"internship","participants":%d,\
                "days":%d,"startedOn":"%s"}""".formatted(college, participants, days, on);
    }

    public static String assignment(String college, String on, int teachers, int days) {
        return """
                {"college":"%s","hostCountry":"THA","hostKind":"enterprise","role":"training","teachers":%d,\
                "days":%d,"startedOn":"%s"}""".formatted(college, teachers, days, on);
    }

    public static String teacher(String college, String from, @Nullable String until) {
        return """
                {"college":"%s","nationality":"DEU","startedOn":"%s"%s}""".formatted(college, from, until == null ? "" : ",\"endedOn\":\"" + until + "\"");
    }

    public static String institution(String college, String country, String from, String until) {
        return """
                {"name":"示例","college":"%s","foreignPartners":[{"country":"%s","name":"A"}],"approvalNumber":"1",\
                "approvedOn":"%s","scheme":"ordinary","legalForm":"non-legal-person","status":"terminated",\
                "terminatedOn":"%s"}""".formatted(college, country, from, until);
    }
}

package org.voyage.mobility;

import static org.voyage.kittest.RecordApiClient.newSourceId;

import java.util.List;
import org.voyage.kittest.RecordSample;

/**
 * Test bodies of each record type of mobility.
 *
 * @param corrected body with another value in one field
 * @param wrong body with several faults
 * @param pointers JSON pointers to these faults
 * @param filter list filter that matches the body, without the college
 */
public enum MobilityRecord {
    INBOUND_ENROLMENT(
            "inbound-enrolment",
            """
            {"nationality":"THA","college":"4112012345","level":"higher-vocational","category":"degree",
             "major":"460301","chineseWithSkills":true,"funding":"chinese-government","chineseLevel":3,
             "assessed":true,"startedOn":"2020-02-29","outcome":"enrolled"}""",
            "\"chineseLevel\":3",
            "\"chineseLevel\":4",
            """
            {"nationality":"CHN","college":"12","level":"higher","category":"degree","chineseWithSkills":"maybe",
             "funding":"self","chineseLevel":7,"startedOn":"2021-02-29","outcome":"enrolled","salary":1}""",
            List.of(
                    "/nationality",
                    "/college",
                    "/level",
                    "/chineseWithSkills",
                    "/chineseLevel",
                    "/assessed",
                    "/startedOn",
                    "/salary"),
            "nationality=THA&level=higher-vocational&category=degree&outcome=enrolled&major=460301&startedFrom=2020-02-29&startedUntil=2020-02-29"),
    OUTBOUND_PLACEMENT(
            "outbound-placement",
            """
            {"college":"4112012345","hostCountry":"DEU","hostOrganisation":"慕尼黑应用技术大学",
             "purpose":"internship","participants":12,"days":90,"startedOn":"2024-02-29"}""",
            "\"participants\":12",
            "\"participants\":13",
            """
            {"college":"4112012345","hostCountry":"DE","purpose":"holiday","participants":0,"days":3661,
             "startedOn":"2024-02-30"}""",
            List.of("/hostCountry", "/hostOrganisation", "/purpose", "/participants", "/days", "/startedOn"),
            "hostCountry=DEU&purpose=internship&startedFrom=2024-01-01&startedUntil=2024-02-29"),
    TEACHER_ASSIGNMENT(
            "teacher-assignment",
            """
            {"college":"4112012345","hostCountry":"KEN","hostKind":"overseas-school","role":"training",
             "teachers":3,"days":60,"startedOn":"2024-02-29"}""",
            "\"teachers\":3",
            "\"teachers\":4",
            """
            {"college":"4112012345","hostCountry":"KEN","hostKind":"school","role":"tourist","teachers":1.5,
             "days":0,"startedOn":"29.2.2024"}""",
            List.of("/hostKind", "/role", "/teachers", "/days", "/startedOn"),
            "hostCountry=KEN&hostKind=overseas-school&role=training&startedUntil=2024-12-31"),
    FOREIGN_TEACHER(
            "foreign-teacher",
            """
            {"college":"4112012345","nationality":"DEU","startedOn":"2020-02-29"}""",
            "\"startedOn\":\"2020-02-29\"",
            "\"startedOn\":\"2020-03-01\",\"endedOn\":\"2023-07-01\"",
            """
            {"college":"4112012345","nationality":"CHN","startedOn":"2020-13-01","name":"x"}""",
            List.of("/nationality", "/startedOn", "/name"),
            "nationality=DEU&startedFrom=2020-02-28");

    final String record;
    final String body;
    final String corrected;
    final String wrong;
    final List<String> pointers;
    final String filter;

    MobilityRecord(
            String record,
            String body,
            String field,
            String otherwise,
            String wrong,
            List<String> pointers,
            String filter) {
        this.record = record;
        this.body = body;
        this.corrected = body.replace(field, otherwise);
        this.wrong = wrong;
        this.pointers = pointers;
        this.filter = filter;
    }

    public String body() {
        return body;
    }

    /**
     * Returns a sample for the tests that all records share.
     *
     * @param header of a CSV file without {@code sourceId}
     * @param row row with the content of the body
     */
    public RecordSample sample(String header, String row) {
        return new RecordSample("mobility", record, record + "s", body, corrected, wrong, pointers, header, row);
    }

    String topic() {
        return "mobility." + record;
    }

    public String collection() {
        return "/v1/" + record + "s";
    }

    String freshPath(String province) {
        return collection() + "/" + province + "/" + newSourceId("M");
    }
}

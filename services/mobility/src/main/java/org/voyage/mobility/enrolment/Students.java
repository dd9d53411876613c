package org.voyage.mobility.enrolment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.kit.record.Change;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.Result;
import org.voyage.kit.record.Sent;
import org.voyage.kit.record.Writing;
import org.voyage.kit.record.Written;
import org.voyage.kit.rules.RuleBook;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Verdict;
import org.voyage.mobility.personal.Person;
import org.voyage.mobility.personal.PersonalRecords;

/** Lets personal data follow the enrolments that it came with; where none came, nothing is asked of the database. */
final class Students {

    private static final Finding ERASED = new Finding(
            "",
            "personal-data-erased",
            "The student's personal data was erased on request and is not stored again; if consent was given anew, say so"
                    + " under …/personal-data/consent and send it again.",
            "该学生的个人信息已依申请删除，本次不予保存；如已重新取得同意，请先通过 …/personal-data/consent 确认后再报送。");

    private final PersonalRecords personal;
    private final RuleBook rules;

    Students(PersonalRecords personal, RuleBook rules) {
        this.personal = personal;
        this.rules = rules;
    }

    /** Of what is withdrawn or moved. */
    PersonalRecords.Reasons reasons(List<Sent<InboundEnrolment>> sent) {
        Map<RecordKey, String> given = new HashMap<>();
        for (Sent<InboundEnrolment> one : sent) {
            if (one.reason() != null) {
                given.put(one.key(), one.reason());
            }
        }
        return personal.reasons(given);
    }

    /** Of what was refused nothing is stored. */
    Written<InboundEnrolment> follow(
            List<Sent<InboundEnrolment>> sent, Written<InboundEnrolment> written, Writing writing) {
        List<Person> persons = new ArrayList<>();
        List<RecordKey> elsewhere = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            Sent<InboundEnrolment> one = sent.get(i);
            InboundEnrolment enrolment = one.record();
            Result<InboundEnrolment> result = written.results().get(i);
            if (enrolment == null || result instanceof Result.Refused) {
                continue;
            }
            enrolment
                    .personal()
                    .data()
                    .ifPresentOrElse(
                            data -> persons.add(new Person(one.key(), enrolment.nationality(), data, one.cause())),
                            () -> {
                                if (changedNationality(result)) {
                                    elsewhere.add(one.key());
                                }
                            });
        }
        personal.relink(elsewhere);
        if (persons.isEmpty()) {
            return written;
        }
        Set<RecordKey> erased = personal.keep(persons, writing);
        persons.removeIf(person -> erased.contains(person.enrolment()));
        // It stands by now: where the rule refuses, this too can only warn.
        boolean looked = rules.judge(PersonalRecords.RECORD).apply("student-twice") != Verdict.IGNORE;
        return warned(written, sent, erased, looked ? personal.twins(persons) : Map.of());
    }

    private static boolean changedNationality(Result<InboundEnrolment> result) {
        return result
                        instanceof
                        Result.Changed<InboundEnrolment>(Change<InboundEnrolment> change, List<Finding> warnings)
                && change.before() != null
                && !change.before()
                        .record()
                        .nationality()
                        .equals(change.after().record().nationality());
    }

    private static Written<InboundEnrolment> warned(
            Written<InboundEnrolment> written,
            List<Sent<InboundEnrolment>> sent,
            Set<RecordKey> erased,
            Map<RecordKey, String> twins) {
        if (erased.isEmpty() && twins.isEmpty()) {
            return written;
        }
        List<Result<InboundEnrolment>> results = new ArrayList<>(written.results());
        for (int i = 0; i < results.size(); i++) {
            InboundEnrolment enrolment = sent.get(i).record();
            if (enrolment != null && enrolment.personal().data().isPresent()) {
                RecordKey key = sent.get(i).key();
                String twin = twins.get(key);
                if (erased.contains(key)) {
                    results.set(i, results.get(i).warned(List.of(ERASED)));
                } else if (twin != null) {
                    results.set(i, results.get(i).warned(List.of(twice(twin))));
                }
            }
        }
        return written.with(results);
    }

    /** Without quotes around the key: of a file with persons nothing quoted is repeated. */
    private static Finding twice(String twin) {
        return new Finding(
                "",
                "student-twice",
                "Enrolment " + twin + " is of the same student at the same college from the same day; if both are one,"
                        + " merge them or withdraw one.",
                "记录 " + twin + " 为同一学生在同一院校、同一入学日期的另一条记录；如系重复，请合并或撤回其中一条。");
    }

    /** Renamed or merged, they go along; said again, nothing happens. */
    void move(Sent<InboundEnrolment> sent, RecordKey to, Written<InboundEnrolment> moved) {
        if (moved.results().getFirst() instanceof Result.Changed) {
            personal.move(sent.key(), to, sent.cause());
        }
    }
}

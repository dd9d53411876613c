package org.voyage.mobility.enrolment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.RuleVerdict;
import org.voyage.kit.record.RecordChange;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.WriteResult;
import org.voyage.kit.record.write.WriteSummary;
import org.voyage.kit.rules.RuleBook;
import org.voyage.mobility.personal.PersonalDataService;
import org.voyage.mobility.personal.StudentIdentity;

/**
 * Synchronisation of personal data with its enrolments. It sends no statement to the database when no personal data
 * came.
 */
final class PersonalDataSync {

    private static final Finding ERASED_WARNING = new Finding(
            "",
            "personal-data-erased",
            "The student's personal data was erased on request and is not stored again; if consent was given again, say so"
                    + " under …/personal-data/consent and send it again.",
            "该学生的个人信息已依申请删除，本次不予保存；如已重新取得同意，请先通过 …/personal-data/consent 确认后再报送。");

    private final PersonalDataService personal;
    private final RuleBook rules;

    PersonalDataSync(PersonalDataService personal, RuleBook rules) {
        this.personal = personal;
        this.rules = rules;
    }

    /** Checks the reasons of withdrawals and moves. */
    PersonalDataService.CheckedReasons checkReasons(List<RecordSubmission<InboundEnrolment>> sent) {
        Map<RecordKey, String> given = new HashMap<>();
        for (RecordSubmission<InboundEnrolment> one : sent) {
            if (one.reason() != null) {
                given.put(one.key(), one.reason());
            }
        }
        return personal.findNamingReasons(given);
    }

    /** Stores the personal data of the accepted records only. */
    WriteSummary<InboundEnrolment> storePersonalData(
            List<RecordSubmission<InboundEnrolment>> sent, WriteSummary<InboundEnrolment> written, WriteMode writing) {
        List<StudentIdentity> persons = new ArrayList<>();
        List<RecordKey> elsewhere = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            RecordSubmission<InboundEnrolment> one = sent.get(i);
            InboundEnrolment enrolment = one.record();
            WriteResult<InboundEnrolment> result = written.results().get(i);
            if (enrolment == null || result instanceof WriteResult.RefusedWriteResult) {
                continue;
            }
            enrolment
                    .personal()
                    .data()
                    .ifPresentOrElse(
                            data -> persons.add(
                                    new StudentIdentity(one.key(), enrolment.nationality(), data, one.cause())),
                            () -> {
                                if (hasChangedNationality(result)) {
                                    elsewhere.add(one.key());
                                }
                            });
        }
        personal.relinkPseudonyms(elsewhere);
        if (persons.isEmpty()) {
            return written;
        }
        Set<RecordKey> erased = personal.storePersons(persons, writing);
        persons.removeIf(person -> erased.contains(person.enrolment()));
        // The record is stored by now: where the rule refuses, this too can only warn.
        boolean looked =
                rules.verdictsFor(PersonalDataService.RECORD_NAME).apply("student-twice") != RuleVerdict.IGNORE;
        return withWarnings(written, sent, erased, looked ? personal.findDuplicates(persons) : Map.of());
    }

    private static boolean hasChangedNationality(WriteResult<InboundEnrolment> result) {
        return result
                        instanceof
                        WriteResult.ChangedRecord<InboundEnrolment>(
                                RecordChange<InboundEnrolment> change,
                                List<Finding> warnings)
                && change.before() != null
                && !change.before()
                        .record()
                        .nationality()
                        .equals(change.after().record().nationality());
    }

    private static WriteSummary<InboundEnrolment> withWarnings(
            WriteSummary<InboundEnrolment> written,
            List<RecordSubmission<InboundEnrolment>> sent,
            Set<RecordKey> erased,
            Map<RecordKey, String> twins) {
        if (erased.isEmpty() && twins.isEmpty()) {
            return written;
        }
        List<WriteResult<InboundEnrolment>> results = new ArrayList<>(written.results());
        for (int i = 0; i < results.size(); i++) {
            InboundEnrolment enrolment = sent.get(i).record();
            if (enrolment != null && enrolment.personal().data().isPresent()) {
                RecordKey key = sent.get(i).key();
                String twin = twins.get(key);
                if (erased.contains(key)) {
                    results.set(i, results.get(i).withWarnings(List.of(ERASED_WARNING)));
                } else if (twin != null) {
                    results.set(i, results.get(i).withWarnings(List.of(duplicateStudent(twin))));
                }
            }
        }
        return written.withResults(results);
    }

    /** Returns the finding without the quoted key: no answer about a file with persons quotes its content. */
    private static Finding duplicateStudent(String twin) {
        return new Finding(
                "",
                "student-twice",
                "Enrolment " + twin + " is of the same student at the same college from the same day; if both are one,"
                        + " merge them or withdraw one.",
                "记录 " + twin + " 为同一学生在同一院校、同一入学日期的另一条记录；如系重复，请合并或撤回其中一条。");
    }

    /** Requires that the next key of a record does not name its student. */
    void requireImpersonalMove(RecordKey from, RecordKey to) {
        personal.requireNotInNextKey(from, to);
    }

    /** Moves personal data with a renamed or merged record; a repeated move changes nothing. */
    void movePersonalData(RecordSubmission<InboundEnrolment> sent, RecordKey to, WriteSummary<InboundEnrolment> moved) {
        if (moved.results().getFirst() instanceof WriteResult.ChangedRecord) {
            personal.moveData(sent.key(), to, sent.cause());
        }
    }
}

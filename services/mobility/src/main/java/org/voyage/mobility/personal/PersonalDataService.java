package org.voyage.mobility.personal;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.access.Scope;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.WriteMode;

/** Commands that store, read, move and erase personal data. Changes run in the caller's transaction. */
@ApplicationScoped
public class PersonalDataService {

    public static final String RECORD_NAME = "inbound-enrolment";

    private final PersonalTable table;
    private final KeyRing keys;
    private final AuditTrail audit;

    PersonalDataService(PersonalTable table, KeyRing keys, AuditTrail audit) {
        this.table = table;
        this.keys = keys;
        this.audit = audit;
    }

    /**
     * Refuses a key from which the student can be read, because events, lists and logs show keys.
     *
     * @throws Refusal.Invalid without repeating the key or the data
     */
    public static void requireNotInKey(RecordKey key, PersonalData data) {
        if (data.isReadableIn(key.sourceId())) {
            throw new Refusal.Invalid(new Finding(
                    "/sourceId",
                    "personal-in-key",
                    "The key of a record must not contain the student's name, passport number or date of birth.",
                    "记录编号不得包含学生姓名、护照号码或出生日期。"));
        }
    }

    /** Finds reasons that name the student, because events would publish them. */
    public CheckedReasons findNamingReasons(Map<RecordKey, String> given) {
        if (given.isEmpty()) {
            return new CheckedReasons(Set.of());
        }
        return new CheckedReasons(table.findRows(given.keySet()).stream()
                .filter(stored -> decryptData(stored)
                        .filter(data -> data.isReadableIn(String.valueOf(given.get(stored.key()))))
                        .isPresent())
                .map(PersonalTable.StoredPersonalData::key)
                .collect(Collectors.toSet()));
    }

    /**
     * Result of the check of reasons.
     *
     * @param naming records whose student can be read from the given reason
     */
    public record CheckedReasons(Set<RecordKey> naming) {

        /**
         * Refuses a reason that names the student.
         *
         * @throws Refusal.Invalid without repeating the reason
         */
        public void requireNotNaming(RecordKey key) {
            if (naming.contains(key)) {
                throw new Refusal.Invalid(new Finding(
                        "/reason",
                        "personal-in-reason",
                        "The reason is kept: it must not contain the student's name, passport number or date of birth.",
                        "原因会被保存，不得包含学生姓名、护照号码或出生日期。"));
            }
        }
    }

    /**
     * Requires that the student of a record cannot be read from its next key. It is called before anything is written:
     * the database keeps what was written in its files for a while, also after a rollback.
     *
     * @throws Refusal.Invalid without repeating the key or the data
     */
    public void requireNotInNextKey(RecordKey from, RecordKey to) {
        table.findRows(List.of(from)).stream()
                .flatMap(stored -> decryptData(stored).stream())
                .forEach(data -> requireNotInKey(to, data));
    }

    /**
     * Stores new and changed personal data. A dry run stores too, before its rollback, so that it can compare rows of
     * one file.
     *
     * @param persons no two of one enrolment; the records are locked
     * @return records whose data was erased earlier: nothing is stored for them
     */
    public Set<RecordKey> storePersons(List<StudentIdentity> persons, WriteMode writing) {
        if (persons.isEmpty()) {
            return Set.of();
        }
        PersonalTable.SaveResult kept = table.saveRows(persons.stream()
                .sorted(Comparator.comparing(StudentIdentity::enrolment))
                .map(person -> keys.seal(person.enrolment(), person.data(), person.nationality()))
                .toList());
        if (writing == WriteMode.COMMIT) {
            auditStored(persons, kept);
        }
        return kept.erased();
    }

    private void auditStored(List<StudentIdentity> persons, PersonalTable.SaveResult kept) {
        Map<ChangeCause, List<RecordKey>> byCause = new LinkedHashMap<>();
        for (StudentIdentity person : persons) {
            if (kept.stored().contains(person.enrolment())) {
                byCause.computeIfAbsent(person.cause(), cause -> new ArrayList<>())
                        .add(person.enrolment());
            }
        }
        if (!byCause.isEmpty()) {
            List<AuditEntry> entries = new ArrayList<>();
            byCause.forEach((cause, stored) -> entries.add(changedEntry(stored, cause)));
            audit.appendEntries(entries);
        }
    }

    /**
     * Finds enrolments that repeat the student, college and first day of another enrolment of the province. Students
     * without a passport number are skipped.
     *
     * @return for each such key the {@code sourceId} of the other enrolment
     */
    public Map<RecordKey, String> findDuplicates(List<StudentIdentity> persons) {
        Map<RecordKey, List<String>> pseudonyms = new HashMap<>();
        for (StudentIdentity person : persons) {
            List<String> its = keys.pseudonymsOf(person.data(), person.nationality());
            if (!its.isEmpty()) {
                pseudonyms.put(person.enrolment(), its);
            }
        }
        return pseudonyms.isEmpty() ? Map.of() : table.findDuplicates(pseudonyms);
    }

    private static AuditEntry changedEntry(List<RecordKey> stored, ChangeCause cause) {
        RecordKey first = stored.getFirst();
        List<String> sources = stored.stream().map(RecordKey::sourceId).sorted().toList();
        return AuditEntry.done(
                        "personal-changed",
                        RECORD_NAME,
                        first.province(),
                        sources.size() == 1 ? first.sourceId() : cause.id(),
                        Map.of("records", sources))
                .withActor(cause.actor(), cause.id());
    }

    /** Updates the pseudonyms of records whose nationality changed and which came without personal data. */
    public void relinkPseudonyms(Collection<RecordKey> changed) {
        if (changed.isEmpty()) {
            return;
        }
        table.lockRows(changed);
        table.updateRows(encryptAgain(changed));
    }

    private List<PersonalRow> encryptAgain(Collection<RecordKey> of) {
        return table.findRows(of).stream()
                .flatMap(stored ->
                        decryptData(stored).stream().map(data -> keys.seal(stored.key(), data, stored.nationality())))
                .toList();
    }

    private Optional<PersonalData> decryptData(PersonalTable.StoredPersonalData stored) {
        return Optional.ofNullable(stored.ciphertext()).map(bytes -> keys.unwrapKey(stored.key(), bytes));
    }

    /**
     * Moves personal data to the record's new key. Data erased under either key stays erased; data under the new key
     * stays.
     */
    public void moveData(RecordKey from, RecordKey to, ChangeCause cause) {
        List<RecordKey> both = List.of(from, to).stream().sorted().toList();
        table.lockRows(both);
        List<PersonalTable.StoredPersonalData> found = table.findRows(both);
        Optional<PersonalTable.StoredPersonalData> leaving =
                found.stream().filter(row -> row.key().equals(from)).findFirst();
        if (leaving.isEmpty()) {
            return;
        }
        Optional<PersonalTable.StoredPersonalData> there =
                found.stream().filter(row -> row.key().equals(to)).findFirst();
        table.deleteRow(from);
        if (leaving.get().isErased()) {
            table.eraseRow(to);
        } else if (there.isEmpty()) {
            PersonalData data = decryptData(leaving.get()).orElseThrow();
            requireNotInKey(to, data);
            table.saveRows(List.of(keys.seal(to, data, leaving.get().nationality())));
        }
        audit.appendEntries(AuditEntry.done(
                        "personal-moved", RECORD_NAME, from.province(), from.sourceId(), Map.of("to", to.sourceId()))
                .withActor(cause.actor(), cause.id()));
    }

    /**
     * Returns the stored personal data; the audit trail records the read before the answer.
     *
     * @param knows scope of the other enrolments that the reader may know
     * @return empty if no personal data is stored
     */
    public Optional<PersonalDataResponse> readAudited(RecordKey key, Scope knows) {
        Optional<PersonalTable.StoredPersonalData> found = table.findRows(List.of(key)).stream()
                .filter(row -> !row.isErased())
                .findFirst();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        audit.appendInOwnTransaction(
                AuditEntry.done("personal-read", RECORD_NAME, key.province(), key.sourceId(), Map.of()));
        PersonalData data = decryptData(found.get()).orElseThrow();
        SameStudent same =
                findSameStudent(key, keys.pseudonymsOf(data, found.get().nationality()), knows);
        return Optional.of(PersonalDataResponse.of(found.get(), data, same, knows));
    }

    private SameStudent findSameStudent(RecordKey key, List<String> pseudonyms, Scope knows) {
        if (pseudonyms.isEmpty()) {
            return new SameStudent(0, List.of());
        }
        // Of other provinces a bureau learns only the number of enrolments.
        List<RecordKey> others = DatabaseScope.runForAllProvinces(() -> table.findByPseudonyms(pseudonyms)).stream()
                .filter(other -> !other.equals(key))
                .toList();
        return new SameStudent(
                others.size(),
                others.stream()
                        .filter(other -> knows.covers(other.province()))
                        .map(other -> new SameStudent.StudentEnrolment(
                                other.province().code(), other.sourceId()))
                        .toList());
    }

    /** Erases the stored data and refuses to store it again until the consent is renewed. The record itself stays. */
    public void eraseData(RecordKey key, ErasureReason reason) {
        table.eraseRow(key);
        audit.appendEntries(AuditEntry.done(
                "personal-erased",
                RECORD_NAME,
                key.province(),
                key.sourceId(),
                Map.of("reason", CodeSet.toKebab(reason))));
    }

    /** Permits the record to come with personal data again. */
    public void renewConsent(RecordKey key) {
        if (table.forgetErasure(key)) {
            audit.appendEntries(
                    AuditEntry.done("personal-consent-renewed", RECORD_NAME, key.province(), key.sourceId(), Map.of()));
        }
    }
}

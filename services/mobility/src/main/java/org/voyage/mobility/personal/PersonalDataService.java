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

/** Stores, reads, moves and erases personal data. What changes something runs in the caller's transaction. */
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
     * Refuses a key from which the student can be read: it stands in events, lists and logs.
     *
     * @throws Refusal.Invalid without repeating anything
     */
    public static void requireNotInKey(RecordKey key, PersonalData data) {
        if (data.isReadableIn(key.sourceId())) {
            throw new Refusal.Invalid(new Finding(
                    "/sourceId",
                    "personal-in-key",
                    "The key of a record must not contain the student's name or passport number.",
                    "记录编号不得包含学生姓名或护照号码。"));
        }
    }

    /** Finds reasons that name the student: they would stand in events. */
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

    /** @param naming records whose student can be read from the reason that was given */
    public record CheckedReasons(Set<RecordKey> naming) {

        /** @throws Refusal.Invalid without repeating anything */
        public void requireNotNaming(RecordKey key) {
            if (naming.contains(key)) {
                throw new Refusal.Invalid(new Finding(
                        "/reason",
                        "personal-in-reason",
                        "The reason is kept: it must not contain the student's name or passport number.",
                        "原因会被保存，不得包含学生姓名或护照号码。"));
            }
        }
    }

    /**
     * Stores what is new or different; what is only tried too, for its other rows to be looked at beside it.
     *
     * @param persons no two of one enrolment; the records are locked
     * @return those of the records whose data was erased before: nothing is stored for them
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
     * Enrolments that say of the same student, college and first day what another one of the province says already; those
     * without a passport number are nobody's.
     *
     * @return under each such key the {@code sourceId} of the other
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

    /** The nationality of these records has changed and nothing personal was sent: the pseudonym follows. */
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

    /** The record goes on under another key. What was erased under either stays so; what is there already stays. */
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
     * What is stored, read for somebody; the read is audited before anything is answered.
     *
     * @param knows whose other enrolments the reader may know
     * @return empty if nothing is stored, or nothing any more
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
        // Of other provinces a bureau learns the number; which they are stays here.
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

    /** Erases what is stored, and keeps it from being stored again until consent is renewed. The record stands. */
    public void eraseData(RecordKey key, ErasureReason reason) {
        table.eraseRow(key);
        audit.appendEntries(AuditEntry.done(
                "personal-erased",
                RECORD_NAME,
                key.province(),
                key.sourceId(),
                Map.of("reason", CodeSet.toKebab(reason))));
    }

    /** Personal data of the record may be sent again. */
    public void renewConsent(RecordKey key) {
        if (table.forgetErasure(key)) {
            audit.appendEntries(
                    AuditEntry.done("personal-consent-renewed", RECORD_NAME, key.province(), key.sourceId(), Map.of()));
        }
    }
}

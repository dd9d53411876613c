package org.voyage.standards.standard;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.record.ChangeSet;
import org.voyage.kit.record.NamedRecord;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.RecordMove;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.WriteResult;
import org.voyage.kit.record.parent.ChildRecordCoordinator;
import org.voyage.kit.record.write.RecordCommands;
import org.voyage.kit.record.write.RecordRepository;
import org.voyage.kit.record.write.RecordWriteSupport;
import org.voyage.kit.record.write.WriteSummary;

/**
 * Commands that write standards. Figures see a standard only through its recognitions, so these decide which years a
 * change touches.
 */
@ApplicationScoped
public class StandardService implements RecordCommands<Standard> {

    public static final RecordType<Standard> TYPE = new RecordType<>(
                    "standards", "standard", "standards", new StandardJson(), (standard, year) -> null)
            .withReportingYear("edition", StandardService::yearOfEdition);

    private final RecordRepository<Standard> records;
    private final ChildRecordCoordinator children;

    StandardService(RecordWriteSupport tools, ChildRecordCoordinator children) {
        this.records = new RecordRepository<>(TYPE, tools);
        this.children = children;
    }

    /** Returns the year of the edition; null if the edition has a name instead. */
    private static @Nullable Integer yearOfEdition(Standard standard) {
        String edition = standard.edition();
        return edition.matches("[0-9]{4}\\b.*") ? Integer.valueOf(edition.substring(0, 4)) : null;
    }

    @Override
    public RecordRepository<Standard> records() {
        return records;
    }

    @Override
    public boolean mayApplyParkedRows() {
        return true;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<Standard> writeRecords(List<RecordSubmission<Standard>> sent, WriteMode writing) {
        return children.writeParents(records, sent, writing, this::decide, (before, after) -> true);
    }

    private WriteResult<Standard> decide(RecordSubmission<Standard> sent, ChangeSet<Standard> changes) {
        if (sent.record() == null) {
            return changes.withdrawRecord(
                    sent, () -> children.requireNoChildren(new ParentReference(TYPE.name(), sent.key())));
        }
        Standard standing = changes.activeRecord(sent.key());
        if (standing != null && !countsSame(standing, sent.record())) {
            ParentReference standard = new ParentReference(TYPE.name(), sent.key());
            changes.requireOpenYears(sent.key(), year -> children.countsInYear(standard, year));
        }
        return changes.applySubmission(sent);
    }

    /** Returns whether figures see no difference between the two standards. */
    private static boolean countsSame(Standard one, Standard other) {
        return one.kind() == other.kind()
                && one.field().equals(other.field())
                && one.developingColleges().equals(other.developingColleges());
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<Standard> moveRecord(RecordSubmission<Standard> sent, RecordMove move, WriteMode writing) {
        return children.moveChildren(TYPE, sent.key(), move, records.moveRecord(sent, move, writing), writing);
    }

    /** Returns the active standards of a province, with their names. */
    public List<NamedRecord> listStandards(Province province, int limit) {
        return records.table().findNamed(province, List.of("title", "titleEn"), limit);
    }
}

package org.voyage.overseas.school;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.util.Arrays;
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

/** Commands that write overseas schools. */
@ApplicationScoped
public class OverseasSchoolService implements RecordCommands<OverseasSchool> {

    public static final RecordType<OverseasSchool> TYPE = new RecordType<>(
                    "overseas",
                    "overseas-school",
                    "overseas-schools",
                    new OverseasSchoolRules(),
                    OverseasSchoolService::inYear)
            .withReportingYear(
                    "openedOn",
                    it -> it.openedOn() == null ? null : it.openedOn().getYear());

    private final RecordRepository<OverseasSchool> records;
    private final ChildRecordCoordinator children;

    OverseasSchoolService(RecordWriteSupport tools, ChildRecordCoordinator children) {
        this.records = new RecordRepository<>(TYPE, tools);
        this.children = children;
    }

    @Override
    public RecordRepository<OverseasSchool> records() {
        return records;
    }

    @Override
    public boolean mayHaveDuplicateChildren() {
        return true;
    }

    @Override
    public boolean mayApplyParkedRows() {
        return true;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<OverseasSchool> writeRecords(List<RecordSubmission<OverseasSchool>> sent, WriteMode writing) {
        return children.writeParents(
                records,
                sent,
                writing,
                this::decide,
                (one, other) -> SchoolPeriod.of(one).equals(SchoolPeriod.of(other)));
    }

    private WriteResult<OverseasSchool> decide(
            RecordSubmission<OverseasSchool> sent, ChangeSet<OverseasSchool> changes) {
        if (sent.record() == null) {
            return changes.withdrawRecord(
                    sent, () -> children.requireNoChildren(new ParentReference(TYPE.name(), sent.key())));
        }
        OverseasSchool standing = changes.activeRecord(sent.key());
        if (standing != null) {
            standing.status().requireSuccessor(sent.record().status());
            if (!countsSame(standing, sent.record())) {
                ParentReference school = new ParentReference(TYPE.name(), sent.key());
                changes.requireOpenYears(sent.key(), year -> children.countsInYear(school, year));
            }
        }
        return changes.applySubmission(sent);
    }

    /** Returns whether the figures of headcounts and trainings see no difference between the two schools. */
    private static boolean countsSame(OverseasSchool one, OverseasSchool other) {
        return one.brand() == other.brand()
                && one.tier() == other.tier()
                && one.form() == other.form()
                && one.hostCountry().equals(other.hostCountry());
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<OverseasSchool> moveRecord(
            RecordSubmission<OverseasSchool> sent, RecordMove move, WriteMode writing) {
        WriteSummary<OverseasSchool> moved = records.moveRecord(sent, move, writing);
        return children.moveChildren(TYPE, sent.key(), move, moved, writing);
    }

    /** Returns the active schools of a province, with their names. */
    public List<NamedRecord> listSchools(Province province, int limit) {
        return records.table().findNamed(province, List.of("name", "nameEn"), limit);
    }

    /**
     * Returns the parts that count in the year: all but the texts and the status, with the dates that lie in the year.
     * A planned school does not count, whatever its dates.
     */
    private static @Nullable Object inYear(OverseasSchool school, int year) {
        LocalDate opened = school.openedOn();
        LocalDate closed = school.closedOn();
        if (school.status() == OverseasSchoolStatus.PLANNED
                || opened == null
                || opened.getYear() > year
                || closed != null && closed.getYear() < year) {
            return null;
        }
        return Arrays.asList(
                opened.getYear() == year ? opened : null,
                closed != null && closed.getYear() == year ? closed : null,
                school.brand(),
                school.tier(),
                school.form(),
                school.hostCountry(),
                school.foundingColleges(),
                school.majors());
    }
}

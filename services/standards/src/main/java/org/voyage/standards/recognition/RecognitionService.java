package org.voyage.standards.recognition;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.ChangeSet;
import org.voyage.kit.record.NamedRecord;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.ParentRelation;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordMove;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.WriteResult;
import org.voyage.kit.record.parent.ChildRecords;
import org.voyage.kit.record.parent.ChildType;
import org.voyage.kit.record.parent.ParkedRowStore;
import org.voyage.kit.record.write.RecordCommands;
import org.voyage.kit.record.write.RecordRepository;
import org.voyage.kit.record.write.RecordWriteSupport;
import org.voyage.kit.record.write.WriteSummary;
import org.voyage.standards.standard.Standard;
import org.voyage.standards.standard.StandardService;

/** Commands that write recognitions. A recognition without its standard is parked. */
@ApplicationScoped
public class RecognitionService implements RecordCommands<Recognition>, ChildType {

    public static final RecordType<Recognition> TYPE = new RecordType<>(
                    "standards", "recognition", "recognitions", new RecognitionRules(), RecognitionService::inYear)
            .withReportingYear("decidedOn", it -> it.decidedOn().getYear());

    private final RecordRepository<Recognition> records;
    private final ChildRecords<Recognition, Standard> children;

    RecognitionService(RecordWriteSupport tools, ParkedRowStore parked, StandardService standards) {
        this.records = new RecordRepository<>(TYPE, tools);
        this.children = new ChildRecords<>(
                records, parked, new RecognitionStandardRelation(standards), RecognitionService::decide);
    }

    private record RecognitionStandardRelation(StandardService standards)
            implements ParentRelation<Recognition, Standard> {

        @Override
        public ParentReference parentOf(RecordKey key, Recognition record) {
            return new ParentReference(StandardService.TYPE.name(), new RecordKey(key.province(), record.standard()));
        }

        @Override
        public String fieldOf(Recognition record) {
            return "standard";
        }

        @Override
        public Recognition withParent(Recognition record, RecordKey standard) {
            return record.withStandard(standard.sourceId());
        }

        /** Returns the standard: it counts once, however many recognitions it has. */
        @Override
        public @Nullable Object subjectOf(Recognition record) {
            return null;
        }

        @Override
        public void lockParents(
                Collection<ParentReference> wanted,
                StatementPipeline pipeline,
                Map<ParentReference, RecordVersion<? extends Standard>> found) {
            standards.records().lockParents(wanted, pipeline, found);
        }

        @Override
        public List<NamedRecord> listParents(Province province, String record, int limit) {
            return standards.listStandards(province, limit);
        }

        @Override
        public List<Finding> findContradictions(Recognition record, Standard standard) {
            return List.of();
        }
    }

    @Override
    public RecordRepository<Recognition> records() {
        return records;
    }

    private static WriteResult<Recognition> decide(RecordSubmission<Recognition> sent, ChangeSet<Recognition> changes) {
        Recognition standing = changes.activeRecord(sent.key());
        if (standing != null) {
            requireSuccessor(standing, Objects.requireNonNull(sent.record()));
        }
        return changes.applySubmission(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<Recognition> writeRecords(List<RecordSubmission<Recognition>> sent, WriteMode writing) {
        return children.writeRecords(sent, writing);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<Recognition> moveRecord(
            RecordSubmission<Recognition> sent, RecordMove move, WriteMode writing) {
        return records.moveRecord(sent, move, writing);
    }

    @Override
    public ChildRecords<Recognition, Standard> children() {
        return children;
    }

    @Override
    public SqlConditions childrenOf(ParentReference standard) {
        return new SqlConditions()
                .and(
                        "province = ? and standard = ?",
                        standard.key().province().code(),
                        standard.key().sourceId());
    }

    /**
     * Checks that the other state keeps a revocation; its day may be corrected.
     *
     * @throws Refusal.Invalid when the other state drops the revocation
     */
    private static void requireSuccessor(Recognition standing, Recognition other) {
        if (standing.revokedOn() != null && other.revokedOn() == null) {
            throw new Refusal.Invalid(Finding.field(
                    "revokedOn",
                    "lifecycle",
                    "A recognition that was revoked stays so; one revoked by mistake is withdrawn and sent again.",
                    "采认一经撤销不能恢复；如属误报，请撤回该记录后重新报送。"));
        }
    }

    /**
     * Returns the parts that count in the year: all but the texts, with the dates that lie in the year. Returns null if
     * the recognition does not count in the year.
     */
    static @Nullable Object inYear(Recognition recognition, int year) {
        LocalDate decided = recognition.decidedOn();
        LocalDate end = endDay(recognition.expiresOn(), recognition.revokedOn());
        if (decided.getYear() > year || end != null && end.getYear() < year) {
            return null;
        }
        return Arrays.asList(
                decided.getYear() == year ? decided : null,
                end != null && end.getYear() == year ? end : null,
                recognition.standard(),
                recognition.country(),
                recognition.level());
    }

    /** Returns the first day on which it no longer holds; null if none is known. */
    private static @Nullable LocalDate endDay(@Nullable LocalDate expires, @Nullable LocalDate revoked) {
        if (expires == null || revoked == null) {
            return expires == null ? revoked : expires;
        }
        return expires.isBefore(revoked) ? expires : revoked;
    }
}

package org.voyage.standards.recognition;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.problem.Finding;
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
                    "standards", "recognition", "recognitions", new RecognitionJson(), Recognition::inYear)
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
            standing.requireSuccessor(Objects.requireNonNull(sent.record()));
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
}

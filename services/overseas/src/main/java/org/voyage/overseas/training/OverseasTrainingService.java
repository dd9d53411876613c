package org.voyage.overseas.training;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.record.NamedRecord;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.ParentRelation;
import org.voyage.kit.record.PlausibilityMeasure;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordMove;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.parent.ChildRecords;
import org.voyage.kit.record.parent.ChildType;
import org.voyage.kit.record.parent.ParkedRowStore;
import org.voyage.kit.record.write.RecordCommands;
import org.voyage.kit.record.write.RecordRepository;
import org.voyage.kit.record.write.RecordWriteSupport;
import org.voyage.kit.record.write.WriteSummary;
import org.voyage.overseas.school.OverseasSchool;
import org.voyage.overseas.school.OverseasSchoolService;
import org.voyage.overseas.school.SchoolPeriod;

/** Commands that write trainings of overseas schools. A training without its school is parked. */
@ApplicationScoped
public class OverseasTrainingService implements RecordCommands<OverseasTraining>, ChildType {

    public static final RecordType<OverseasTraining> TYPE = new RecordType<>(
                    "overseas",
                    "overseas-training",
                    "overseas-trainings",
                    new OverseasTrainingJson(),
                    (training, year) -> training.startedOn().getYear() == year ? training : null)
            .withReportingYear("startedOn", it -> it.startedOn().getYear())
            .withAmount(new PlausibilityMeasure<>("people", OverseasTraining::people, null));

    private final RecordRepository<OverseasTraining> records;
    private final ChildRecords<OverseasTraining, OverseasSchool> children;

    OverseasTrainingService(RecordWriteSupport tools, ParkedRowStore parked, OverseasSchoolService schools) {
        this.records = new RecordRepository<>(TYPE, tools);
        this.children = new ChildRecords<>(records, parked, new TrainingSchoolRelation(schools));
    }

    private record TrainingSchoolRelation(OverseasSchoolService schools)
            implements ParentRelation<OverseasTraining, OverseasSchool> {

        @Override
        public ParentReference parentOf(RecordKey key, OverseasTraining record) {
            return new ParentReference(
                    OverseasSchoolService.TYPE.name(), new RecordKey(key.province(), record.school()));
        }

        @Override
        public String fieldOf(OverseasTraining record) {
            return "school";
        }

        @Override
        public OverseasTraining withParent(OverseasTraining record, RecordKey school) {
            return record.withSchool(school.sourceId());
        }

        @Override
        public Object subjectOf(OverseasTraining record) {
            return List.of(record.enterprise(), record.startedOn());
        }

        @Override
        public void lockParents(
                Collection<ParentReference> wanted,
                StatementPipeline pipeline,
                Map<ParentReference, RecordVersion<? extends OverseasSchool>> found) {
            schools.records().lockParents(wanted, pipeline, found);
        }

        @Override
        public List<NamedRecord> listParents(Province province, String record, int limit) {
            return schools.listSchools(province, limit);
        }

        @Override
        public List<Finding> findContradictions(OverseasTraining record, OverseasSchool school) {
            return SchoolPeriod.of(school).includes(record.startedOn())
                    ? List.of()
                    : List.of(Finding.field(
                            "startedOn",
                            "school-not-open-on-date",
                            "The school had not opened yet or was closed on " + record.startedOn() + ".",
                            "所属境外办学机构在 " + record.startedOn() + " 尚未开办或已经关闭。"));
        }
    }

    @Override
    public RecordRepository<OverseasTraining> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<OverseasTraining> writeRecords(
            List<RecordSubmission<OverseasTraining>> sent, WriteMode writing) {
        return children.writeRecords(sent, writing);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<OverseasTraining> moveRecord(
            RecordSubmission<OverseasTraining> sent, RecordMove move, WriteMode writing) {
        return records.moveRecord(sent, move, writing);
    }

    @Override
    public ChildRecords<OverseasTraining, OverseasSchool> children() {
        return children;
    }

    @Override
    public SqlConditions childrenOf(ParentReference school) {
        return new SqlConditions()
                .and(
                        "province = ? and school = ?",
                        school.key().province().code(),
                        school.key().sourceId());
    }
}

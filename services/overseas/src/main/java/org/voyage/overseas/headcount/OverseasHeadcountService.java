package org.voyage.overseas.headcount;

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

/** Commands that write overseas headcounts. A headcount without its school is parked. */
@ApplicationScoped
public class OverseasHeadcountService implements RecordCommands<OverseasHeadcount>, ChildType {

    public static final RecordType<OverseasHeadcount> TYPE = new RecordType<>(
                    "overseas",
                    "overseas-headcount",
                    "overseas-headcounts",
                    new OverseasHeadcountJson(),
                    (headcount, year) -> headcount.year() == year ? headcount : null)
            .withReportingYear("year", OverseasHeadcount::year)
            .withAmount(new PlausibilityMeasure<>(
                    "students",
                    OverseasHeadcount::students,
                    new PlausibilityMeasure.SeriesDefinition<>(
                            it -> it.school() + " " + it.major(), OverseasHeadcount::year)));

    private final RecordRepository<OverseasHeadcount> records;
    private final ChildRecords<OverseasHeadcount, OverseasSchool> children;

    OverseasHeadcountService(RecordWriteSupport tools, ParkedRowStore parked, OverseasSchoolService schools) {
        this.records = new RecordRepository<>(TYPE, tools);
        this.children = new ChildRecords<>(records, parked, new HeadcountSchoolRelation(schools));
    }

    private record HeadcountSchoolRelation(OverseasSchoolService schools)
            implements ParentRelation<OverseasHeadcount, OverseasSchool> {

        @Override
        public ParentReference parentOf(RecordKey key, OverseasHeadcount record) {
            return new ParentReference(
                    OverseasSchoolService.TYPE.name(), new RecordKey(key.province(), record.school()));
        }

        @Override
        public String fieldOf(OverseasHeadcount record) {
            return "school";
        }

        @Override
        public OverseasHeadcount withParent(OverseasHeadcount record, RecordKey school) {
            return record.withSchool(school.sourceId());
        }

        @Override
        public Object subjectOf(OverseasHeadcount record) {
            return List.of(record.year(), record.major());
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
        public List<Finding> findContradictions(OverseasHeadcount record, OverseasSchool school) {
            return SchoolPeriod.of(school).includesDayOf(record.year())
                    ? List.of()
                    : List.of(Finding.field(
                            "year",
                            "school-not-open-in-year",
                            "The school had not opened yet or was closed in " + record.year() + ".",
                            "所属境外办学机构在 " + record.year() + " 年尚未开办或已经关闭。"));
        }
    }

    @Override
    public RecordRepository<OverseasHeadcount> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<OverseasHeadcount> writeRecords(
            List<RecordSubmission<OverseasHeadcount>> sent, WriteMode writing) {
        return children.writeRecords(sent, writing);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public WriteSummary<OverseasHeadcount> moveRecord(
            RecordSubmission<OverseasHeadcount> sent, RecordMove move, WriteMode writing) {
        return records.moveRecord(sent, move, writing);
    }

    @Override
    public ChildRecords<OverseasHeadcount, OverseasSchool> children() {
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

package org.voyage.cooperation.headcount;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.voyage.cooperation.agreement.Agreement;
import org.voyage.cooperation.institution.CooperativeInstitutionService;
import org.voyage.cooperation.programme.CooperativeProgrammeService;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.record.NamedRecord;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.ParentRelation;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.SqlConditions;

/** Relation of a cooperative headcount to its institution or programme. */
record CooperationRelation(CooperativeInstitutionService institutions, CooperativeProgrammeService programmes)
        implements ParentRelation<CooperativeHeadcount, Agreement> {

    private static final String INSTITUTION_RECORD = CooperativeInstitutionService.TYPE.name();
    private static final String PROGRAMME_RECORD = CooperativeProgrammeService.TYPE.name();

    @Override
    public ParentReference parentOf(RecordKey key, CooperativeHeadcount record) {
        return record.institution() != null
                ? new ParentReference(INSTITUTION_RECORD, new RecordKey(key.province(), record.institution()))
                : new ParentReference(
                        PROGRAMME_RECORD, new RecordKey(key.province(), Objects.requireNonNull(record.programme())));
    }

    @Override
    public String fieldOf(CooperativeHeadcount record) {
        return record.institution() != null ? "institution" : "programme";
    }

    @Override
    public CooperativeHeadcount withParent(CooperativeHeadcount record, RecordKey cooperation) {
        return record.institution() != null
                ? record.withInstitution(cooperation.sourceId())
                : record.withProgramme(cooperation.sourceId());
    }

    @Override
    public Object subjectOf(CooperativeHeadcount record) {
        return record.year();
    }

    /** Locks the parents always in this order, so that two writers cannot deadlock. */
    @Override
    public void lockParents(
            Collection<ParentReference> wanted,
            StatementPipeline pipeline,
            Map<ParentReference, RecordVersion<? extends Agreement>> found) {
        institutions.records().lockParents(wanted, pipeline, found);
        programmes.records().lockParents(wanted, pipeline, found);
    }

    @Override
    public List<NamedRecord> listParents(Province province, String record, int limit) {
        return record.equals(INSTITUTION_RECORD)
                ? institutions.listInstitutions(province, limit)
                : programmes.listProgrammes(province, limit);
    }

    @Override
    public List<Finding> findContradictions(CooperativeHeadcount record, Agreement cooperation) {
        if (!cooperation.wasActiveIn(record.year())) {
            return List.of(Finding.field(
                    "year",
                    "cooperation-not-standing-in-year",
                    "Its institution or programme was not approved yet or already terminated in " + record.year() + ".",
                    "所属机构或项目在 " + record.year() + " 年尚未批准或已经终止。"));
        }
        return List.of();
    }

    static SqlConditions conditionFor(ParentReference cooperation) {
        return new SqlConditions()
                .and(
                        "province = ? and "
                                + (cooperation.record().equals(INSTITUTION_RECORD) ? "institution" : "programme")
                                + " = ?",
                        cooperation.key().province().code(),
                        cooperation.key().sourceId());
    }
}

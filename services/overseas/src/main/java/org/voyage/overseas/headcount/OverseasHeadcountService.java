package org.voyage.overseas.headcount;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.voyage.kit.record.Amount;
import org.voyage.kit.record.Belonging;
import org.voyage.kit.record.Child;
import org.voyage.kit.record.ChildRecords;
import org.voyage.kit.record.Commands;
import org.voyage.kit.record.Conditions;
import org.voyage.kit.record.Move;
import org.voyage.kit.record.Parent;
import org.voyage.kit.record.ParkedRows;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordTools;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.Records;
import org.voyage.kit.record.Sent;
import org.voyage.kit.record.Version;
import org.voyage.kit.record.Writing;
import org.voyage.kit.record.Written;
import org.voyage.kit.web.Finding;
import org.voyage.overseas.school.OverseasSchool;
import org.voyage.overseas.school.OverseasSchoolService;

/** Writes overseas headcounts; one whose school is not there is parked. */
@ApplicationScoped
public class OverseasHeadcountService implements Commands<OverseasHeadcount>, Child {

    public static final RecordType<OverseasHeadcount> TYPE = new RecordType<>(
                    "overseas",
                    "overseas-headcount",
                    "overseas-headcounts",
                    new OverseasHeadcountJson(),
                    (headcount, year) -> headcount.year() == year ? headcount : null)
            .about("year", OverseasHeadcount::year)
            .with(new Amount<>(
                    "students",
                    OverseasHeadcount::students,
                    new Amount.Series<>(OverseasHeadcount::series, OverseasHeadcount::year)));

    private final Records<OverseasHeadcount> records;
    private final ChildRecords<OverseasHeadcount, OverseasSchool> children;

    OverseasHeadcountService(RecordTools tools, ParkedRows parked, OverseasSchoolService schools) {
        this.records = new Records<>(TYPE, tools);
        this.children = new ChildRecords<>(records, parked, new OfSchool(schools));
    }

    private record OfSchool(OverseasSchoolService schools) implements Belonging<OverseasHeadcount, OverseasSchool> {

        @Override
        public Parent parent(RecordKey key, OverseasHeadcount record) {
            return new Parent(OverseasSchoolService.TYPE.name(), new RecordKey(key.province(), record.school()));
        }

        @Override
        public String field(OverseasHeadcount record) {
            return "school";
        }

        @Override
        public OverseasHeadcount under(OverseasHeadcount record, RecordKey school) {
            return record.at(school.sourceId());
        }

        @Override
        public Object about(OverseasHeadcount record) {
            return List.of(record.year(), record.major());
        }

        @Override
        public Map<Parent, Version<? extends OverseasSchool>> find(Collection<Parent> wanted) {
            return schools.find(wanted);
        }

        @Override
        public List<Finding> check(OverseasHeadcount record, OverseasSchool school) {
            return school.wasOpenIn(record.year())
                    ? List.of()
                    : List.of(Finding.field(
                            "year",
                            "school-not-open-in-year",
                            "The school had not opened yet or was closed in " + record.year() + ".",
                            "所属境外办学机构在 " + record.year() + " 年尚未开办或已经关闭。"));
        }
    }

    @Override
    public Records<OverseasHeadcount> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<OverseasHeadcount> write(List<Sent<OverseasHeadcount>> sent, Writing writing) {
        return children.write(sent, writing);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<OverseasHeadcount> move(Sent<OverseasHeadcount> sent, Move move, Writing writing) {
        return records.move(sent, move, writing);
    }

    @Override
    public ChildRecords<OverseasHeadcount, OverseasSchool> children() {
        return children;
    }

    @Override
    public Conditions under(Parent school) {
        return new Conditions()
                .and(
                        "province = ? and school = ?",
                        school.key().province().code(),
                        school.key().sourceId());
    }
}

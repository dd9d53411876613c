package org.voyage.overseas.training;

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

/** Writes trainings of overseas schools; one whose school is not there is parked. */
@ApplicationScoped
public class OverseasTrainingService implements Commands<OverseasTraining>, Child {

    public static final RecordType<OverseasTraining> TYPE = new RecordType<>(
                    "overseas",
                    "overseas-training",
                    "overseas-trainings",
                    new OverseasTrainingJson(),
                    (training, year) -> training.startedOn().getYear() == year ? training : null)
            .about("startedOn", it -> it.startedOn().getYear())
            .with(new Amount<>("people", OverseasTraining::people, null));

    private final Records<OverseasTraining> records;
    private final ChildRecords<OverseasTraining, OverseasSchool> children;

    OverseasTrainingService(RecordTools tools, ParkedRows parked, OverseasSchoolService schools) {
        this.records = new Records<>(TYPE, tools);
        this.children = new ChildRecords<>(records, parked, new OfSchool(schools));
    }

    private record OfSchool(OverseasSchoolService schools) implements Belonging<OverseasTraining, OverseasSchool> {

        @Override
        public Parent parent(RecordKey key, OverseasTraining record) {
            return new Parent(OverseasSchoolService.TYPE.name(), new RecordKey(key.province(), record.school()));
        }

        @Override
        public String field(OverseasTraining record) {
            return "school";
        }

        @Override
        public OverseasTraining under(OverseasTraining record, RecordKey school) {
            return record.at(school.sourceId());
        }

        @Override
        public Object about(OverseasTraining record) {
            return List.of(record.enterprise(), record.startedOn());
        }

        @Override
        public Map<Parent, Version<? extends OverseasSchool>> find(Collection<Parent> wanted) {
            return schools.find(wanted);
        }

        @Override
        public List<Finding> check(OverseasTraining record, OverseasSchool school) {
            return school.wasOpenOn(record.startedOn())
                    ? List.of()
                    : List.of(Finding.field(
                            "startedOn",
                            "school-not-open-on-date",
                            "The school had not opened yet or was closed on " + record.startedOn() + ".",
                            "所属境外办学机构在 " + record.startedOn() + " 尚未开办或已经关闭。"));
        }
    }

    @Override
    public Records<OverseasTraining> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<OverseasTraining> write(List<Sent<OverseasTraining>> sent, Writing writing) {
        return children.write(sent, writing);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<OverseasTraining> move(Sent<OverseasTraining> sent, Move move, Writing writing) {
        return records.move(sent, move, writing);
    }

    @Override
    public ChildRecords<OverseasTraining, OverseasSchool> children() {
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

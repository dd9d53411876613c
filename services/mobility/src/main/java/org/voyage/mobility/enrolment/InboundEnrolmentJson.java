package org.voyage.mobility.enrolment;

import static org.voyage.mobility.Reference.ABROAD;
import static org.voyage.mobility.Reference.COLLEGE;
import static org.voyage.mobility.Reference.MAJOR;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.CodeListFile;
import org.voyage.mobility.personal.PersonalInput;

/** The wire form of an inbound enrolment; what is personal is read and never written. */
public class InboundEnrolmentJson implements RecordJson<InboundEnrolment> {

    static final CodeSet<Level> LEVELS = CodeListFile.codes("level", "levels", Level.class);
    static final CodeSet<Category> CATEGORIES = CodeListFile.codes("category", "categories", Category.class);
    static final CodeSet<Outcome> OUTCOMES = CodeListFile.codes("outcome", "outcomes", Outcome.class);
    private static final CodeSet<Funding> FUNDINGS = CodeListFile.codes("funding", "fundings", Funding.class);

    private static final int HIGHEST_HSK = 6;

    @Override
    public InboundEnrolment readFields(FieldReader in) {
        return new InboundEnrolment(
                in.readCode("nationality", ABROAD),
                in.readText("college", COLLEGE),
                in.readCode("level", LEVELS),
                in.readCode("category", CATEGORIES),
                in.readOptionalText("major", MAJOR),
                in.readFlag("chineseWithSkills"),
                in.readCode("funding", FUNDINGS),
                in.readOptionalInteger("chineseLevel", "hsk-level", 0, HIGHEST_HSK),
                in.readFlag("assessed"),
                in.readDate("startedOn"),
                in.readOptionalDate("endedOn"),
                in.readCode("outcome", OUTCOMES),
                PersonalInput.read(in));
    }

    @Override
    public LocalDate referenceDay(InboundEnrolment enrolment) {
        return enrolment.startedOn();
    }

    @Override
    public void checkFields(FieldReader in, InboundEnrolment enrolment) {
        if (enrolment.category() == Category.DEGREE && enrolment.major() == null) {
            in.refuseField("major", "major-of-degree", "A degree student has a major.", "学历生必须填写专业代码。");
        }
        if ((enrolment.endedOn() == null) != (enrolment.outcome() == Outcome.ENROLLED)) {
            in.refuseField(
                    "endedOn",
                    "ended-on-when-not-enrolled",
                    "An end date is given exactly when the outcome is not enrolled.",
                    "学习结果为在读（enrolled）时不得填写离校日期，其他情况必须填写。");
        }
        if (enrolment.endedOn() != null && enrolment.endedOn().isBefore(enrolment.startedOn())) {
            in.refuseField("endedOn", "end-before-start", "It ends before it starts.", "结束日期早于开始日期。");
        }
        enrolment.personal().check(in, enrolment.startedOn());
    }

    @Override
    public void writeRecord(InboundEnrolment enrolment, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.writeText("nationality", enrolment.nationality());
        out.writeText("college", enrolment.college());
        out.writeCode("level", enrolment.level());
        out.writeCode("category", enrolment.category());
        out.writeText("major", enrolment.major());
        out.writeFlag("chineseWithSkills", enrolment.chineseWithSkills());
        out.writeCode("funding", enrolment.funding());
        out.writeNumber("chineseLevel", enrolment.chineseLevel());
        out.writeFlag("assessed", enrolment.assessed());
        out.writeDate("startedOn", enrolment.startedOn());
        out.writeDate("endedOn", enrolment.endedOn());
        out.writeCode("outcome", enrolment.outcome());
    }
}

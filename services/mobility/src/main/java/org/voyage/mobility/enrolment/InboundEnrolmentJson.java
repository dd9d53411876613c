package org.voyage.mobility.enrolment;

import static org.voyage.mobility.Reference.ABROAD;
import static org.voyage.mobility.Reference.COLLEGE;
import static org.voyage.mobility.Reference.MAJOR;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.ReferenceFile;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.FieldReader;
import org.voyage.mobility.personal.PersonalInput;

/** The wire form of an inbound enrolment; what is personal is read and never written. */
public class InboundEnrolmentJson implements RecordJson<InboundEnrolment> {

    static final Codes<Level> LEVELS = ReferenceFile.codes("level", "levels", Level.class);
    static final Codes<Category> CATEGORIES = ReferenceFile.codes("category", "categories", Category.class);
    static final Codes<Outcome> OUTCOMES = ReferenceFile.codes("outcome", "outcomes", Outcome.class);
    private static final Codes<Funding> FUNDINGS = ReferenceFile.codes("funding", "fundings", Funding.class);

    private static final int HIGHEST_HSK = 6;

    @Override
    public InboundEnrolment fields(FieldReader in) {
        return new InboundEnrolment(
                in.code("nationality", ABROAD),
                in.text("college", COLLEGE),
                in.code("level", LEVELS),
                in.code("category", CATEGORIES),
                in.optionalText("major", MAJOR),
                in.flag("chineseWithSkills"),
                in.code("funding", FUNDINGS),
                in.optionalInteger("chineseLevel", "hsk-level", 0, HIGHEST_HSK),
                in.flag("assessed"),
                in.date("startedOn"),
                in.optionalDate("endedOn"),
                in.code("outcome", OUTCOMES),
                PersonalInput.read(in));
    }

    @Override
    public LocalDate day(InboundEnrolment enrolment) {
        return enrolment.startedOn();
    }

    @Override
    public void check(FieldReader in, InboundEnrolment enrolment) {
        if (enrolment.category() == Category.DEGREE && enrolment.major() == null) {
            in.refuse("major", "major-of-degree", "A degree student has a major.", "学历生必须填写专业代码。");
        }
        if ((enrolment.endedOn() == null) != (enrolment.outcome() == Outcome.ENROLLED)) {
            in.refuse(
                    "endedOn",
                    "ended-on-when-not-enrolled",
                    "An end date is given exactly when the outcome is not enrolled.",
                    "学习结果为在读（enrolled）时不得填写离校日期，其他情况必须填写。");
        }
        if (enrolment.endedOn() != null && enrolment.endedOn().isBefore(enrolment.startedOn())) {
            in.refuse("endedOn", "end-before-start", "It ends before it starts.", "结束日期早于开始日期。");
        }
        enrolment.personal().check(in, enrolment.startedOn());
    }

    @Override
    public void write(InboundEnrolment enrolment, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.text("nationality", enrolment.nationality());
        out.text("college", enrolment.college());
        out.code("level", enrolment.level());
        out.code("category", enrolment.category());
        out.text("major", enrolment.major());
        out.flag("chineseWithSkills", enrolment.chineseWithSkills());
        out.code("funding", enrolment.funding());
        out.number("chineseLevel", enrolment.chineseLevel());
        out.flag("assessed", enrolment.assessed());
        out.date("startedOn", enrolment.startedOn());
        out.date("endedOn", enrolment.endedOn());
        out.code("outcome", enrolment.outcome());
    }
}

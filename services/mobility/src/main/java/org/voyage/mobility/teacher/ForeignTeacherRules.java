package org.voyage.mobility.teacher;

import org.voyage.kit.input.FieldReader;

/** Rules between the fields of a foreign teacher. */
class ForeignTeacherRules extends ForeignTeacherJson {

    @Override
    public void checkFields(FieldReader in, ForeignTeacher teacher) {
        if (teacher.endedOn() != null && teacher.endedOn().isBefore(teacher.startedOn())) {
            in.refuseField("endedOn", "end-before-start", "It ends before it starts.", "结束日期早于开始日期。");
        }
    }
}

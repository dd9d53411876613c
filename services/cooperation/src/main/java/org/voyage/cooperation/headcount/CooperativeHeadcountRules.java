package org.voyage.cooperation.headcount;

import org.voyage.kit.input.FieldReader;

/** Rules between the fields of a cooperative headcount. */
class CooperativeHeadcountRules extends CooperativeHeadcountJson {

    @Override
    public CooperativeHeadcount readFields(FieldReader in) {
        if (in.hasField("institution") == in.hasField("programme")) {
            in.refuseField(
                    "institution",
                    "institution-or-programme",
                    "A headcount is of an institution or of a programme: give exactly one of the two.",
                    "人数属于机构或项目：institution 与 programme 必须且只能填写一项。");
        }
        return super.readFields(in);
    }
}

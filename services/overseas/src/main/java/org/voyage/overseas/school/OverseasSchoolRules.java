package org.voyage.overseas.school;

import java.time.LocalDate;
import org.voyage.kit.input.FieldReader;
import org.voyage.overseas.OverseasCodes;

/** Rules between the fields of an overseas school. */
class OverseasSchoolRules extends OverseasSchoolJson {

    /** The host country has a rule of its own, so that a bureau reads why it is required. */
    @Override
    protected String readHostCountry(FieldReader in) {
        String country = in.readOptionalCode("hostCountry", OverseasCodes.FOREIGN_COUNTRIES);
        if (!in.hasField("hostCountry")) {
            in.refuseField(
                    "hostCountry",
                    "host-country-required",
                    "An overseas school, such as a Luban Workshop, needs its host country.",
                    "境外办学机构（如鲁班工坊）必须填写所在国家（地区）。");
        }
        return country == null ? "" : country;
    }

    @Override
    public void checkFields(FieldReader in, OverseasSchool school) {
        LocalDate opened = school.openedOn();
        LocalDate closed = school.closedOn();
        if (opened == null && school.status() != OverseasSchoolStatus.PLANNED) {
            in.refuseField(
                    "openedOn", "opened-on-required", "Only a planned school has no opening date.", "除筹建状态外，必须填写开办日期。");
        }
        if ((closed != null) != (school.status() == OverseasSchoolStatus.CLOSED)) {
            in.refuseField(
                    "closedOn",
                    "closed-on-when-closed",
                    "A closing date is given exactly when the status is closed.",
                    "状态为“关闭”时必须填写关闭日期，其他状态不得填写。");
        }
        if (opened != null && closed != null && closed.isBefore(opened)) {
            in.refuseField("closedOn", "closed-after-opened", "It closes before it opens.", "关闭日期早于开办日期。");
        }
    }
}

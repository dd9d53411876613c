package org.voyage.kit.record.check;

import java.util.List;
import java.util.Map;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.record.RecordKey;

/** Check of the province of a college: a bureau seldom reports a record about another province's college on purpose. */
public final class CollegeProvinceCheck {

    /** The corps has its colleges in this province, whose digits they carry. */
    private static final Map<String, String> ADDITIONAL_PROVINCES = Map.of("66", "65");

    private CollegeProvinceCheck() {}

    /**
     * Returns a warning about a college of another province.
     *
     * @param college of ten digits, in the field of that name
     */
    public static List<Finding> checkCollege(RecordKey key, String college) {
        String sender = key.province().code();
        String its = college.substring(2, 4);
        return its.equals(sender) || its.equals(ADDITIONAL_PROVINCES.get(sender))
                ? List.of()
                : List.of(Finding.field(
                        "college",
                        "college-elsewhere",
                        "\"" + college + "\" is a college of province " + its + "; the record is of province " + sender
                                + ".",
                        "“" + college + "”为省份 " + its + " 的院校，而该记录由省份 " + sender + " 报送。"));
    }
}

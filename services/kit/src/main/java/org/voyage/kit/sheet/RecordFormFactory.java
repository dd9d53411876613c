package org.voyage.kit.sheet;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.voyage.kit.access.Province;

/** Factory of the forms of records with the names of the lists that the operator has loaded. */
@ApplicationScoped
public class RecordFormFactory {

    private final CollegeList colleges;
    private final MajorList majors;

    RecordFormFactory(CollegeList colleges, MajorList majors) {
        this.colleges = colleges;
        this.majors = majors;
    }

    /** @param province whose colleges a table may name; empty: none */
    public RecordForm createForm(String record, Optional<Province> province) {
        return RecordForm.of(record)
                .withColleges(province.map(colleges::collegesOf).orElse(NamedCodeList.EMPTY))
                .withMajors(majors.majors(), majors.isWhole());
    }

    public RecordForm createForm(String record, Province province) {
        return createForm(record, Optional.of(province));
    }
}

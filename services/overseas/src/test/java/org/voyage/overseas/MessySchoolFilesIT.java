package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.voyage.kittest.MessyFile;
import org.voyage.kittest.RealBackends;

/** Integration test of files as clerks write them: {@code messy-files.yaml}. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class MessySchoolFilesIT {

    static List<MessyFile> files() {
        return MessyFile.loadFiles("/messy-files.yaml");
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_file_of_a_clerk_has_its_outcome(MessyFile file) {
        file.requireOutcome();
    }

    static List<MessyFile> repairs() {
        return MessyFile.loadRepairs("/messy-files.yaml");
    }

    @ParameterizedTest
    @MethodSource("repairs")
    void a_file_with_twenty_kinds_of_mess_is_right_after_three_uploads(MessyFile file) {
        assertThat(file.countUploadsUntilGood()).isLessThanOrEqualTo(3);
    }
}

package org.voyage.overseas;

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
}

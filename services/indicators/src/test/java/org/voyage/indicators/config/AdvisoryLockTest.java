package org.voyage.indicators.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdvisoryLockTest {

    @Test
    void no_two_have_the_same_number() {
        assertThat(Stream.of(AdvisoryLock.values()).map(AdvisoryLock::exclusiveLockSql))
                .doesNotHaveDuplicates();
    }
}

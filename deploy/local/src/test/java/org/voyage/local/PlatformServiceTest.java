package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformServiceTest {
    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    @Test
    void a_service_named_twice_is_started_once() {
        assertThat(PlatformService.parseServices(List.of("overseas", "indicators", "overseas"), PROJECT))
                .containsExactly(PlatformService.OVERSEAS, PlatformService.INDICATORS);
    }

    /** A service whose relay had ended after an OutOfMemoryError went on and published nothing. */
    @Test
    void no_service_goes_on_after_an_out_of_memory_error() {
        for (PlatformService service : PlatformService.values()) {
            assertThat(service.heapOptions("-Xmx100m")).contains("-Xmx100m", "-XX:+ExitOnOutOfMemoryError");
        }
    }

    @Test
    void an_unknown_service_is_refused_with_the_known_ones() {
        assertThatThrownBy(() -> PlatformService.parseServices(List.of("oversea"), PROJECT))
                .isInstanceOf(StartFailedException.class)
                .hasMessageStartingWith(
                        "There is no service called \"oversea\": choose from dashboard, indicators, mobility,");
    }
}

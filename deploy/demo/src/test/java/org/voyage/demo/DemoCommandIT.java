package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.local.LoopbackPorts;

/** Integration test of what {@code ./voyage demo --exit} guarantees to scripts. */
class DemoCommandIT {

    @TempDir
    Path data;

    @Test
    void ctrl_c_while_the_command_loads_stops_everything_without_a_complaint() throws Exception {
        try (DemoCommand command = DemoCommand.start(data, LoopbackPorts.findFreeBasePort())) {
            command.awaitLoading();
            command.interrupt();
            assertThat(command.awaitExit()).as(command.output()).isEqualTo(130);
            assertThat(command.output()).doesNotContain("did not answer");
        }
    }

    /** Its requests are repeated for minutes before it gives up. */
    @Test
    @EnabledIfSystemProperty(named = "voyage.test.long", matches = "true")
    void the_command_ends_with_2_and_one_sentence_when_a_service_is_gone_while_it_loads() throws Exception {
        try (DemoCommand command = DemoCommand.start(data, LoopbackPorts.findFreeBasePort())) {
            command.awaitLoading();
            command.killService("overseas");
            assertThat(command.awaitExit()).as(command.output()).isEqualTo(2);
            assertThat(command.output()).contains("did not answer").doesNotContain("\tat ");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "voyage.test.long", matches = "true")
    void the_command_ends_with_0_when_every_published_figure_comes_out_of_the_platform() throws Exception {
        try (DemoCommand command = DemoCommand.start(data, LoopbackPorts.findFreeBasePort())) {
            assertThat(command.awaitExit()).as(command.output()).isZero();
            assertThat(command.output()).contains("98 published figures");
        }
    }
}

package org.voyage.mobility.personal;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.voyage.kit.secret.ConfiguredKeys;

class PersonalConfigTest {

    @Test
    void keys_come_from_the_environment() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(PersonalConfig.class)
                .withSources(new EnvConfigSource(
                        Map.of(
                                "VOYAGE_PERSONAL_KEYS_1", "old",
                                "VOYAGE_PERSONAL_KEYS_2", "new",
                                "VOYAGE_PERSONAL_PRIMARY", "2",
                                "VOYAGE_PERSONAL_PSEUDONYM_KEYS_1", "pseudo"),
                        300))
                .build();
        PersonalConfig personal = config.getConfigMapping(PersonalConfig.class);
        assertThat(personal.keys()).containsExactlyInAnyOrderEntriesOf(Map.of(1, "old", 2, "new"));
        assertThat(personal.primary()).isEqualTo(2);
        assertThat(personal.pseudonymKeys()).containsExactly(Map.entry(1, "pseudo"));
    }

    @Test
    void what_comes_with_the_service_has_no_key_for_production_and_only_marked_ones_for_a_laptop() throws IOException {
        Properties shipped = new Properties();
        try (InputStream in =
                Objects.requireNonNull(PersonalConfig.class.getResourceAsStream("/application.properties"))) {
            shipped.load(in);
        }
        var keys = shipped.stringPropertyNames().stream()
                .filter(name -> name.contains("voyage.personal"))
                .toList();
        assertThat(keys).isNotEmpty().allSatisfy(name -> assertThat(name).matches("%(local|dev|test)\\..*"));
        assertThat(keys)
                .allSatisfy(name -> assertThat(new String(Base64.getDecoder().decode(shipped.getProperty(name))))
                        .startsWith(ConfiguredKeys.LOCAL_KEY_PREFIX));
    }
}

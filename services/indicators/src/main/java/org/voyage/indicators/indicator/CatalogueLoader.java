package org.voyage.indicators.indicator;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.util.ClassPathUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.voyage.indicators.IndicatorsConfig;

/** Loads the definitions from the classpath and from the configured folder; one bad file and the service stops. */
@ApplicationScoped
public class CatalogueLoader {

    private static final String CLASSPATH = "contracts/indicators";

    @Produces
    @Singleton
    @Startup
    Catalogue catalogue(IndicatorsConfig config) {
        return load(config.definitions());
    }

    /**
     * The definitions of the classpath, and those of a folder, which replace older versions.
     *
     * @throws BadDefinition when one cannot be used
     */
    public static Catalogue load(Optional<Path> more) {
        Map<String, Indicator> byCode = new TreeMap<>();
        try {
            ClassPathUtils.consumeAsPaths(CLASSPATH, folder -> load(folder, byCode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        more.ifPresent(folder -> load(folder, byCode));
        return new Catalogue(byCode.values());
    }

    static void load(Path folder, Map<String, Indicator> byCode) {
        for (Path file : yamlFiles(folder)) {
            String name = file.getFileName().toString();
            Indicator indicator = read(file);
            if (!name.equals(indicator.code() + ".yaml")) {
                throw new BadDefinition(
                        file.toString(), "its code is " + indicator.code() + "; name and code must agree");
            }
            Indicator older = byCode.put(indicator.code(), indicator);
            if (older != null && older.version() > indicator.version()) {
                throw new BadDefinition(
                        file.toString(), "version " + indicator.version() + " is older than the one it replaces");
            }
        }
    }

    static Indicator read(Path file) {
        try {
            return new DefinitionReader(file.toString()).read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new BadDefinition(file.toString(), "cannot be read: " + e);
        }
    }

    private static List<Path> yamlFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadDefinition(folder.toString(), "is not a folder with definitions");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BadDefinition(folder.toString(), "cannot be listed: " + e);
        }
    }
}

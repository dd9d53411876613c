package org.voyage.indicators.reference;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.util.ClassPathUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voyage.indicators.config.IndicatorsConfig;

/** Loader of the reference data from the classpath. */
@ApplicationScoped
public class ReferenceLoader {

    private static final String CLASSPATH_FOLDER = "contracts/reference";

    @Produces
    @Singleton
    @Startup
    ReferenceData reference(IndicatorsConfig config) {
        return loadReference(config.codeLists(), Geography.COUNTRY_FIELDS, config.collegeLists());
    }

    /**
     * Loads the reference data.
     *
     * @param codeLists file of the codes of each dimension
     * @param countryFields fields that hold a country
     * @param collegeLists a folder with more lists of colleges
     */
    public static ReferenceData loadReference(
            Map<String, String> codeLists, List<String> countryFields, Optional<Path> collegeLists) {
        List<ReferenceData> found = new ArrayList<>();
        try {
            ClassPathUtils.consumeAsPaths(CLASSPATH_FOLDER, folder -> {
                try {
                    found.add(ReferenceFolderReader.readFolder(folder, codeLists, countryFields, collegeLists));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("no " + CLASSPATH_FOLDER + " on the classpath");
        }
        return found.getFirst();
    }
}

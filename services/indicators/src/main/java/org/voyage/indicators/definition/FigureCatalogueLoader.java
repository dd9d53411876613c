package org.voyage.indicators.definition;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.util.ClassPathUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.voyage.indicators.config.IndicatorsConfig;

/**
 * Loader of the figure catalogue from the classpath and from the configured folder. One invalid file stops the service.
 */
@ApplicationScoped
public class FigureCatalogueLoader {

    private static final String CLASSPATH_FOLDER = "contracts/indicators";

    @Produces
    @Singleton
    DefinitionSet loadDefinitions(IndicatorsConfig config) {
        return loadDefinitions(config.definitions());
    }

    @Produces
    @Singleton
    @Startup
    FigureCatalogue catalogue(DefinitionSet definitions) {
        return definitions.buildCatalogue();
    }

    /**
     * Loads the definitions of the classpath, and those of a folder, which replace older versions.
     *
     * @throws InvalidDefinitionException when a definition is invalid
     */
    public static FigureCatalogue loadCatalogue(Optional<Path> more) {
        return loadDefinitions(more).buildCatalogue();
    }

    private static DefinitionSet loadDefinitions(Optional<Path> more) {
        DefinitionSet definitions = loadPlatformDefinitions();
        more.ifPresent(folder -> loadFolder(folder, definitions));
        return definitions;
    }

    static DefinitionSet loadPlatformDefinitions() {
        DefinitionSet definitions = new DefinitionSet();
        try {
            ClassPathUtils.consumeAsPaths(CLASSPATH_FOLDER, folder -> loadFolder(folder, definitions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return definitions;
    }

    static void loadFolder(Path folder, DefinitionSet definitions) {
        listFiles(folder).stream()
                .filter(FigureCatalogueLoader::isYaml)
                .forEach(file -> definitions.addOrReplace(readFile(file)));
    }

    /** @throws InvalidDefinitionException when the file is no definition at all, or has another name */
    static DefinitionFile readFile(Path file) {
        DefinitionFile definition = parseFile(file);
        if (!file.getFileName().toString().equals(definition.code() + DefinitionFile.FILE_EXTENSION)) {
            throw definition.invalid(
                    "code",
                    "its code is " + definition.code() + "; name and code must agree",
                    "code 为 " + definition.code() + "，文件名应与之一致");
        }
        return definition;
    }

    private static DefinitionFile parseFile(Path file) {
        try {
            return new DefinitionFile(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw toInvalidDefinition(file, e);
        }
    }

    static boolean isYaml(Path file) {
        return file.toString().endsWith(DefinitionFile.FILE_EXTENSION);
    }

    static List<Path> listFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidDefinitionException(folder.toString(), "is not a folder with definitions", "不是存放指标定义的文件夹");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw toInvalidDefinition(folder, e);
        }
    }

    private static InvalidDefinitionException toInvalidDefinition(Path path, IOException e) {
        if (e instanceof AccessDeniedException) {
            return new InvalidDefinitionException(path.toString(), "may not be read by this user", "当前用户没有读取权限");
        }
        if (e instanceof NoSuchFileException) {
            return new InvalidDefinitionException(path.toString(), "leads to a file that is not there", "所指向的文件不存在");
        }
        if (Files.isDirectory(path)) {
            return new InvalidDefinitionException(path.toString(), "is a folder, not a file", "是文件夹，不是文件");
        }
        return new InvalidDefinitionException(
                path.toString(),
                "cannot be read; the system says: " + e.getMessage(),
                "无法读取（系统提示：" + e.getMessage() + "）");
    }
}

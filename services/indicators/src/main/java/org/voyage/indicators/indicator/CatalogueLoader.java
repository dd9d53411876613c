package org.voyage.indicators.indicator;

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
import org.voyage.indicators.IndicatorsConfig;

/** Loads the definitions from the classpath and from the configured folder; one bad file and the service stops. */
@ApplicationScoped
public class CatalogueLoader {

    private static final String CLASSPATH = "contracts/indicators";

    @Produces
    @Singleton
    Definitions definitions(IndicatorsConfig config) {
        return definitions(config.definitions());
    }

    @Produces
    @Singleton
    @Startup
    Catalogue catalogue(Definitions definitions) {
        return definitions.catalogue();
    }

    /**
     * The definitions of the classpath, and those of a folder, which replace older versions.
     *
     * @throws BadDefinition when one cannot be used
     */
    public static Catalogue load(Optional<Path> more) {
        return definitions(more).catalogue();
    }

    private static Definitions definitions(Optional<Path> more) {
        Definitions definitions = ofThePlatform();
        more.ifPresent(folder -> load(folder, definitions));
        return definitions;
    }

    static Definitions ofThePlatform() {
        Definitions definitions = new Definitions();
        try {
            ClassPathUtils.consumeAsPaths(CLASSPATH, folder -> load(folder, definitions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return definitions;
    }

    static void load(Path folder, Definitions definitions) {
        files(folder).stream().filter(CatalogueLoader::isYaml).forEach(file -> definitions.replace(read(file)));
    }

    /** @throws BadDefinition when the file is no definition at all, or one of another name */
    static Definition read(Path file) {
        Definition definition = parse(file);
        if (!file.getFileName().toString().equals(definition.code() + Definition.ENDING)) {
            throw definition.bad(
                    "code",
                    "its code is " + definition.code() + "; name and code must agree",
                    "code 为 " + definition.code() + "，文件名应与之一致");
        }
        return definition;
    }

    private static Definition parse(Path file) {
        try {
            return new Definition(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static boolean isYaml(Path file) {
        return file.toString().endsWith(Definition.ENDING);
    }

    static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadDefinition(folder.toString(), "is not a folder with definitions", "不是存放指标定义的文件夹");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static BadDefinition unreadable(Path path, IOException e) {
        if (e instanceof AccessDeniedException) {
            return new BadDefinition(path.toString(), "may not be read by this user", "当前用户没有读取权限");
        }
        if (e instanceof NoSuchFileException) {
            return new BadDefinition(path.toString(), "leads to a file that is not there", "所指向的文件不存在");
        }
        if (Files.isDirectory(path)) {
            return new BadDefinition(path.toString(), "is a folder, not a file", "是文件夹，不是文件");
        }
        return new BadDefinition(
                path.toString(),
                "cannot be read; the system says: " + e.getMessage(),
                "无法读取（系统提示：" + e.getMessage() + "）");
    }
}

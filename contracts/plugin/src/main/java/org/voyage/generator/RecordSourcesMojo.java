package org.voyage.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** Goal that writes the Java records of a service and their wire forms, from {@code contracts/records}. */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public class RecordSourcesMojo extends AbstractMojo {

    private final MavenProject project;

    /** Service whose records are written. */
    @Parameter(required = true)
    private String service = "";

    /** Folder of the contracts. */
    @Parameter(required = true)
    private String contracts = "";

    /** Folder of the sources that are written by hand. */
    @Parameter(defaultValue = "${project.build.sourceDirectory}")
    private String written = "";

    /** Folder of the sources; what else it has is deleted. */
    @Parameter(defaultValue = "${project.build.directory}/generated-sources/records")
    private String sources = "";

    @Inject
    public RecordSourcesMojo(MavenProject project) {
        this.project = project;
    }

    @Override
    public void execute() throws MojoExecutionException {
        Path folder = Path.of(sources);
        try {
            writeSources(folder, RecordSources.generate(Path.of(contracts), service, Path.of(written)));
        } catch (IOException e) {
            throw new MojoExecutionException("contracts/records: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
        project.addCompileSourceRoot(folder.toString());
    }

    /** Writes only what differs, so that nothing is compiled again without need. */
    static void writeSources(Path folder, Map<String, String> sources) throws IOException {
        Set<Path> kept = new HashSet<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey());
            kept.add(file);
            if (!Files.exists(file) || !Files.readString(file).equals(source.getValue())) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, source.getValue());
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!kept.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }
}

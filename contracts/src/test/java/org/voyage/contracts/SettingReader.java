package org.voyage.contracts;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.voyage.contracts.SettingGroup.Setting;

/** Settings that the interfaces with {@code @ConfigMapping} of all services declare and document, read from the sources. */
final class SettingReader {

    private static final Pattern SINGLE_PROPERTY = Pattern.compile("@ConfigProperty\\(\\s*name = \"(voyage[^\"]+)\"");
    private static final int LONGEST_DEFAULT_CHARACTERS = 70;

    /** Interfaces of settings by their simple names, with their documentation. */
    private final Map<String, Documented> interfaces = new HashMap<>();

    private final Map<Path, Properties> propertiesOfModules = new HashMap<>();
    private final Path services;
    private final DocTrees documentation;

    private record Documented(ClassTree type, TreePath path, Path file) {}

    private SettingReader(Path services, DocTrees documentation) {
        this.services = services;
        this.documentation = documentation;
    }

    /** Returns the groups of each page; the page of a mapping is its module, see {@link #pageOf}. */
    static Map<String, List<SettingGroup>> readPages(Path services) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(findConfigurations(services)));
            SettingReader reader = new SettingReader(services, DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                reader.addInterfaces(unit);
            }
            return reader.readMappings();
        }
    }

    /** Returns the properties of settings that a constructor takes by itself, such as {@code voyage.feeds.retention}. */
    static List<String> readSingleProperties(Path services) throws IOException {
        List<String> names = new ArrayList<>();
        for (Path source : findSources(services)) {
            SINGLE_PROPERTY
                    .matcher(Files.readString(source))
                    .results()
                    .map(found -> Objects.requireNonNull(found.group(1)))
                    .forEach(names::add);
        }
        return names.stream().distinct().sorted().toList();
    }

    /** Returns the sources that declare settings or groups of them. */
    private static List<Path> findConfigurations(Path services) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path source : findSources(services)) {
            if (source.toString().endsWith("Config.java")
                    || Files.readString(source).contains("@ConfigMapping(")) {
                found.add(source);
            }
        }
        return found;
    }

    private static List<Path> findSources(Path services) throws IOException {
        try (Stream<Path> modules = Files.list(services)) {
            List<Path> sources = new ArrayList<>();
            for (Path module : modules.sorted().toList()) {
                Path main = module.resolve("src/main/java");
                if (Files.isDirectory(main)) {
                    try (Stream<Path> found = Files.walk(main)) {
                        found.filter(file -> file.toString().endsWith(".java"))
                                .sorted()
                                .forEach(sources::add);
                    }
                }
            }
            return sources;
        }
    }

    private void addInterfaces(CompilationUnitTree unit) {
        Path file = Path.of(unit.getSourceFile().toUri());
        new TreePathScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
                String name = type.getSimpleName().toString();
                if (type.getKind() == Tree.Kind.INTERFACE && (name.endsWith("Config") || name.endsWith("Settings"))) {
                    interfaces.put(name, new Documented(type, getCurrentPath(), file));
                }
                return super.visitClass(type, nothing);
            }
        }.scan(unit, null);
    }

    private Map<String, List<SettingGroup>> readMappings() throws IOException {
        Map<String, Documented> byPrefix = new TreeMap<>();
        interfaces.values().forEach(type -> {
            String prefix = annotationValue(type.type().getModifiers(), "ConfigMapping");
            if (prefix != null) {
                byPrefix.put(prefix, type);
            }
        });
        Map<String, List<SettingGroup>> pages = new TreeMap<>();
        for (var mapping : byPrefix.entrySet()) {
            Documented type = mapping.getValue();
            addGroups(
                    pages.computeIfAbsent(pageOf(type.file()), page -> new ArrayList<>()),
                    mapping.getKey(),
                    documentationOf(type.path()),
                    type);
        }
        return pages;
    }

    /** Settings of the kit are shared by services; those of files have a page of their own. */
    private String pageOf(Path file) {
        String module = moduleOf(file).getFileName().toString();
        return !module.startsWith("kit") ? module : file.toString().contains("/kit/bulk/") ? "files" : "shared";
    }

    private Path moduleOf(Path file) {
        Path root = services.toAbsolutePath().normalize();
        return root.resolve(root.relativize(file.toAbsolutePath().normalize()).getName(0));
    }

    private void addGroups(List<SettingGroup> groups, String prefix, String meaning, Documented mapping)
            throws IOException {
        List<Setting> settings = new ArrayList<>();
        SettingGroup group = new SettingGroup(prefix, meaning, settings);
        groups.add(group);
        addSettings(groups, group, mapping, moduleOf(mapping.file()));
        if (settings.isEmpty()) {
            groups.remove(group);
        }
    }

    private void addSettings(List<SettingGroup> groups, SettingGroup group, Documented type, Path module)
            throws IOException {
        for (Tree parent : type.type().getImplementsClause()) {
            addSettings(
                    groups,
                    group,
                    Objects.requireNonNull(interfaces.get(parent.toString()), parent.toString()),
                    module);
        }
        for (Tree member : type.type().getMembers()) {
            if (member instanceof MethodTree method && method.getBody() == null) {
                addSetting(groups, group, method, new TreePath(type.path(), method), module);
            }
        }
    }

    private void addSetting(
            List<SettingGroup> groups, SettingGroup group, MethodTree method, TreePath path, Path module)
            throws IOException {
        String renamed = annotationValue(method.getModifiers(), "WithName");
        String name = renamed != null ? renamed : kebabCase(method.getName().toString());
        String type = Objects.requireNonNull(method.getReturnType()).toString();
        Documented nested = interfaces.get(type);
        String meaning = documentationOf(path);
        if (nested != null) {
            addGroups(
                    groups,
                    group.prefix() + "." + name,
                    meaning.isEmpty() ? documentationOf(nested.path()) : meaning,
                    new Documented(nested.type(), nested.path(), module.resolve("any")));
            return;
        }
        String variable = type.startsWith("Map<Integer") ? ".<number>" : type.startsWith("Map<") ? ".<name>" : "";
        String property = group.prefix() + "." + name;
        group.settings().add(new Setting(property + variable, defaultOf(method, type, property, module), meaning));
    }

    private String defaultOf(MethodTree method, String type, String property, Path module) throws IOException {
        Properties properties = propertiesOf(module);
        String value = Objects.requireNonNullElseGet(
                annotationValue(method.getModifiers(), "WithDefault"), () -> properties.getProperty(property, ""));
        if (!value.isEmpty()) {
            return value.length() > LONGEST_DEFAULT_CHARACTERS ? "see `application.properties`" : "`" + value + "`";
        }
        if (hasProperty(properties, property + ".")) {
            return "see `application.properties`";
        }
        if (type.startsWith("Optional")) {
            return type.startsWith("Optional<") ? "none" : "computed";
        }
        if (hasProperty(properties, "%local." + property)) {
            return "none in production";
        }
        return type.startsWith("Map<") ? "none" : "set by each service";
    }

    private static boolean hasProperty(Properties properties, String start) {
        return properties.stringPropertyNames().stream().anyMatch(name -> name.startsWith(start));
    }

    private Properties propertiesOf(Path module) throws IOException {
        Properties known = propertiesOfModules.get(module);
        if (known != null) {
            return known;
        }
        Properties properties = new Properties();
        for (String name : List.of("application.properties", "META-INF/microprofile-config.properties")) {
            Path file = module.resolve("src/main/resources").resolve(name);
            if (Files.exists(file)) {
                try (Reader text = Files.newBufferedReader(file)) {
                    properties.load(text);
                }
            }
        }
        propertiesOfModules.put(module, properties);
        return properties;
    }

    private static @Nullable String annotationValue(ModifiersTree modifiers, String annotation) {
        for (AnnotationTree present : modifiers.getAnnotations()) {
            if (present.getAnnotationType().toString().equals(annotation)) {
                ExpressionTree argument = present.getArguments().getFirst();
                ExpressionTree value = argument instanceof AssignmentTree named ? named.getExpression() : argument;
                return String.valueOf(((LiteralTree) value).getValue());
            }
        }
        return null;
    }

    /** Returns the documentation as Markdown in one line. "Returns" at its beginning is left out. */
    private String documentationOf(TreePath path) {
        DocCommentTree comment = documentation.getDocCommentTree(path);
        if (comment == null) {
            return "";
        }
        String text = comment.getFullBody().stream()
                .map(SettingReader::markdown)
                .collect(Collectors.joining())
                .replaceAll("\\s+", " ")
                .replaceAll("; see `[A-Z]\\w+`", "")
                .replaceFirst("^Returns ", "");
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String markdown(DocTree part) {
        return switch (part) {
            case LinkTree link -> {
                String target = link.getReference().getSignature();
                String member = target.substring(target.indexOf('#') + 1).replaceAll("\\(.*", "");
                yield "`" + (target.startsWith("#") ? kebabCase(member) : member) + "`";
            }
            case com.sun.source.doctree.LiteralTree code ->
                "`" + code.getBody().getBody().strip() + "`";
            default -> part.toString();
        };
    }

    private static String kebabCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}

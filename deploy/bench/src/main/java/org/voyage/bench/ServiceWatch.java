package org.voyage.bench;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Watch of one running service: the classes that run in every round. {@link ClassWatchAgent} notes them. */
class ServiceWatch {

    /** Option of the services' JVM, so that it says nothing of an agent that comes later. */
    static final String JVM_OPTION = "-XX:+EnableDynamicAgentLoading";

    private final String name;
    private final String process;
    private final Path agent;
    private final Path found;
    private final Set<String> everyRound = new TreeSet<>();
    private int rounds;

    private ServiceWatch(String name, String process, Path agent, Path found) {
        this.name = name;
        this.process = process;
        this.agent = agent;
        this.found = found;
    }

    /** Watches the process of a service that this JVM has started. @param folder gets the agent and what it writes */
    static ServiceWatch watchService(String service, Path folder) throws Exception {
        long process = ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().commandLine().orElse("").contains("services/" + service + "/"))
                .findFirst()
                .orElseThrow()
                .pid();
        ServiceWatch watch = new ServiceWatch(
                service, Long.toString(process), folder.resolve("agent.jar"), folder.resolve(service + ".classes"));
        writeAgent(watch.agent);
        watch.command("");
        return watch;
    }

    private static void writeAgent(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Agent-Class", ClassWatchAgent.class.getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            Stream<Class<?>> nested = Stream.of(ClassWatchAgent.class.getDeclaredClasses());
            for (Class<?> type : Stream.concat(Stream.of(ClassProbe.class, ClassWatchAgent.class), nested)
                    .toList()) {
                String entry = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(entry));
                try (InputStream bytes =
                        Objects.requireNonNull(type.getClassLoader().getResourceAsStream(entry))) {
                    bytes.transferTo(out);
                }
            }
        }
    }

    private void command(String argument) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(process);
        try {
            machine.loadAgent(agent.toString(), argument);
        } finally {
            machine.detach();
        }
    }

    String name() {
        return name;
    }

    void startRound() throws Exception {
        command(found.toString());
    }

    /** Ends the round and forgets the classes that did not run in it. */
    void endRound() throws Exception {
        command(found.toString());
        List<String> run = Files.readAllLines(found);
        Set<String> classes = run.stream().map(ServiceWatch::sourceClass).collect(Collectors.toSet());
        if (rounds++ == 0) {
            everyRound.addAll(classes);
        } else {
            everyRound.retainAll(classes);
        }
    }

    /** Returns the top-level class, without what the build adds to its name. */
    private static String sourceClass(String type) {
        return type.replaceFirst("[$_].*", "");
    }

    /** Returns the classes that ran in every round. */
    Set<String> classesOfEveryRound() {
        return everyRound;
    }
}

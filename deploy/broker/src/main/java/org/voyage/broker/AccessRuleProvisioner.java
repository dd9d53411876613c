package org.voyage.broker;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Provisioner of the services' access rules: makes those of Kafka equal to a file. It changes nothing of principals that begin
 * otherwise than {@value #PRINCIPAL}, such as alliances.
 *
 * <p>A line of the file is {@code service|resource type|name|operations}. The service is the common name of its certificate, a
 * name that ends with {@code *} is a prefix, operations have commas between them. Lines that begin with {@code #} are comments.
 */
public final class AccessRuleProvisioner {
    private static final String PRINCIPAL = "User:CN=";
    private static final String ANY_HOST = "*";

    private AccessRuleProvisioner() {}

    /**
     * @param arguments the file of Kafka's client settings, and the file of rules
     * @throws ExecutionException if Kafka refuses
     */
    public static void main(String[] arguments) throws IOException, ExecutionException, InterruptedException {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
            settings.load(reader);
        }
        Set<AclBinding> wanted = readRules(Path.of(arguments[1]));
        try (Admin admin = Admin.create(settings)) {
            Set<AclBinding> present = admin.describeAcls(AclBindingFilter.ANY).values().get().stream()
                    .filter(rule -> rule.entry().principal().startsWith(PRINCIPAL))
                    .collect(Collectors.toSet());
            Set<AclBinding> missing = new HashSet<>(wanted);
            missing.removeAll(present);
            admin.createAcls(missing).all().get();
            present.removeAll(wanted);
            List<AclBindingFilter> surplus =
                    present.stream().map(AclBinding::toFilter).toList();
            admin.deleteAcls(surplus).all().get();
            System.out.println(
                    wanted.size() + " access rules, " + missing.size() + " new, " + surplus.size() + " deleted");
        }
    }

    private static Set<AclBinding> readRules(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .flatMap(AccessRuleProvisioner::parseLine)
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<AclBinding> parseLine(String line) {
        String[] columns = line.split("\\|", -1);
        if (columns.length != 4) {
            throw new IllegalArgumentException("not service|resource type|name|operations: " + line);
        }
        ResourcePattern resource = parseResource(ResourceType.fromString(columns[1]), columns[2]);
        return Arrays.stream(columns[3].split(","))
                .map(operation -> new AclBinding(
                        resource,
                        new AccessControlEntry(
                                PRINCIPAL + columns[0],
                                ANY_HOST,
                                AclOperation.fromString(operation),
                                AclPermissionType.ALLOW)));
    }

    private static ResourcePattern parseResource(ResourceType type, String name) {
        if (type == ResourceType.CLUSTER) {
            return new ResourcePattern(type, Resource.CLUSTER_NAME, PatternType.LITERAL);
        }
        return name.endsWith("*")
                ? new ResourcePattern(type, name.substring(0, name.length() - 1), PatternType.PREFIXED)
                : new ResourcePattern(type, name, PatternType.LITERAL);
    }
}

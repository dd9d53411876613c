package org.voyage.kittest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Locale;
import java.util.Optional;

/**
 * The commands of {@code Thing} are {@code ThingService} with its {@code TYPE}, and beside them lie {@code Thing}, {@code
 * ThingJson} and {@code ThingResource}, under the record's name in the audit trail. None of them inherits.
 */
final class HaveThePartsOfARecord extends ArchCondition<JavaClass> {

    private static final String KIT = "org.voyage.kit.";

    HaveThePartsOfARecord() {
        super("have beside them the record, its Json and its Resource, and inherit from no class");
    }

    @Override
    public void check(JavaClass commands, ConditionEvents events) {
        String name = commands.getSimpleName().replaceFirst("Service$", "");
        require(commands.getSimpleName().equals(name + "Service"), commands, "is called " + name + "Service", events);
        require(hasType(commands), commands, "has a public constant TYPE of RecordType", events);
        inheritsNothing(commands, events);
        require(beside(commands, name).isPresent(), commands, "lies beside " + name, events);
        part(commands, name + "Json", events)
                .ifPresent(json ->
                        require(json.isAssignableTo(KIT + "record.RecordJson"), json, "implements RecordJson", events));
        part(commands, name + "Resource", events).ifPresent(resource -> {
            require(kebab(name).equals(audited(resource)), resource, "is @AuditedRecord", events);
            require(
                    resource.isAssignableTo(KIT + "record.RecordOperations"),
                    resource,
                    "implements RecordOperations",
                    events);
        });
    }

    private static Optional<JavaClass> part(JavaClass commands, String name, ConditionEvents events) {
        Optional<JavaClass> part = beside(commands, name);
        require(part.isPresent(), commands, "lies beside " + name, events);
        part.ifPresent(there -> inheritsNothing(there, events));
        return part;
    }

    private static void inheritsNothing(JavaClass one, ConditionEvents events) {
        boolean nothing = one.getRawSuperclass()
                .map(parent -> parent.isEquivalentTo(Object.class))
                .orElse(false);
        require(nothing, one, "inherits from no class", events);
    }

    private static boolean hasType(JavaClass commands) {
        return commands.getFields().stream()
                .anyMatch(field -> field.getName().equals("TYPE")
                        && field.getRawType().getName().equals(KIT + "record.RecordType")
                        && field.getModifiers()
                                .containsAll(java.util.Set.of(
                                        JavaModifier.PUBLIC, JavaModifier.STATIC, JavaModifier.FINAL)));
    }

    private static Optional<JavaClass> beside(JavaClass commands, String name) {
        return commands.getPackage().getClasses().stream()
                .filter(other -> other.getSimpleName().equals(name))
                .findAny();
    }

    private static String audited(JavaClass resource) {
        return resource.tryGetAnnotationOfType(KIT + "audit.AuditedRecord")
                .flatMap(annotation -> annotation.get("value"))
                .map(Object::toString)
                .orElse("");
    }

    private static String kebab(String name) {
        return name.replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static void require(boolean holds, JavaClass of, String what, ConditionEvents events) {
        events.add(new SimpleConditionEvent(of, holds, of.getName() + (holds ? " " : " is not one that ") + what));
    }
}

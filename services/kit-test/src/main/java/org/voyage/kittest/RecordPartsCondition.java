package org.voyage.kittest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Locale;
import java.util.Optional;

/**
 * Architecture condition on the classes of a record type. The commands of {@code Thing} are {@code ThingService} with
 * its {@code TYPE}. The same package has {@code Thing}, {@code ThingJson} and {@code ThingResource}, under the record's
 * name in the audit trail. None of them inherits.
 */
final class RecordPartsCondition extends ArchCondition<JavaClass> {

    private static final String KIT_PACKAGE = "org.voyage.kit.";

    RecordPartsCondition() {
        super("have the record, its Json and its Resource in their package, and inherit from no class");
    }

    @Override
    public void check(JavaClass commands, ConditionEvents events) {
        String name = commands.getSimpleName().replaceFirst("Service$", "");
        addViolationUnless(
                commands.getSimpleName().equals(name + "Service"), commands, "is called " + name + "Service", events);
        addViolationUnless(hasType(commands), commands, "has a public constant TYPE of RecordType", events);
        requireNoInheritance(commands, events);
        addViolationUnless(findSibling(commands, name).isPresent(), commands, "is in one package with " + name, events);
        findPart(commands, name + "Json", events)
                .ifPresent(json -> addViolationUnless(
                        json.isAssignableTo(KIT_PACKAGE + "record.RecordJson"), json, "implements RecordJson", events));
        findPart(commands, name + "Resource", events).ifPresent(resource -> {
            addViolationUnless(toKebab(name).equals(auditedRecordOf(resource)), resource, "is @AuditedRecord", events);
            addViolationUnless(
                    resource.isAssignableTo(KIT_PACKAGE + "record.http.RecordRoutes"),
                    resource,
                    "implements RecordRoutes",
                    events);
        });
    }

    private static Optional<JavaClass> findPart(JavaClass commands, String name, ConditionEvents events) {
        Optional<JavaClass> part = findSibling(commands, name);
        addViolationUnless(part.isPresent(), commands, "is in one package with " + name, events);
        part.ifPresent(there -> requireNoInheritance(there, events));
        return part;
    }

    private static void requireNoInheritance(JavaClass one, ConditionEvents events) {
        boolean nothing = one.getRawSuperclass()
                .map(parent -> parent.isEquivalentTo(Object.class))
                .orElse(false);
        addViolationUnless(nothing, one, "inherits from no class", events);
    }

    private static boolean hasType(JavaClass commands) {
        return commands.getFields().stream()
                .anyMatch(field -> field.getName().equals("TYPE")
                        && field.getRawType().getName().equals(KIT_PACKAGE + "record.RecordType")
                        && field.getModifiers()
                                .containsAll(java.util.Set.of(
                                        JavaModifier.PUBLIC, JavaModifier.STATIC, JavaModifier.FINAL)));
    }

    private static Optional<JavaClass> findSibling(JavaClass commands, String name) {
        return commands.getPackage().getClasses().stream()
                .filter(other -> other.getSimpleName().equals(name))
                .findAny();
    }

    private static String auditedRecordOf(JavaClass resource) {
        return resource.tryGetAnnotationOfType(KIT_PACKAGE + "audit.AuditedRecord")
                .flatMap(annotation -> annotation.get("value"))
                .map(Object::toString)
                .orElse("");
    }

    private static String toKebab(String name) {
        return name.replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static void addViolationUnless(boolean holds, JavaClass of, String what, ConditionEvents events) {
        events.add(new SimpleConditionEvent(of, holds, of.getName() + (holds ? " " : " is not one that ") + what));
    }
}

package org.voyage.kittest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Rules for class names. Each module takes them into its own architecture test with {@code
 * ArchTests.in(NamingRules.class)}. {@link SourceNames} holds the rule that needs all modules at once.
 */
public final class NamingRules {

    private static final List<String> JDK_PACKAGES =
            List.of("java.lang", "java.util", "java.time", "java.text", "java.security", "java.sql");

    private static final Pattern PARTICIPLE = Pattern.compile("[A-Z][a-z]+(ed|ing)");

    /** Nouns that only look like participles. */
    private static final Set<String> NOUNS = Set.of("Feed", "Finding");

    private static final Set<String> FUNCTION_WORDS = Set.of(
            "About",
            "After",
            "Again",
            "Against",
            "All",
            "Among",
            "Another",
            "Any",
            "At",
            "Before",
            "Behind",
            "Beside",
            "Between",
            "Both",
            "Built",
            "By",
            "Chosen",
            "Drawn",
            "Each",
            "Else",
            "Elsewhere",
            "Everybody",
            "For",
            "Found",
            "From",
            "Frozen",
            "Given",
            "Gone",
            "Grown",
            "Held",
            "Here",
            "In",
            "Inside",
            "Into",
            "It",
            "Its",
            "Kept",
            "Known",
            "Left",
            "Lost",
            "Made",
            "Nobody",
            "Now",
            "Of",
            "Off",
            "On",
            "One",
            "Other",
            "Others",
            "Out",
            "Outside",
            "Over",
            "Own",
            "Per",
            "Put",
            "Sent",
            "Shown",
            "Since",
            "Somebody",
            "Sought",
            "Taken",
            "Than",
            "That",
            "Them",
            "Then",
            "There",
            "These",
            "They",
            "This",
            "Those",
            "Through",
            "To",
            "Told",
            "Under",
            "Until",
            "Up",
            "Via",
            "What",
            "Which",
            "Who",
            "With",
            "Without",
            "Written");

    @ArchTest
    static final ArchRule A_NAME_IS_NOT_THAT_OF_A_JDK_CLASS = classes()
            .that()
            .areTopLevelClasses()
            .should(condition(
                    "have a name that no class of the JDK has",
                    type -> jdkClass(type.getSimpleName()).map(jdk -> "has the simple name of " + jdk)));

    @ArchTest
    static final ArchRule A_NAME_IS_A_NOUN_PHRASE = classes()
            .that()
            .areTopLevelClasses()
            .should(condition(
                    "have a name that is no bare participle, preposition or pronoun",
                    type -> isFunctionWord(type.getSimpleName())
                            ? Optional.of("is called by a participle, preposition or pronoun only")
                            : Optional.empty()));

    /** Refusals are answers of rules and not failures, so they keep their names. */
    @ArchTest
    static final ArchRule A_THROWABLE_ENDS_IN_EXCEPTION = classes()
            .that()
            .areAssignableTo(Throwable.class)
            .and(DescribedPredicate.not(DescribedPredicate.describe("are refusals", NamingRules::isRefusal)))
            .should()
            .haveSimpleNameEndingWith("Exception")
            .allowEmptyShould(true);

    private NamingRules() {}

    static boolean isFunctionWord(String simpleName) {
        return FUNCTION_WORDS.contains(simpleName)
                || PARTICIPLE.matcher(simpleName).matches() && !NOUNS.contains(simpleName);
    }

    static Optional<String> jdkClass(String simpleName) {
        return JDK_PACKAGES.stream()
                .map(jdk -> jdk + "." + simpleName)
                .filter(NamingRules::exists)
                .findFirst();
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, ClassLoader.getPlatformClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    private static boolean isRefusal(JavaClass type) {
        return type.isAssignableTo("org.voyage.kit.problem.Refusal");
    }

    private interface NameCheck {
        /** Returns the fault of the class's name, if it has one. */
        Optional<String> findFault(JavaClass type);
    }

    private static ArchCondition<JavaClass> condition(String description, NameCheck check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                // package-info and generated classes have no chosen name
                if (type.getSimpleName().equals("package-info")) {
                    return;
                }
                Optional<String> fault = check.findFault(type);
                events.add(new SimpleConditionEvent(
                        type, fault.isEmpty(), type.getName() + " " + fault.orElse("has a fitting name")));
            }
        };
    }
}

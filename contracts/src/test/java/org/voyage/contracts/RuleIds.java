package org.voyage.contracts;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Collector of the rule ids that a module's sources name, read through the compiler. */
final class RuleIds extends TreeScanner<Void, Void> {

    /** Expressions that pass on a rule id from elsewhere. */
    private static final Set<String> HANDED_ON =
            Set.of("rule", "noun", "finding.rule()", "part.rule()", "noun + \"-unknown\"");

    private final Set<String> found = new TreeSet<>();
    private final Set<String> unreadable = new TreeSet<>();
    private boolean inQuery;

    /**
     * Returns the rule ids in the sources.
     *
     * @throws AssertionError if a finding's rule id is no literal
     */
    static Set<String> of(Path sources) {
        RuleIds ids = new RuleIds();
        try (var files = Files.walk(sources);
                StandardJavaFileManager manager =
                        ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                    .getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(java));
            for (CompilationUnitTree unit : task.parse()) {
                // A query class has its own word for a finding about a parameter; elsewhere the finding is about a
                // refused row.
                ids.inQuery = unit.getSourceFile().getName().endsWith("QueryParameters.java");
                ids.scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!ids.unreadable.isEmpty()) {
            throw new AssertionError("rules that are no literal: " + ids.unreadable);
        }
        return ids.found;
    }

    @Override
    public Void visitNewClass(NewClassTree made, Void nothing) {
        if (made.getIdentifier().toString().equals("Finding")) {
            rule(made.getArguments().get(1), "");
        }
        return super.visitNewClass(made, nothing);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
        List<? extends ExpressionTree> arguments = call.getArguments();
        String on = "";
        String name = "";
        if (call.getMethodSelect() instanceof MemberSelectTree select) {
            on = select.getExpression().toString();
            name = select.getIdentifier().toString();
        } else if (call.getMethodSelect() instanceof IdentifierTree own) {
            name = own.getName().toString();
        }
        if (arguments.size() == 4
                && (on.equals("Finding")
                        || name.equals("refuseField")
                        || name.equals("readOptionalInteger")
                        || inQuery && name.equals("refusedParameter"))) {
            rule(arguments.get(1), "");
        } else if (on.equals("TextFormat") && name.equals("of") || name.equals("withPart")) {
            rule(arguments.getFirst(), "");
        } else if (on.equals("CodeSet") && name.equals("of") || on.equals("CodeListFile") && name.equals("codes")) {
            rule(arguments.getFirst(), "-unknown");
        }
        return super.visitMethodInvocation(call, nothing);
    }

    private void rule(ExpressionTree argument, String suffix) {
        if (argument instanceof LiteralTree literal) {
            found.add(literal.getValue() + suffix);
        } else if (argument instanceof ConditionalExpressionTree either) {
            rule(either.getTrueExpression(), suffix);
            rule(either.getFalseExpression(), suffix);
        } else if (!HANDED_ON.contains(argument.toString())) {
            unreadable.add(argument.toString());
        }
    }
}

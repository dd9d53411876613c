package org.voyage.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Text of one Java class, with its imports. */
final class JavaSource {

    private final String packageName;
    private final String className;
    private final Set<String> imports = new TreeSet<>();
    private final List<String> lines = new ArrayList<>();

    JavaSource(String packageName, String className) {
        this.packageName = packageName;
        this.className = className;
    }

    /** Returns an empty class of this full name. */
    static JavaSource of(String name) {
        int dot = name.lastIndexOf('.');
        return new JavaSource(name.substring(0, dot), name.substring(dot + 1));
    }

    String className() {
        return className;
    }

    /** Returns the simple name of a class, and imports it if it is in another package. */
    String use(String name) {
        int dot = name.lastIndexOf('.');
        String itsPackage = name.substring(0, dot);
        if (!itsPackage.equals(packageName) && !itsPackage.equals("java.lang")) {
            imports.add(name);
        }
        return name.substring(dot + 1);
    }

    void addLine(int indent, String line) {
        lines.add(line.isEmpty() ? "" : "    ".repeat(indent) + line);
    }

    /** Returns the path below the folder of the sources. */
    String path() {
        return packageName.replace('.', '/') + "/" + className + ".java";
    }

    String toText() {
        StringBuilder text = new StringBuilder("package " + packageName + ";\n\n");
        imports.forEach(name -> text.append("import ").append(name).append(";\n"));
        text.append(imports.isEmpty() ? "" : "\n");
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}

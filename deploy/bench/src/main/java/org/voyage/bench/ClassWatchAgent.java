package org.voyage.bench;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Agent in the JVM of a service that notes the classes of {@code org.voyage} that run. Each time it is loaded with a file, that
 * gets the names since the last time.
 */
public final class ClassWatchAgent {

    private static final ClassDesc PROBE = ClassDesc.of(ClassProbe.class.getName());
    private static final MethodTypeDesc NOTE = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);

    private ClassWatchAgent() {}

    /** Is called by the JVM at each command of {@link ServiceWatch}. */
    public static void agentmain(String argument, Instrumentation jvm) throws IOException, UnmodifiableClassException {
        if (!argument.isEmpty()) {
            Files.write(Path.of(argument), ClassProbe.RUN);
            ClassProbe.RUN.clear();
            return;
        }
        jvm.addTransformer(new ProbeInserter(), true);
        jvm.retransformClasses(Arrays.stream(jvm.getAllLoadedClasses())
                .filter(type -> isWatched(type.getName()) && jvm.isModifiableClass(type))
                .toArray(Class<?>[]::new));
    }

    private static boolean isWatched(String type) {
        return type.startsWith("org.voyage.") && !type.startsWith(ClassProbe.class.getPackageName());
    }

    /** Transformer that lets each method of the services' classes note its class. */
    private static final class ProbeInserter implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                String name,
                @Nullable Class<?> type,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            String source = name.replace('/', '.');
            if (loader == null || !isWatched(source)) {
                return null;
            }
            ClassFile file =
                    ClassFile.of(ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                            .orElse(ClassHierarchyResolver.ofClassLoading(loader))));
            return file.transformClass(
                    file.parse(bytes), ClassTransform.transformingMethodBodies(new NoteInserter(source)));
        }
    }

    /** Transformation of one method's code. */
    private record NoteInserter(String source) implements CodeTransform {

        @Override
        public void atStart(CodeBuilder code) {
            code.ldc(source).invokestatic(PROBE, "note", NOTE);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }
}

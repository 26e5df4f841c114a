// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.papers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the Java blocks of a page against the class path of the tests. */
public final class JavaSource {
    private static final Pattern TYPE = Pattern.compile(
            "^(?:public |final |abstract )*(?:class|@?interface|record|enum) (\\w+)", Pattern.MULTILINE);

    private JavaSource() {}

    /** Whether a block is a whole file with a type. */
    public static boolean isWholeFile(String block) {
        return TYPE.matcher(block).find();
    }

    /** The errors of the compiler; none if the source compiles. */
    public static List<String> compile(String source, Path classes) throws IOException {
        Matcher type = TYPE.matcher(source);
        if (!type.find()) {
            throw new IllegalArgumentException("no type in\n" + source);
        }
        Path file = Files.writeString(classes.resolve(type.group(1) + ".java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + classes,
                "-d",
                classes.toString());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, null)) {
            compiler.getTask(null, files, problems, options, null, files.getJavaFileObjects(file))
                    .call();
        }
        // The class stays; the source would be looked for in its package's folder.
        Files.delete(file);
        return problems.getDiagnostics().stream().map(Object::toString).toList();
    }
}

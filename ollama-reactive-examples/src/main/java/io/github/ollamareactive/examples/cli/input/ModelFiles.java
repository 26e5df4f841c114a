// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that a model is made of, each a {@code PATH}, a {@code NAME=PATH} or a {@code NAME=sha256:DIGEST}. */
public final class ModelFiles {
    /**
     * A step of building a request.
     *
     * @param <R> the request
     * @param <S> where the file is
     */
    @FunctionalInterface
    public interface Adder<R, S> {
        /**
         * Adds a file.
         *
         * @param request the request so far
         * @param name the file's name in the model
         * @param source where it is
         * @return the request with the file
         */
        R add(R request, String name, S source);
    }

    private static final String DIGEST = "sha256:";

    private final Map<String, Path> paths = new LinkedHashMap<>();
    private final Map<String, String> digests = new LinkedHashMap<>();

    private ModelFiles() {}

    /**
     * Reads the values of an option.
     *
     * @param option whose values they are
     * @param values the values
     * @return the files
     * @throws UsageException when one can't be read, or two have the same name
     */
    public static ModelFiles read(String option, List<String> values) {
        ModelFiles files = new ModelFiles();
        values.forEach(value -> files.add(option, value));
        return files;
    }

    private void add(String option, String value) {
        // A path may have an equals sign, too.
        int equals = Files.isRegularFile(Path.of(value)) ? -1 : value.indexOf('=');
        String source = value.substring(equals + 1);
        boolean isDigest = equals >= 0 && source.startsWith(DIGEST);
        Path path = Path.of(isDigest ? "" : source);
        String name = equals >= 0 ? value.substring(0, equals) : String.valueOf(path.getFileName());
        if (name.isBlank()) {
            throw new UsageException(option + ": '" + value + "' has no name, as NAME=PATH");
        } else if (paths.containsKey(name) || digests.containsKey(name)) {
            throw new UsageException(option + ": two files are named " + name + "; give one another name by NAME=PATH");
        } else if (isDigest) {
            digests.put(name, source);
        } else {
            paths.put(name, readable(option, path));
        }
    }

    /**
     * Looks at a file of this machine before anything is sent.
     *
     * @param option whose value it is
     * @param file the file
     * @return the file
     * @throws UsageException when it can't be read
     */
    public static Path readable(String option, Path file) {
        if (Files.isDirectory(file)) {
            throw new UsageException(option + ": " + file + " is a folder, not a file");
        } else if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new UsageException(option + ": can't read " + file);
        }
        return file;
    }

    /**
     * Whether some are on this machine.
     *
     * @return true when there is something to upload
     */
    public boolean anyLocal() {
        return !paths.isEmpty();
    }

    /**
     * Puts the files into a request.
     *
     * @param request the request
     * @param byPath adds a file of this machine
     * @param byDigest adds a blob of the server
     * @param <R> the request's type
     * @return the request with the files
     */
    public <R> R addTo(R request, Adder<R, Path> byPath, Adder<R, String> byDigest) {
        R whole = request;
        for (Map.Entry<String, Path> file : paths.entrySet()) {
            whole = byPath.add(whole, file.getKey(), file.getValue());
        }
        for (Map.Entry<String, String> file : digests.entrySet()) {
            whole = byDigest.add(whole, file.getKey(), file.getValue());
        }
        return whole;
    }
}

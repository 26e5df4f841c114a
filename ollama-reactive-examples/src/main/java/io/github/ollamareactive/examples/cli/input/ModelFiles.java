// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files to create a model from. Each is given as {@code PATH}, {@code NAME=PATH} or {@code NAME=sha256:DIGEST}. */
public final class ModelFiles {
    /**
     * Adds a file to a request.
     *
     * @param <R> the request
     * @param <S> the source of the file: a path or a digest
     */
    @FunctionalInterface
    public interface FileAdder<R, S> {
        /**
         * Adds a file.
         *
         * @param request the request
         * @param name the file's name in the model
         * @param source the file
         * @return the request with the file
         */
        R add(R request, String name, S source);
    }

    private static final String DIGEST_PREFIX = "sha256:";

    private final Map<String, Path> pathsByName = new LinkedHashMap<>();
    private final Map<String, String> digestsByName = new LinkedHashMap<>();

    private ModelFiles() {}

    /**
     * Parses the values of an option.
     *
     * @param option the option, for error messages
     * @param values its values
     * @return the files
     * @throws UsageException if a file can't be read, or if two files have the same name
     */
    public static ModelFiles parse(String option, List<String> values) {
        ModelFiles files = new ModelFiles();
        values.forEach(value -> files.add(option, value));
        return files;
    }

    private void add(String option, String value) {
        // If the whole value is the path of a file, an equals sign is part of that path.
        int equals = Files.isRegularFile(Path.of(value)) ? -1 : value.indexOf('=');
        String source = value.substring(equals + 1);
        boolean isDigest = equals >= 0 && source.startsWith(DIGEST_PREFIX);
        Path path = Path.of(isDigest ? "" : source);
        String name = equals >= 0 ? value.substring(0, equals) : String.valueOf(path.getFileName());
        if (name.isBlank()) {
            throw new UsageException(option + ": '" + value + "' has no name; expected NAME=PATH");
        } else if (pathsByName.containsKey(name) || digestsByName.containsKey(name)) {
            throw new UsageException(option + ": two files are named " + name + "; rename one with NAME=PATH");
        } else if (isDigest) {
            digestsByName.put(name, source);
        } else {
            pathsByName.put(name, requireReadable(option, path));
        }
    }

    /**
     * Checks that a local file can be read.
     *
     * @param option the option that names the file, for error messages
     * @param file the file
     * @return the file
     * @throws UsageException if it can't be read
     */
    public static Path requireReadable(String option, Path file) {
        if (Files.isDirectory(file)) {
            throw new UsageException(option + ": " + file + " is a folder, not a file");
        } else if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new UsageException(option + ": can't read " + file);
        }
        return file;
    }

    /**
     * Adds the files to a request.
     *
     * @param request the request
     * @param pathAdder adds a local file
     * @param digestAdder adds a blob of the server
     * @param <R> the request's type
     * @return the request with the files
     */
    public <R> R addTo(R request, FileAdder<R, Path> pathAdder, FileAdder<R, String> digestAdder) {
        R changed = request;
        for (Map.Entry<String, Path> file : pathsByName.entrySet()) {
            changed = pathAdder.add(changed, file.getKey(), file.getValue());
        }
        for (Map.Entry<String, String> file : digestsByName.entrySet()) {
            changed = digestAdder.add(changed, file.getKey(), file.getValue());
        }
        return changed;
    }
}

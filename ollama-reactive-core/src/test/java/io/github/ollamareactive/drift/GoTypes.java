// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.drift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the fields of endpoints out of the Go types of the server's API. */
final class GoTypes {
    private static final Pattern STRUCT = Pattern.compile("(?ms)^type (\\w+) struct \\{(.*?)^\\}");
    private static final Pattern FIELD =
            Pattern.compile("(?m)^\\s+(\\w+)\\s+(\\S.*?)\\s+`[^`]*json:\"([^\",]*)[^`]*`.*$");
    private static final Pattern EMBEDDED = Pattern.compile("(?m)^\\s+\\*?(\\w+)\\s*(?://.*)?$");
    private static final int DEEPEST = 6;

    /** Which type is whose body, and where in it: the models' lists are named by their list. */
    private static final Map<String, List<String>> ENDPOINTS = endpoints();

    private record Field(String name, String type) {}

    private final Map<String, List<Field>> structs = new LinkedHashMap<>();

    private GoTypes(String source) {
        Matcher struct = STRUCT.matcher(source);
        while (struct.find()) {
            List<Field> fields = new ArrayList<>();
            Matcher field = FIELD.matcher(struct.group(2));
            while (field.find()) {
                fields.add(new Field(field.group(3), field.group(2)));
            }
            Matcher embedded = EMBEDDED.matcher(struct.group(2));
            while (embedded.find()) {
                fields.add(new Field("", embedded.group(1)));
            }
            structs.put(struct.group(1), fields);
        }
    }

    private static Map<String, List<String>> endpoints() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        Map.of(
                        "Generate", "POST /api/generate",
                        "Chat", "POST /api/chat",
                        "Embed", "POST /api/embed",
                        "Embedding", "POST /api/embeddings",
                        "Show", "POST /api/show")
                .forEach((name, endpoint) -> {
                    all.put(name + "Request", List.of(endpoint + " request"));
                    all.put(name + "Response", List.of(endpoint + " response"));
                });
        all.put("CreateRequest", List.of("POST /api/create request"));
        all.put("PullRequest", List.of("POST /api/pull request"));
        all.put("PushRequest", List.of("POST /api/push request"));
        all.put("CopyRequest", List.of("POST /api/copy request"));
        all.put("DeleteRequest", List.of("DELETE /api/delete request"));
        all.put(
                "ProgressResponse",
                List.of("POST /api/create response", "POST /api/pull response", "POST /api/push response"));
        all.put("ListResponse", List.of("GET /api/tags response"));
        all.put("ProcessResponse", List.of("GET /api/ps response"));
        all.put("UserResponse", List.of("POST /api/me response"));
        return all;
    }

    /** Each field as a line of the library's list. */
    static Set<String> fields(String source) {
        GoTypes types = new GoTypes(source);
        Set<String> fields = new TreeSet<>();
        ENDPOINTS.forEach((type, prefixes) -> prefixes.forEach(prefix -> types.add(type, prefix + " ", fields, 0)));
        return fields;
    }

    private void add(String type, String prefix, Set<String> fields, int depth) {
        for (Field field : structs.getOrDefault(type, List.of())) {
            if (field.name().equals("-")) {
                continue;
            }
            if (field.name().isEmpty()) {
                add(field.type(), prefix, fields, depth);
                continue;
            }
            boolean map = field.type().startsWith("map[");
            String inner = field.type().replaceAll("^map\\[\\w+\\]", "").replaceAll("[\\[\\]*]", "");
            String path = prefix + field.name();
            if (structs.containsKey(inner) && depth < DEEPEST) {
                add(inner, path + (map ? ".*." : "."), fields, depth + 1);
            } else {
                fields.add(path);
            }
        }
    }
}

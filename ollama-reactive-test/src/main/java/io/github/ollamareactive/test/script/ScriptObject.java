// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An object of a script whose field names are all known. */
record ScriptObject(ScriptValue place, ObjectNode fields) {

    static ScriptObject of(ScriptValue place, ObjectNode fields, List<String> knownNames) {
        List<String> unknown = new ArrayList<>(fields.propertyNames());
        unknown.removeAll(knownNames);
        if (!unknown.isEmpty()) {
            throw place.invalid("unknown field " + String.join(", ", unknown) + "; known are "
                    + (knownNames.isEmpty() ? "none" : String.join(", ", knownNames)));
        }
        return new ScriptObject(place, fields);
    }

    boolean has(String name) {
        return fields.has(name);
    }

    Optional<ScriptValue> get(String name) {
        JsonNode value = fields.get(name);
        return Optional.ofNullable(value).map(present -> place.child(name, present));
    }

    ScriptValue required(String name) {
        return get(name).orElseThrow(() -> place.invalid("the field " + name + " is missing"));
    }

    /** The elements of a field's list, or its value alone; none when it is absent. */
    List<ScriptValue> all(String name) {
        return get(name).map(ScriptValue::elementsOrSelf).orElse(List.of());
    }
}

package io.github.releasepipeline.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of an object of which only some names are allowed, each once. */
final class Fields {
    private final Located object;
    private final String path;
    private final Problems problems;
    private final Map<String, Located> values = new LinkedHashMap<>();

    private Fields(Located object, String path, Problems problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
    }

    static Fields of(Located object, String path, List<String> allowed, Problems problems) {
        Fields fields = new Fields(object, path, problems);
        if (object.is(Located.Sort.OBJECT, path, problems)) {
            object.members().forEach(member -> fields.take(member, allowed));
        }
        return fields;
    }

    private void take(Located.Member member, List<String> allowed) {
        if (!allowed.contains(member.name())) {
            problems.add(
                    member.place(),
                    path,
                    "unknown key '" + Problems.shown(member.name()) + "'; allowed are " + String.join(", ", allowed));
        } else if (values.putIfAbsent(member.name(), member.value()) != null) {
            problems.add(member.place(), path, "key '" + member.name() + "' stands there twice; once is allowed");
        }
    }

    Optional<Located> optional(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** What has to be there; nothing more is said of what is no object at all. */
    Optional<Located> required(String name) {
        if (object.sort() == Located.Sort.OBJECT && !values.containsKey(name)) {
            problems.add(object.place(), path, "key '" + name + "' is missing");
        }
        return optional(name);
    }
}

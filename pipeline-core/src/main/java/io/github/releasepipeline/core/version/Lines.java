package io.github.releasepipeline.core.version;

import io.github.releasepipeline.error.NotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lines on which versions are made.
 *
 * @param components beside the repository's one line
 */
public record Lines(List<Line> components) {
    /** Copies the list. */
    public Lines {
        components = List.copyOf(components);
    }

    /** The repository's one line, then the components'. */
    List<Line> all() {
        return Stream.concat(Stream.of(Line.WHOLE), components.stream()).toList();
    }

    /** The line of a component, or the repository's one line for the empty name. */
    Line get(String name) {
        return find(name).orElseThrow(() -> new NotFoundException("component", name));
    }

    /** Whether there is such a line. */
    public boolean has(String name) {
        return find(name).isPresent();
    }

    private Optional<Line> find(String name) {
        return name.isEmpty()
                ? Optional.of(Line.WHOLE)
                : components.stream().filter(line -> line.name().equals(name)).findFirst();
    }
}

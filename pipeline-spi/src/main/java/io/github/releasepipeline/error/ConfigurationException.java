package io.github.releasepipeline.error;

import java.util.List;

/** The wiring or a configuration file is wrong. Lists every problem at once. */
public final class ConfigurationException extends PipelineException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // the copy that is kept is serialisable
    private final List<String> problems;

    /** @param problems one line each: where (file, key), what is wrong, what is allowed; at least one */
    public ConfigurationException(List<String> problems) {
        super(
                problems.size() == 1
                        ? problems.get(0)
                        : problems.size() + " problems:\n- " + String.join("\n- ", problems),
                null);
        this.problems = List.copyOf(problems);
    }

    /** One line for each problem. */
    public List<String> problems() {
        return problems;
    }
}

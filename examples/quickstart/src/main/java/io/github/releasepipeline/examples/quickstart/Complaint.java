package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.error.PipelineException;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what went wrong. */
final class Complaint {
    private static final int NEAR = 3;

    private Complaint() {}

    static String about(ParameterException mistake) {
        Optional<String> nearest = Optional.empty();
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            Set<String> options =
                    mistake.getCommandLine().getCommandSpec().optionsMap().keySet();
            nearest = nearest(unmatched.getUnmatched().get(0), options);
        }
        return line(mistake)
                + nearest.map(option -> "; did you mean " + option + "?").orElse("")
                + " (--help tells what is possible)";
    }

    static String about(Exception fault) {
        return isForTheUser(fault) || fault instanceof PipelineException
                ? line(fault)
                : "Unexpected fault: " + fault.getClass().getSimpleName() + ": " + line(fault);
    }

    /** Whether the user can put it right: another argument, a free database, room on the disk. */
    static boolean isForTheUser(Exception fault) {
        return fault instanceof UserMistake
                || fault instanceof AdapterException
                || fault instanceof ConfigurationException;
    }

    private static Optional<String> nearest(String word, Set<String> options) {
        return options.stream()
                .filter(option -> option.startsWith("--"))
                .filter(option -> distance(word, option) <= NEAR)
                .min(Comparator.comparing(option -> distance(word, option)));
    }

    /** How many letters have to be put in, taken away or changed to make one word of another. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }

    private static String line(Exception exception) {
        return Plain.text(String.valueOf(exception.getMessage()).replaceAll("\\R+\\s*", " "));
    }
}

package io.github.releasepipeline.gates;

import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.subject.Text;
import io.github.releasepipeline.target.StepLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Problems of items: the first few in words, all of them counted. */
final class Findings {
    private static final int TOLD = 20;
    private static final int LONGEST = 300;

    private final StepLog log;
    private final List<String> told = new ArrayList<>();
    private int count;

    Findings(StepLog log) {
        this.log = log;
    }

    void add(ItemId item, String problem) {
        count++;
        if (told.size() < TOLD) {
            String line = Text.readableLine(Text.shown(item.path(), LONGEST) + ": " + problem, LONGEST);
            told.add(line);
            log.error(line);
        } else if (count == TOLD + 1) {
            log.error("More problems are counted, not told");
        }
    }

    /** The first problem, and how many more there are; empty if there is none. */
    Optional<String> first() {
        return told.isEmpty()
                ? Optional.empty()
                : Optional.of(told.get(0) + (count > 1 ? " (and " + (count - 1) + " more)" : ""));
    }

    /** A new map of the problems. */
    Map<String, String> evidence() {
        Map<String, String> evidence = new TreeMap<>();
        evidence.put("problems", String.valueOf(count));
        for (int i = 0; i < told.size(); i++) {
            evidence.put(String.format("problem %02d", i + 1), told.get(i));
        }
        return evidence;
    }
}

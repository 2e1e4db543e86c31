package io.github.releasepipeline.audit;

import java.util.List;

/**
 * What a check of the audit trail found.
 *
 * @param subjects how many chains were checked
 * @param records how many records were checked
 * @param checkpoints how many checkpoints were checked
 * @param anchors how many checkpoints that tags remember were looked for
 * @param found how many problems were found
 * @param problems the first hundred of them, one line each
 */
public record AuditReport(
        long subjects, long records, long checkpoints, long anchors, long found, List<String> problems) {
    /** Copies the list. */
    public AuditReport {
        problems = List.copyOf(problems);
    }

    /** Whether nothing was found. */
    public boolean intact() {
        return found == 0;
    }
}

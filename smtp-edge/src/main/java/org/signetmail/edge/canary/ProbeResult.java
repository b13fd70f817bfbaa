package org.signetmail.edge.canary;

import java.util.Optional;
import org.signetmail.edge.EdgeMetrics.CanaryResult;

/**
 * What became of a probe.
 *
 * @param detail what was read or went wrong, for whoever looks into it
 */
record ProbeResult(CanaryResult result, String detail) {
    static ProbeResult of(CanaryResult result, String detail) {
        return new ProbeResult(
                result,
                Optional.ofNullable(detail)
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .orElse("no reply"));
    }
}

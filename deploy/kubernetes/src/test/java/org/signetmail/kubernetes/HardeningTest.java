package org.signetmail.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pod Security "restricted", and what an on-call engineer takes for granted. */
class HardeningTest {
    /** How long an edge takes after its drains, by its README. */
    private static final int AFTER_THE_DRAINS = 25;

    static Stream<Manifests> overlays() {
        return Manifests.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void isRestricted(Manifests manifests) {
        JsonNode labels = manifests.the("Namespace", "signet").at("/metadata/labels");
        assertEquals(
                "restricted", labels.path("pod-security.kubernetes.io/enforce").asText());
        for (Manifest service : manifests.services().toList()) {
            JsonNode pod = service.at("/spec/template/spec");
            assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean(), service.toString());
            assertEquals(65532, pod.at("/securityContext/runAsUser").asInt());
            assertEquals(
                    "RuntimeDefault",
                    pod.at("/securityContext/seccompProfile/type").asText());
            JsonNode container = service.container().path("securityContext");
            assertFalse(container.path("allowPrivilegeEscalation").asBoolean(true));
            assertTrue(container.path("readOnlyRootFilesystem").asBoolean());
            assertEquals("[\"ALL\"]", container.at("/capabilities/drop").toString());
            assertTrue(pod.path("hostNetwork").isMissingNode()
                    && pod.path("hostPID").isMissingNode());
            assertFalse(pod.path("automountServiceAccountToken").asBoolean(true));
            for (JsonNode volume : pod.path("volumes")) {
                assertTrue(
                        volume.has("secret") || volume.has("emptyDir"),
                        () -> "not of a kind that is allowed: " + volume);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void hasProbesAndResources(Manifests manifests) {
        for (Manifest service : manifests.services().toList()) {
            JsonNode container = service.container();
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                assertTrue(container.has(probe), service + " has no " + probe);
            }
            assertTrue(container.at("/resources/requests").has("cpu"));
            // The heap is a share of the limit: what is asked for must be there.
            assertEquals(container.at("/resources/requests/memory"), container.at("/resources/limits/memory"));
            assertFalse(container.at("/resources/limits").has("cpu"), "throttled starts are slow starts");
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void waitsLongerThanTheDrain(Manifests manifests) {
        JsonNode settings = manifests.the("ConfigMap", "smtp-edge").at("/data");
        int drain = seconds(settings, "QUARKUS_SHUTDOWN_DELAY")
                + seconds(settings, "SIGNET_SMTP_DRAIN_TIMEOUT")
                + seconds(settings, "SIGNET_RELAY_DRAIN_WITHIN")
                + AFTER_THE_DRAINS;
        int grace = manifests
                .the("StatefulSet", "smtp-edge")
                .at("/spec/template/spec/terminationGracePeriodSeconds")
                .asInt();
        assertTrue(grace > drain, () -> grace + " s of grace for a drain of " + drain);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void spillsOnDiskWithinItsVolume(Manifests manifests) {
        String budget = manifests.the("ConfigMap", "smtp-edge").text("/data/SIGNET_SMTP_SPILL_BUDGET");
        JsonNode volume = Manifests.each(
                        manifests.the("StatefulSet", "smtp-edge").at("/spec/template/spec/volumes"))
                .filter(candidate -> candidate.path("name").asText().equals("tmp"))
                .findFirst()
                .orElseThrow();
        assertTrue(volume.at("/emptyDir/medium").isMissingNode(), "memory again (decision 0020)");
        assertTrue(gibibytes(volume.at("/emptyDir/sizeLimit").asText()) > gibibytes(budget));
    }

    private static int seconds(JsonNode settings, String name) {
        return Integer.parseInt(settings.path(name).asText().replaceAll("[sS]$", ""));
    }

    private static int gibibytes(String size) {
        return Integer.parseInt(size.replaceAll("Gi?$", ""));
    }
}

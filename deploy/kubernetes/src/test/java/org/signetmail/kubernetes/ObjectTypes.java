package org.signetmail.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.certmanager.api.model.v1.Issuer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * What each kind of object may have: the type of its API where a library has it, else a schema in {@code crds}, which holds
 * the part of the kind's definition that is used here. An unknown field is a fault in both.
 */
final class ObjectTypes {
    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("cert-manager.io/v1/Certificate", Certificate.class),
            Map.entry("cert-manager.io/v1/Issuer", Issuer.class),
            Map.entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class),
            Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
            Map.entry("kafka.strimzi.io/v1/Kafka", strimzi("kafka.Kafka")),
            Map.entry("kafka.strimzi.io/v1/KafkaNodePool", strimzi("nodepool.KafkaNodePool")),
            Map.entry("kafka.strimzi.io/v1/KafkaTopic", strimzi("topic.KafkaTopic")),
            Map.entry("kafka.strimzi.io/v1/KafkaUser", strimzi("user.KafkaUser")));

    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                /** The models keep what they do not know, where a cluster would refuse or drop it. */
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    private ObjectTypes() {}

    /** What is wrong with the object; nothing, if all is well. */
    static List<String> faults(Manifest manifest) {
        String kind = manifest.text("/apiVersion") + "/" + manifest.kind();
        Class<?> type = TYPES.get(kind);
        return type == null ? againstSchema(manifest) : againstType(manifest.json(), type);
    }

    /** By name: to compile against these types one needs the annotations that they were generated with. */
    private static Class<?> strimzi(String name) {
        try {
            return Class.forName("io.strimzi.api.kafka.model." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> againstType(JsonNode json, Class<?> type) {
        try {
            STRICT.treeToValue(json, type);
            return List.of();
        } catch (JsonProcessingException e) {
            return List.of(e.getMessage());
        }
    }

    private static List<String> againstSchema(Manifest manifest) {
        InputStream file = ObjectTypes.class.getResourceAsStream("/crds/" + manifest.kind() + ".json");
        if (file == null) {
            return List.of("Neither a type nor a schema is known for " + manifest);
        }
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(file);
        return schema.validate(manifest.json()).stream().map(Object::toString).toList();
    }
}

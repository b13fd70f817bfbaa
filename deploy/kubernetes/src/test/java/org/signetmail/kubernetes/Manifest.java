package org.signetmail.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** One object. Paths are JSON pointers. */
record Manifest(JsonNode json) {
    String kind() {
        return text("/kind");
    }

    String name() {
        return text("/metadata/name");
    }

    String text(String path) {
        return json.at(path).asText();
    }

    JsonNode at(String path) {
        return json.at(path);
    }

    Stream<JsonNode> each(String path) {
        return Manifests.each(json.at(path));
    }

    /** The only container of a service's pod. */
    JsonNode container() {
        return json.at("/spec/template/spec/containers/0");
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}

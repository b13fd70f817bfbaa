package org.signetmail.monitoring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;

/** What administrators do to the directory meanwhile: accounts come and go, one is looked for that is not there. */
record Administrator(LocalStack stack, HttpClient http) {
    private static final String ACCOUNT =
            "{\"login\":\"%1$s\",\"displayName\":\"%1$s\",\"enabled\":true,\"addresses\":[{\"address\":\"%1$s@example.test\",\"primary\":true}]}";

    void work() throws IOException, InterruptedException {
        ask("PUT", "/api/v1/accounts/dave", ACCOUNT.formatted("dave"), "json");
        ask("POST", "/api/v1/imports", ACCOUNT.formatted("erin") + "\n", "x-ndjson");
        ask("GET", "/api/v1/accounts/nobody", "", "json");
        ask("DELETE", "/api/v1/accounts/dave", "", "json");
    }

    private void ask(String method, String path, String body, String type) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(stack.endpoints().url(Part.DIRECTORY_SERVICE) + path))
                .header("Authorization", "Bearer " + stack.token(Role.ADMIN))
                .header("Content-Type", "application/" + type)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        http.send(request, HttpResponse.BodyHandlers.discarding());
    }
}

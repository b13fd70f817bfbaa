package org.signetmail.directory;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.ConfigMappings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.signetmail.directory.parts.Parts;

/** The README and the kept OpenAPI document say what the running service does. */
@QuarkusTest
@QuarkusTestResource(Parts.class)
class DocumentationTest {
    private static final Path ROOT = Path.of(System.getProperty("signet.root"));
    private static final Path OPENAPI = ROOT.resolve("deploy/contract/openapi/directory-service.yaml");
    private static final Pattern METRIC = Pattern.compile("signet_directory_[a-z_]+");
    private static final Pattern SETTING = Pattern.compile("signet\\.[a-z.-]+");

    @TestHTTPResource(value = "metrics", management = true)
    URI metrics;

    @TestHTTPResource(value = "openapi", management = true)
    URI openApi;

    @Test
    void everySettingIsInTheReadme() throws IOException {
        Set<String> settings = ConfigMappings.getProperties(
                        ConfigMappings.ConfigClass.configClass(DirectoryConfig.class, "signet"))
                .keySet();
        // A list is named twice, as itself and as its elements.
        Set<String> named = settings.stream()
                .filter(setting -> !setting.endsWith("[*]"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(named, firstCells(SETTING));
    }

    @Test
    void everyMetricIsInTheReadmeAndThereFromTheStart() throws IOException {
        String scraped = given().get(metrics).then().statusCode(200).extract().asString();
        Set<String> names = scraped.lines()
                .filter(line -> line.startsWith("signet_"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(names, firstCells(METRIC));
    }

    @Test
    void theKeptOpenApiDocumentIsTheOneServed() throws IOException {
        String served = given().accept("application/yaml")
                .get(openApi)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        if (Boolean.getBoolean("signet.write-openapi")) {
            Files.createDirectories(OPENAPI.getParent());
            Files.writeString(OPENAPI, served);
        }
        assertEquals(Files.readString(OPENAPI), served);
        assertTrue(served.contains("/api/v1/imports"));
    }

    /** What stands between backticks in the first cells of the README's tables. */
    private static Set<String> firstCells(Pattern name) throws IOException {
        return Files.readAllLines(ROOT.resolve("directory-service/README.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .filter(cell -> name.matcher(cell).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

package org.signetmail.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.signetmail.local.process.Layout;

/** A checkout whose services are stubs: the stack is tested before, and without, the services. */
final class StubCheckout implements AutoCloseable {
    private static final String ROOT = "signet.root";

    private final String realRoot = System.getProperty(ROOT);

    StubCheckout(Path directory) throws IOException {
        Files.createSymbolicLink(directory.resolve("deploy"), Layout.root().resolve("deploy"));
        for (Part part : Part.values()) {
            if (part.isService()) {
                writeJar(directory.resolve(part.label()).resolve("target/quarkus-app/quarkus-run.jar"));
            }
        }
        System.setProperty(ROOT, directory.toString());
    }

    @Override
    public void close() {
        System.setProperty(ROOT, realRoot);
    }

    private static void writeJar(Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StubService.class.getName());
        String classFile = StubService.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = StubService.class.getClassLoader().getResourceAsStream(classFile)) {
            out.putNextEntry(new JarEntry(classFile));
            in.transferTo(out);
        }
    }
}

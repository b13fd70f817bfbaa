package org.signetmail.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.signetmail.local.process.Trees;

/**
 * What a container runtime does to a root file system, as far as the image can notice: read-only, a volume at /tmp, and a
 * user that is not root. Needs root, for its mounts.
 */
record Container(Path root) {
    // The mount namespace is the command's own: nothing stays mounted when it ends.
    private static final String MOUNTS = """
            set -eu
            root=$1 user=$2; shift 2
            mount --bind "$root" "$root"
            mkdir -p "$root/proc" "$root/dev"
            mount -t proc proc "$root/proc"
            mount -t tmpfs -o mode=755 tmpfs "$root/dev"
            for device in null urandom random; do
              : >"$root/dev/$device"
              mount --bind "/dev/$device" "$root/dev/$device"
            done
            mount -t tmpfs tmpfs "$root/tmp"
            mount -o remount,ro,bind "$root"
            exec chroot --userspec="$user" "$root" "$@"
            """;

    static Container of(OciArchive image, Path directory) throws IOException {
        return new Container(image.unpack(directory));
    }

    /** The command line that runs the image's entry point. */
    List<String> command(OciArchive image) throws IOException {
        var entryPoint = new ArrayList<String>();
        image.configuration().at("/config/Entrypoint").forEach(word -> entryPoint.add(word.asText()));
        return command(image, entryPoint);
    }

    List<String> command(OciArchive image, List<String> program) throws IOException {
        var command = new ArrayList<>(List.of("/usr/bin/unshare", "--mount", "/bin/sh", "-c", MOUNTS, "container"));
        command.add(root.toString());
        command.add(image.configuration().at("/config/User").asText());
        command.addAll(program);
        return command;
    }

    void delete() throws IOException {
        Trees.delete(root);
    }
}

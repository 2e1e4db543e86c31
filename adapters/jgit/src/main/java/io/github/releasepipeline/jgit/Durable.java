package io.github.releasepipeline.jgit;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * Forces folders to the disk. JGit forces the files of objects and refs; on POSIX systems a new name in a folder
 * survives a power cut only when the folder was forced as well. Windows has no such call and does not need it.
 */
final class Durable {
    private static final boolean FOLDERS_CAN_BE_FORCED = File.separatorChar == '/';

    private Durable() {}

    /** After a ref was written that points at new loose objects. */
    static void sync(Repository repository, String refName, Collection<ObjectId> objects) throws IOException {
        Path git = repository.getCommonDirectory().toPath();
        Path objectFolder = git.resolve("objects");
        for (ObjectId object : objects) {
            force(objectFolder.resolve(object.name().substring(0, 2)));
        }
        force(objectFolder);
        for (Path folder = git.resolve(refName).getParent();
                folder != null && folder.startsWith(git);
                folder = folder.getParent()) {
            force(folder);
        }
    }

    private static void force(Path folder) throws IOException {
        if (FOLDERS_CAN_BE_FORCED && Files.isDirectory(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}

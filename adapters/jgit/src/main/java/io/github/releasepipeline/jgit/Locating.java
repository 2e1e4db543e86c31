package io.github.releasepipeline.jgit;

import io.github.releasepipeline.error.AdapterException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/** Finds the repository at a path. Never looks in parent folders: a host names what it means. */
final class Locating {
    private Locating() {}

    static OpenRepository at(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            Repository repository = builder(folder).setMustExist(true).build();
            requireSha1(repository);
            return new OpenRepository(repository, name(folder));
        } catch (IOException | IllegalArgumentException e) {
            throw AdapterException.lasting(
                    "There is no usable Git repository at '" + path + "': " + e.getMessage()
                            + ". Name a work tree, its .git folder or a bare repository",
                    e);
        }
    }

    /** JGit opens such a repository and then finds nothing in it. */
    private static void requireSha1(Repository repository) throws IOException {
        String format = repository.getConfig().getString("extensions", null, "objectformat");
        if (format != null && !format.equalsIgnoreCase("sha1")) {
            repository.close();
            throw new IOException("its objects are named by " + format + ", and only SHA-1 is supported");
        }
    }

    private static FileRepositoryBuilder builder(Path folder) throws IOException {
        File dotGit = folder.resolve(Constants.DOT_GIT).toFile();
        if (dotGit.exists()) { // a folder, or the file of a linked work tree or submodule
            return new FileRepositoryBuilder().setWorkTree(folder.toFile());
        }
        if (FileKey.isGitRepository(folder.toFile(), FS.DETECTED) || isLinked(folder)) {
            return new FileRepositoryBuilder().setGitDir(folder.toFile());
        }
        throw new IOException("it holds no .git and is no bare repository");
    }

    private static boolean isLinked(Path folder) {
        return Files.isRegularFile(folder.resolve("commondir")) && Files.isRegularFile(folder.resolve(Constants.HEAD));
    }

    private static String name(Path folder) {
        Path last = folder.getFileName();
        if (last != null && last.toString().equals(Constants.DOT_GIT) && folder.getParent() != null) {
            last = folder.getParent().getFileName();
        }
        String name = last == null ? "repository" : last.toString().replaceAll("\\p{Cntrl}", "_");
        return name.length() > Constants.DOT_GIT_EXT.length() && name.endsWith(Constants.DOT_GIT_EXT)
                ? name.substring(0, name.length() - Constants.DOT_GIT_EXT.length())
                : name;
    }
}

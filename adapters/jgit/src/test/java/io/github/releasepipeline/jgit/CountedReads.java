package io.github.releasepipeline.jgit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A repository that counts the objects that are read from it. */
final class CountedReads extends FileRepository {
    private final AtomicInteger objects = new AtomicInteger();

    CountedReads(Path folder) throws IOException {
        super(new FileRepositoryBuilder().setGitDir(folder.toFile()).setup());
    }

    /** How many since the last time. */
    int objects() {
        return objects.getAndSet(0);
    }

    @Override
    public ObjectReader newObjectReader() {
        return new Counting(super.newObjectReader());
    }

    private final class Counting extends ObjectReader.Filter {
        private final ObjectReader reader;

        Counting(ObjectReader reader) {
            this.reader = reader;
        }

        @Override
        protected ObjectReader delegate() {
            return reader;
        }

        @Override
        public ObjectReader newReader() {
            return new Counting(reader.newReader());
        }

        @Override
        public ObjectLoader open(AnyObjectId objectId) throws IOException {
            objects.incrementAndGet();
            return reader.open(objectId);
        }

        @Override
        public ObjectLoader open(AnyObjectId objectId, int typeHint) throws IOException {
            objects.incrementAndGet();
            return reader.open(objectId, typeHint);
        }
    }
}

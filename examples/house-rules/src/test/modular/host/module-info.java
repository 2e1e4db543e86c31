/** A host that runs on the module path. */
module host {
    requires io.github.releasepipeline.core;
    requires io.github.releasepipeline.jgit;
    requires io.github.releasepipeline.memory;
}

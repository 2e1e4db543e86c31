package io.github.releasepipeline.target;

import io.github.releasepipeline.item.Digest;

/**
 * A target that can say whether staging is still whole, so that a release which is run again goes on from there instead of
 * bringing everything in once more. By implementing this it also says that its steps may be repeated: what was staged by an
 * earlier attempt is as good as what this one would stage.
 */
public interface ResumableTarget extends DeploymentTarget {
    /**
     * Whether exactly the items of a manifest are staged, complete, and would be made active by the next
     * {@link DeploymentTarget#activate}. Called in the step "deploy artifacts" of an attempt that is not the first, on the same
     * threads and under the same limits as the other calls; changes nothing. An exception breaks the step off.
     *
     * @param manifest digest of the manifest
     */
    boolean isStaged(Digest manifest);
}

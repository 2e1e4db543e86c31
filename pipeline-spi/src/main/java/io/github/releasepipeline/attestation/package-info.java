/** Attestations: signed statements of what a version is made of, in the formats of in-toto and DSSE. */
@NullMarked
package io.github.releasepipeline.attestation;

import org.jspecify.annotations.NullMarked;

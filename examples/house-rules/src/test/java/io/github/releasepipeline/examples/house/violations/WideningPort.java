package io.github.releasepipeline.examples.house.violations;

/**
 * Port: that got one method more with each release.
 */
public interface WideningPort {
    /** One. */
    void one();

    /** Two. */
    void two();

    /** Three. */
    void three();

    /** Four. */
    void four();

    /** Five. */
    void five();

    /** Six. */
    void six();

    /** Seven. */
    void seven();

    /** Eight. */
    void eight();

    /** Nine. */
    void nine();
}

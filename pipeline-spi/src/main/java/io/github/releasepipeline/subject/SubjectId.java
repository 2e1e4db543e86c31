package io.github.releasepipeline.subject;

/**
 * Identity of one recorded thing, typed by what it identifies.
 *
 * @param <S> the snapshot that this id leads to
 */
public interface SubjectId<S> {
    /** The sort of thing, in lower case: {@code release}, {@code version}, … */
    String type();

    /** The id itself, unique within its type. */
    String value();

    /** {@code type:value}, as audit records and messages name it. */
    default String reference() {
        return type() + ":" + value();
    }
}

package io.github.releasepipeline.examples.benchmarks.lifecycle;

/** One way to bring a release from the request to its success, with every transition durable. */
interface Contender extends AutoCloseable {
    /** How tables of results call it. */
    String name();

    /**
     * One release: request, two approvals, deploy, seven steps with a log line each, success. Returns when the success is
     * committed.
     *
     * @param thread the number of the calling thread, from 0; one thread has one release at a time
     * @param calls measures the four calls that people make
     */
    void lifecycle(int thread, Calls calls) throws Exception;

    @Override
    void close();
}

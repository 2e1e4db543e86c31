package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.release.LogLine;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.function.Consumer;

/** Tells the story line by line. */
final class Narrator {
    private final Consumer<String> out;
    private int chapter;

    private Narrator(Consumer<String> out) {
        this.out = out;
    }

    static Narrator to(PrintStream stream) {
        return new Narrator(line -> {
            stream.println(line);
            stream.flush();
        });
    }

    /** For programs, which want the facts only. */
    static Narrator silent() {
        return new Narrator(line -> {});
    }

    void chapter(String title) {
        chapter++;
        out.accept("");
        out.accept("━━ " + chapter + " · " + Plain.text(title));
    }

    void say(String line) {
        out.accept(Plain.text(line));
    }

    void table(TextTable table) {
        out.accept("");
        table.lines().forEach(out);
    }

    /** A table with its title. */
    void table(String title, TextTable table) {
        out.accept("");
        out.accept(Plain.text(title));
        table.lines().forEach(out);
    }

    /** Text of several lines. */
    void lines(String text) {
        text.lines().forEach(this::say);
    }

    void log(LogLine line) {
        out.accept(Plain.text(line.format(ZoneId.systemDefault())));
    }
}

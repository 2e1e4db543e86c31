package io.github.releasepipeline.examples.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSizesTest {
    @TempDir
    Path folder;

    @Test
    void files_of_the_house_are_short() {
        List<Path> sources = Arrays.stream(Jar.values()).map(Jar::sources).toList();

        assertThat(FileSizes.below(sources).problems()).isEmpty();
    }

    @Test
    void no_files_are_a_problem() {
        assertThat(FileSizes.below(List.of(folder)).problems()).containsExactly("There are no files");
    }

    @Test
    void one_file_past_400_lines_is_a_problem() throws IOException {
        write(19, 70);
        write(1, 401);

        assertThat(FileSizes.below(List.of(folder)).problems())
                .singleElement()
                .asString()
                .endsWith("401-0.java has 401 lines and wants splitting");
    }

    @Test
    void a_median_above_70_lines_is_a_problem() throws IOException {
        write(9, 70);
        write(11, 71);

        assertThat(FileSizes.below(List.of(folder)).problems()).containsExactly("The median file has 71 lines");
    }

    @Test
    void more_than_a_tenth_above_180_lines_is_a_problem() throws IOException {
        write(17, 70);
        write(3, 181);

        assertThat(FileSizes.below(List.of(folder)).problems())
                .containsExactly("Nine files of ten have up to 181 lines");
    }

    @Test
    void files_at_every_limit_are_fine() throws IOException {
        write(10, 70);
        write(8, 180);
        write(2, 400);

        assertThat(FileSizes.below(List.of(folder)).problems()).isEmpty();
    }

    private void write(int files, int lines) throws IOException {
        for (int i = 0; i < files; i++) {
            Files.writeString(folder.resolve(lines + "-" + i + ".java"), "line\n".repeat(lines));
        }
    }
}

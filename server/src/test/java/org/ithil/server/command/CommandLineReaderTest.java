package org.ithil.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.ithil.server.command.CommandLineOptions.ListErrors;
import org.ithil.server.command.CommandLineOptions.Print;
import org.ithil.server.command.CommandLineOptions.Serve;
import org.ithil.server.command.CommandLineOptions.Upgrade;
import org.ithil.server.command.CommandLineOptions.WriteSample;
import org.ithil.server.logging.LogCategory;
import org.ithil.server.logging.LogOptions.Level;
import org.junit.jupiter.api.Test;

/** Command lines written for the reference server work. */
class CommandLineReaderTest {
  private static CommandLineOptions read(String... arguments) {
    return new CommandLineReader("Ithil 1").read(arguments);
  }

  @Test
  void without_arguments_the_server_starts_with_all_defaults() {
    CommandLineOptions options = read();

    assertThat(options.task()).isEqualTo(new Serve());
    assertThat(options.configuration()).isEmpty();
    assertThat(options.loadJobs()).isTrue();
    assertThat(options.logs().levels()).isEmpty();
  }

  @Test
  void takes_several_files_and_folders_among_the_options() {
    CommandLineOptions options = read("a.json", "--verbose", "folder", "--no-jobs", "b.json");

    assertThat(options.configuration())
        .containsExactly(Path.of("a.json"), Path.of("folder"), Path.of("b.json"));
    assertThat(options.loadJobs()).isFalse();
  }

  @Test
  void values_stand_behind_an_equals_sign_or_a_blank() {
    assertThat(read("--logfile=a.log", "c.json").logs().file()).isEqualTo(Path.of("a.log"));
    assertThat(read("--logfile", "a.log", "c.json").logs().file()).isEqualTo(Path.of("a.log"));
    assertThat(read("--logdir", "logs", "c.json").logs().folder()).isEqualTo(Path.of("logs"));
    assertThat(read("--logdir=logs", "c.json").configuration()).containsExactly(Path.of("c.json"));
  }

  @Test
  void a_missing_value_is_refused() {
    assertThatThrownBy(() -> read("--logfile"))
        .isInstanceOf(CommandLineException.class)
        .hasMessageContaining("--logfile");
  }

  @Test
  void unknown_options_are_kept_apart_and_not_refused() {
    CommandLineOptions options = read("--foo", "--bar=baz", "c.json");

    assertThat(options.unknown()).containsExactly("--foo", "--bar=baz");
    assertThat(options.configuration()).containsExactly(Path.of("c.json"));
  }

  @Test
  void levels_are_set_from_left_to_right() {
    assertThat(read("--verbose", "--trace-http").logs().levels())
        .containsEntry(LogCategory.HTTP, Level.TRACE)
        .containsEntry(LogCategory.DICOM, Level.VERBOSE);
    assertThat(read("--trace-http", "--verbose").logs().levels())
        .containsEntry(LogCategory.HTTP, Level.VERBOSE);
    assertThat(read("--verbose-dicom").logs().levels()).containsOnlyKeys(LogCategory.DICOM);
    assertThat(read("--trace").logs().levels()).hasSize(LogCategory.values().length);
  }

  @Test
  void every_category_has_its_two_options() {
    for (LogCategory category : LogCategory.values()) {
      assertThat(read("--verbose-" + category.word(), "--trace-" + category.word()).unknown())
          .isEmpty();
    }
  }

  @Test
  void context_and_thread_can_be_left_out_of_the_log() {
    assertThat(read("--logs-no-context").logs().context()).isFalse();
    assertThat(read("--logs-no-thread").logs().thread()).isFalse();
    assertThat(read().logs().context()).isTrue();
  }

  @Test
  void knows_the_tasks_that_end_at_once() {
    assertThat(read("--help").task()).isInstanceOf(Print.class);
    assertThat(read("--version").task()).isEqualTo(new Print("Ithil 1\n"));
    assertThat(read("--errors").task()).isEqualTo(new ListErrors());
    assertThat(read("--config=-").task()).isEqualTo(new WriteSample("-"));
    assertThat(read("--config", "f.json").task()).isEqualTo(new WriteSample("f.json"));
    assertThat(read("--upgrade", "c.json").task()).isEqualTo(new Upgrade());
  }

  @Test
  void the_help_names_every_option_of_the_issue() {
    assertThat(((Print) read("--help").task()).text())
        .contains(
            "--verbose",
            "--trace",
            "--logfile",
            "--logdir",
            "--no-jobs",
            "--upgrade",
            "--version",
            "--config",
            "CONFIG",
            "JAVA_OPTS");
  }
}

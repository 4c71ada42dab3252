package org.ithil.conformance.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Classes that break a rule on purpose. They are compiled from text into a folder of their own:
 * they may sit in any package, even a library's, and the real check never meets them.
 */
record Planted(Path folder) {
  private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
  private static final Pattern TYPE = Pattern.compile("(?:class|interface|enum|record) (\\w+)");

  /** Compiles sources, each one type, and imports what came out. */
  JavaClasses classes(String... sources) {
    List<JavaFileObject> files = new ArrayList<>();
    for (String source : sources) {
      files.add(new Source(source));
    }
    var said = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    var options = List.of("-d", folder.toString(), "-proc:none");
    assertThat(compiler.getTask(said, null, null, options, null, files).call())
        .as(said.toString())
        .isTrue();
    return new ClassFileImporter().importPath(folder);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(
          URI.create("string:///" + first(PACKAGE, text).replace('.', '/') + "/" + name(text)),
          Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }

    private static String name(String text) {
      return (text.contains("@org.jspecify") ? "package-info" : first(TYPE, text)) + ".java";
    }

    private static String first(Pattern pattern, String text) {
      Matcher m = pattern.matcher(text);
      assertThat(m.find()).as("%s in %s", pattern, text).isTrue();
      return m.group(1);
    }
  }
}

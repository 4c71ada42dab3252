package org.ithil.conformance.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps docs/architecture.md true: its graph is the poms', and the types it names exist. */
class ArchitecturePageTest {
  private static final Pattern ARROW = Pattern.compile("(?m)^(\\w+) +->( *[\\w ]*)$");
  private static final Pattern TYPE =
      Pattern.compile("`(org\\.ithil(?:\\.[a-z]\\w*)+\\.[A-Z]\\w*)`");

  private final House house = House.find();

  @Test
  void draws_the_arrows_of_the_poms() throws IOException {
    Map<String, Set<String>> drawn = new TreeMap<>();
    Matcher m = ARROW.matcher(page());
    while (m.find()) {
      drawn.put(
          m.group(1),
          Arrays.stream(m.group(2).split(" "))
              .filter(s -> !s.isEmpty())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    assertThat(drawn).isEqualTo(house.arrows());
  }

  @Test
  void names_types_that_exist() throws IOException {
    List<String> named = TYPE.matcher(page()).results().map(r -> r.group(1)).distinct().toList();
    var classes = house.imported();
    assertThat(named).isNotEmpty().allMatch(classes::contain);
  }

  private String page() throws IOException {
    return Files.readString(house.root().resolve("docs/architecture.md"));
  }
}

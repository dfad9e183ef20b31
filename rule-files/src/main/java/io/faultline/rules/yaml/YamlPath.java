package io.faultline.rules.yaml;

/** The way to a node, kept as links so that a large file costs nothing until an error names it. */
record YamlPath(YamlPath parent, String key, int index) {

  static final YamlPath ROOT = new YamlPath(null, null, 0);

  YamlPath key(String name) {
    return new YamlPath(this, name, 0);
  }

  YamlPath item(int at) {
    return new YamlPath(this, null, at);
  }

  @Override
  public String toString() {
    if (parent == null) {
      return "";
    }
    String before = parent.toString();
    if (key == null) {
      return before + "[" + index + "]";
    }
    return before.isEmpty() ? key : before + "." + key;
  }
}

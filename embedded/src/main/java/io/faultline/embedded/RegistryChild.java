package io.faultline.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.util.jar.JarFile;

/**
 * The main class of the registry's JVM: runs the registry's own, and ends with the JVM that started
 * it. Standard input is a pipe to that one; it is closed however that one ends.
 */
final class RegistryChild {

  private RegistryChild() {}

  /**
   * @param args the registry's jar, which is on the class path too
   */
  public static void main(String[] args) throws Exception {
    Thread watch = new Thread(RegistryChild::endWithParent, "end with parent");
    watch.setDaemon(true);
    watch.start();
    String main;
    try (JarFile jar = new JarFile(args[0])) {
      main = jar.getManifest().getMainAttributes().getValue("Main-Class");
    }
    Class.forName(main).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
  }

  private static void endWithParent() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException closed) {
      // as good as its end
    }
    // all that was answered is on the disk: nothing is lost by a short end
    Runtime.getRuntime().halt(0);
  }
}

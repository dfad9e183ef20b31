package io.faultline.executor.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The programs of this machine that begin a process: in a session of its own, so that all it starts
 * can be killed together, and with an environment and signals that are not ours.
 *
 * @param session what begins a command in a session of its own; the command follows
 * @param environment what begins a command with nothing but the variables that follow
 */
record Launcher(List<String> session, List<String> environment) {

  private static final String PERL_SESSION =
      "use POSIX; POSIX::setsid(); exec {$ARGV[0]} @ARGV or exit($!{ENOENT} ? 127 : 126)";

  /** What this machine has. */
  static Launcher detect() throws IOException {
    String env = find("env", searchPath());
    String setsid = find("setsid", searchPath());
    String perl = find("perl", searchPath());
    if (env == null) {
      throw new IOException("there is no 'env' on the PATH (" + searchPath() + ")");
    }
    List<String> session;
    if (setsid != null && succeeds(setsid, "--", env)) {
      session = List.of(setsid, "--");
    } else if (perl != null) {
      session = List.of(perl, "-e", PERL_SESSION, "--");
    } else {
      session = List.of(env);
    }
    // a shell ignores SIGINT and SIGQUIT in what it starts in the background; containers must not
    boolean signals = succeeds(env, "--default-signal=INT,QUIT", env);
    return new Launcher(
        session, signals ? List.of(env, "--default-signal=INT,QUIT", "-i") : List.of(env, "-i"));
  }

  /** The whole command line of a container. */
  List<String> commandLine(Map<String, String> variables, List<String> command) {
    List<String> words = new ArrayList<>(environment);
    variables.forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(session);
    words.addAll(command);
    return words;
  }

  /** The PATH of processes that don't set their own. */
  static String searchPath() {
    String path = System.getenv("PATH");
    return path == null || path.isEmpty()
        ? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        : path;
  }

  /** Where a program is on a path; null when it is not. */
  static String find(String program, String path) {
    if (program.indexOf('/') >= 0) {
      return Files.isExecutable(Path.of(program)) ? program : null;
    }
    for (String folder : path.split(":")) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
        return candidate.toString();
      }
    }
    return null;
  }

  private static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

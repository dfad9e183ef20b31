package io.faultline.cli.rest;

import io.faultline.cli.Console;
import picocli.CommandLine.Option;

/** The options that say where the server is, alike in all commands that ask one. */
public final class ServerOption {
  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "the server (default: FAULTLINE_SERVER, else the one that 'up' started)")
  private String server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "its token (default: FAULTLINE_TOKEN, else that of the server that 'up' started)")
  private String token;

  /** The server that the command is to ask. */
  public RestClient client(Console console) {
    return new RestClient(ServerAddress.find(console, server, token));
  }
}
